import type { CivilDate, Instant, Yen } from '#libs/kernel';
import type { PostingOperation } from './account.js';

/** One posting of a group: the group is posted whole or not at all. */
export interface PostingLine {
  /** Unique per institution for ever: the same key is never posted twice. */
  readonly key: string;
  readonly operation: PostingOperation;
  readonly debitAccount: bigint;
  readonly creditAccount: bigint;
  readonly amountYen: Yen;
  /** 摘要 as the debited and the credited account's statements show it. */
  readonly debitText: string;
  readonly creditText: string;
  readonly ediText?: string | undefined;
}

export interface PostingGroup {
  readonly institutionId: number;
  /** The business date, passed in: the database's own date follows the session's time zone. */
  readonly bookedOn: CivilDate;
  readonly postedAt: Instant;
  readonly lines: readonly PostingLine[];
}

/** A page of a statement: ascending by leg sequence, `after` exclusive, both dates inclusive. */
export interface StatementQuery {
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
  readonly after?: bigint | undefined;
  readonly limit: number;
}
