import type { CivilDate, Instant } from '#libs/kernel';
import type { OrderLine } from './ledger-order.js';

/** Postings that belong together, whole or not at all, under one key (unique per institution for ever). */
export interface PostingGroup {
  readonly institutionId: number;
  readonly key: string;
  /** The business date, passed in: the database's own date follows the session's time zone. */
  readonly bookedOn: CivilDate;
  readonly postedAt: Instant;
  readonly lines: readonly OrderLine[];
}

/** A page of a statement: ascending by leg sequence, `after` exclusive, both dates inclusive. */
export interface StatementQuery {
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
  readonly after?: bigint | undefined;
  readonly limit: number;
}
