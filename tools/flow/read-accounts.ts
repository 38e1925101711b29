import type { Words } from '#libs/kernel';
import { approveAs, read, redeem, type Scene } from './scene.js';
import { rowsOf, showAccount, showBalances, showTransaction } from './show.js';

/** The first half: consent, then accounts, balances and transactions of the first account. */
export async function readAccounts(scene: Scene): Promise<void> {
  const { narrator, intermediary, options } = scene;
  const pushed = await narrator.step(
    { ja: '参照の依頼を送る (PAR)', en: 'push the request to read (PAR)' },
    'RFC 9126, RFC 9396, FAPI 2.0 SP 5.3.2',
    () =>
      intermediary.push('accounts', {
        type: 'account_information',
        bank_code: options.bankCode,
        permissions: ['accounts_read', 'balances_read', 'transactions_read'],
        purpose: 'household_accounting',
        term_days: 90,
        chain_partner: 'none',
      }),
  );
  const landedAt = await narrator.step(
    { ja: '本人が銀行の画面で同意する', en: 'the holder consents on the bank’s pages' },
    'RKN-S1, FAPI 2.0 SP 5.3.1',
    () => approveAs(scene, pushed),
  );
  const { accessToken } = await redeem(scene, pushed, landedAt);
  const base = `/v1/banks/${options.bankCode}/accounts`;
  const get = (words: Words, path: string, query?: Record<string, string>) =>
    narrator.step(words, 'RFC 9449 7', () => read(scene, accessToken, path, query));

  const accounts = rowsOf(await get({ ja: '口座の一覧', en: 'accounts' }, base));
  for (const account of accounts) narrator.line(showAccount(account));
  const path = `${base}/${String(accounts[0]?.['accountId'])}`;
  const balances = await get({ ja: '残高', en: 'balances' }, `${path}/balances`);
  narrator.line(showBalances(balances));
  const words = { ja: '入出金明細', en: 'transactions' };
  const page = await get(words, `${path}/transactions`, { limit: '5' });
  for (const row of rowsOf(page)) narrator.line(showTransaction(row));
}
