import type { CivilDate, Instant, Yen } from '#libs/kernel';
import type { PostingOperation } from './account.js';
import type { LedgerStatus, PostOrder } from './ledger-order.js';

/** A posting of a later day, fixed now: the debit of a reservation on its designated day (SM-5.2). */
export interface ScheduledPosting {
  /** The caller's name for the schedule, such as the id of a transfer; printable ASCII, at most 100 characters. */
  readonly id: string;
  /** The day that this posting is for: it counts from it, and with the id it is the posting's key. */
  readonly occurrence: CivilDate;
  readonly dueAt: Instant;
  readonly operation: PostingOperation;
  readonly debitAccount: bigint;
  readonly creditAccount: bigint;
  readonly amountYen: Yen;
  readonly debitText: string;
  readonly creditText: string;
  readonly ediText: string;
  /** P.sm.overdraft.usable, as it was when the posting was fixed. */
  readonly mayUseOverdraft: boolean;
}

export type ScheduleState = 'due' | 'posted' | 'refused' | 'cancelled';

/** What became of it; a refusal is final, as the key's answer is. */
export interface ScheduleOutcome {
  readonly state: ScheduleState;
  readonly status?: LedgerStatus;
  readonly decidedAt?: Instant;
}

/** The key under which the ledger knows it, for ever. */
export const scheduleKey = ({
  id,
  occurrence,
}: Pick<ScheduledPosting, 'id' | 'occurrence'>): string => `${id}/${occurrence.toString()}`;

/**
 * What the ledger is asked on the day. No party and no limit: it was judged when it was fixed, and what was fixed
 * before a stop is completed (RKN-S4c, INT-21; SM-5.3).
 */
export function orderOf(scheduled: ScheduledPosting, bookedOn: CivilDate): PostOrder {
  const { occurrence, operation, debitAccount, creditAccount, amountYen } = scheduled;
  const { debitText, creditText, ediText, mayUseOverdraft } = scheduled;
  const line = { operation, debitAccount, creditAccount, amountYen, valueOn: occurrence };
  return {
    act: 'post',
    key: scheduleKey(scheduled),
    bookedOn,
    mayUseOverdraft,
    lines: [{ ...line, debitText, creditText, ediText }],
  };
}
