import { accepted, CivilDate, months, periodAfter, refused } from '#libs/kernel';
import type { Instant, Refusal, Result } from '#libs/kernel';
import type { ClauseId } from '../clause-id.js';
import type { SentNotice, TerminationGround } from '../facts/index.js';
import type { ParameterValues } from '../parameter.js';
import { article11 } from '../sm-terms/article-11-termination.js';
import { article13 } from '../sm-terms/article-13-exclusions-of-liability.js';
import type { smParameters } from '../sm-terms/parameters.js';

type Values = ParameterValues<typeof smParameters>;

/** One way in which the contract ends. Every instant is that of the record, never of the asking. */
export type Ending =
  | {
      readonly by: 'holder';
      readonly channel: 'terminal' | 'branch' | 'intermediary';
      readonly terminationForm: string | undefined;
      readonly sealCheckedBy: string | undefined;
      readonly receivedAt: Instant;
    }
  | { readonly by: 'institution'; readonly notice: SentNotice }
  | {
      readonly by: 'forced';
      readonly ground: TerminationGround;
      readonly recordedAt: Instant;
      readonly notice?: SentNotice;
    }
  | { readonly by: 'main_account_closed'; readonly closedAt: Instant };

export type EndingRefusal = Refusal<
  'written_form_required' | 'form_missing' | 'seal_check_missing' | 'notice_not_arrived'
>;

export interface Ended {
  readonly clause: ClauseId;
  readonly effectiveAt: Instant;
  /** True where arrival was deemed, not seen (SM-11.2). */
  readonly isDeemed: boolean;
}

const GROUNDS: Readonly<Record<TerminationGround, ClauseId>> = {
  suspension_of_payments_or_insolvency: 'SM-11.4-1',
  whereabouts_unknown: 'SM-11.4-2',
  fee_unpaid: 'SM-11.4-3',
  succession_opened: 'SM-11.4-4',
  dormant: 'SM-11.4-5',
  other_adequate_cause: 'SM-11.4-6',
};

/** The clause of a ground of forced termination. */
export const clauseOfGround = (ground: TerminationGround): ClauseId => GROUNDS[ground];

function onArrival(
  notice: SentNotice | undefined,
  postDays: number,
  clause: ClauseId,
): Result<Ended, EndingRefusal> {
  if (!notice) return refused('notice_not_arrived', { clause });
  const arrival = article11.clause('SM-11.2').apply({ notice }, { postDays });
  if (arrival.how === 'none') return refused('notice_not_arrived', { clause: 'SM-11.2' });
  return accepted({ clause, effectiveAt: arrival.at, isDeemed: arrival.how === 'deemed' });
}

/**
 * When does the contract end? The holder's written form: on receipt, at the branch, with a seal check.
 * A notice of the institution: on arrival or deemed arrival. Forced termination: when recorded, or
 * under reading B of INT-27 on arrival of its notice. Closing the main account: at once.
 * Source: SM-11.1, SM-11.2, SM-11.3b, SM-11.4-1 to -6, SM-13.5, INT-27.
 */
export function whenTerminated(
  ending: Ending,
  postDays: Values['postNormalDays'],
  readingOfInt27: 'A' | 'B' = 'A',
): Result<Ended, EndingRefusal> {
  switch (ending.by) {
    case 'holder': {
      const answer = article11.clause('SM-11.1').apply({ terminatedBy: 'holder', ...ending });
      if (answer !== 'allowed') return refused(answer, { clause: 'SM-11.1' });
      const seal = article13.clause('SM-13.5').apply(ending);
      if (seal !== 'checked') return refused(seal, { clause: 'SM-13.5' });
      return accepted({ clause: 'SM-11.1', effectiveAt: ending.receivedAt, isDeemed: false });
    }
    case 'institution':
      return onArrival(ending.notice, postDays, 'SM-11.1');
    case 'forced': {
      const clause = clauseOfGround(ending.ground);
      if (readingOfInt27 === 'B') return onArrival(ending.notice, postDays, clause);
      return accepted({ clause, effectiveAt: ending.recordedAt, isDeemed: false });
    }
    case 'main_account_closed':
      return accepted({ clause: 'SM-11.3b', effectiveAt: ending.closedAt, isDeemed: false });
  }
}

/**
 * Is the holder a candidate for termination by dormancy on `today`? Only after the whole period since
 * the last use has passed: on its last day not yet (超えて). A person decides. Source: SM-11.4-5.
 */
export const isDormancyCandidate = (
  lastUseDate: CivilDate,
  today: CivilDate,
  dormancy: Values['dormancy'],
): boolean => today.isAfter(periodAfter(lastUseDate, months(dormancy.months)).lastDay);
