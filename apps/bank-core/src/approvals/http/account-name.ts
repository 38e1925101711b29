import type { Words } from '#libs/ui';
import { ACCOUNT_TYPE_NAMES, type AccountType } from '../../accounts/index.js';

/** Branch, type and the last four digits: enough to know one's own account, little for who looks over a shoulder. */
export function accountName(
  words: Words,
  account: { branchName: string; accountType: AccountType; accountNumber: string },
): string {
  const type = ACCOUNT_TYPE_NAMES[account.accountType][words.language];
  const digits = words('accounts.digits', { digits: account.accountNumber.slice(-4) });
  return `${account.branchName} ${type} ${digits}`;
}
