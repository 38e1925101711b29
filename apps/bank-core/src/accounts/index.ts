export {
  ACCOUNT_TYPE_NAMES,
  POSTING_OPERATIONS,
  type AccountBalance,
  type AccountId,
  type AccountStanding,
  type AccountNumber,
  type AccountType,
  type DepositAccount,
  type PostingOperation,
  type ServiceAccount,
  type StatementEntry,
  type SystemRole,
} from './domain/account.js';
export {
  LEDGER_REFUSALS,
  ledgerSentences,
  orderSentences,
  type LedgerRefusal,
  type OrderRefusal,
} from './domain/account.refusals.js';
export {
  HOLD_KINDS,
  LEDGER_STATUSES,
  type HoldKind,
  type LedgerAnswer,
  type LedgerOrder,
  type LedgerStatus,
  type OrderLine,
} from './domain/ledger-order.js';
export { returnKeyOf, type Debited } from './domain/debited.js';
export { ledgerKey } from './domain/ledger-key.js';
export type {
  ScheduledPosting,
  ScheduleOutcome,
  ScheduleState,
} from './domain/scheduled-posting.js';
export type { StatementQuery } from './domain/posting.js';
export { AccountsModule } from './accounts.module.js';
export { AccountsService } from './accounts.service.js';
export { GroupCommit } from './domain/group-commit.js';
export {
  judgeLedgerFailure,
  LEDGER_CONNECTIONS,
  LEDGER_LANES,
  restBetweenTries,
} from './ledger-writer.js';
export type { Statements } from './storage/order.store.pg.js';
export { statementsOf } from './storage/posting.store.pg.js';
export { BLOCK_FAULTS, type BlockFault } from './domain/posting-block.js';
export {
  PostingBlocks,
  type BlockFinding,
  type BlockPage,
  type BlockVerdict,
  type BlockWitness,
} from './posting-blocks.js';
export { PostingRelay, type PostingConsumer } from './posting-relay.js';
