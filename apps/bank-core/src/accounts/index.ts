export {
  ACCOUNT_TYPE_NAMES,
  POSTING_OPERATIONS,
  type AccountBalance,
  type AccountId,
  type AccountNumber,
  type AccountType,
  type DepositAccount,
  type PostingOperation,
  type ServiceAccount,
  type StatementEntry,
  type SystemRole,
} from './domain/account.js';
export { LEDGER_REFUSALS, ledgerSentences, type LedgerRefusal } from './domain/account.refusals.js';
export type { PostingLine, StatementQuery } from './domain/posting.js';
export { AccountsModule } from './accounts.module.js';
export { AccountsService } from './accounts.service.js';
