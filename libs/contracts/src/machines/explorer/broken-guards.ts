import { step, type MachineEvent } from '../step.js';
import { explore, type Report, type World } from './explore.js';
import {
  credulousStep,
  forgetfulStep,
  obligingStep,
  withoutCheck,
  withoutClauses,
  withoutDuties,
  withoutEvent,
  withoutLimits,
} from './mutants.js';
import { chainDisputeWorld } from './worlds/chain-stop.js';
import { standingConsentWorld } from './worlds/consent.js';
import { contractWorld } from './worlds/internet-banking-contract.js';
import { linkWorld } from './worlds/link.js';
import { mailPasswordWorld } from './worlds/mail-password.js';
import { tokenWorld } from './worlds/one-time-password-token.js';
import { holdWorld } from './worlds/protective-hold.js';
import { disputeWorld } from './worlds/security-review.js';
import { reservationWorld, rolledWorld, sameDayWorld } from './worlds/transfer.js';

/** A search in one world, with a broken step where one is given; it ends at the first violation. */
const search =
  <N extends string, F, E extends MachineEvent, C extends string, G>(
    world: World<N, F, E, C, G>,
    brokenStep: typeof step = step,
  ) =>
  (stopAt: string): Report =>
    explore(world, { step: brokenStep, stopAt });

/** What is taken away, and the invariant that must be seen to fail for it. */
export const brokenGuards: readonly (readonly [
  invariant: string,
  without: string,
  find: (stopAt: string) => Report,
])[] = [
  ['I1', 'review: the period', search(withoutCheck(disputeWorld, 'period_not_over'))],
  ['I1', 'review: the grounds', search(withoutCheck(disputeWorld, 'grounds_required'))],
  [
    'I1',
    'review: the arrival',
    search(withoutCheck(disputeWorld, 'demand_not_arrived', 'period_not_over')),
  ],
  ['I1', 'review: the notice', search(withoutCheck(disputeWorld, 'notice_not_delivered'))],
  ['I1', 'chain: the grounds', search(withoutCheck(chainDisputeWorld, 'grounds_required'))],
  ['I1', 'chain: the notice', search(withoutCheck(chainDisputeWorld, 'notice_not_delivered'))],
  [
    'I1',
    'link: the period',
    search(withoutCheck(linkWorld, 'period_not_over', 'judged_before_period_over')),
  ],
  ['I1', 'link: the judgement', search(withoutCheck(linkWorld, 'judged_before_period_over'))],
  ['I1', 'link: the demand', search(withoutCheck(linkWorld, 'demand_not_arrived'))],
  ['I1', 'link: the grounds', search(withoutCheck(linkWorld, 'grounds_required'))],
  ['I2', 'review: the notice', search(withoutCheck(disputeWorld, 'notice_not_delivered'))],
  ['I2', 'chain: the notice', search(withoutCheck(chainDisputeWorld, 'notice_not_delivered'))],
  ['I2', 'link: the notice', search(withoutCheck(linkWorld, 'notice_not_delivered'))],
  ['I3', 'review: whose linkage', search(withoutCheck(disputeWorld, 'not_own_linkage'))],
  ['I3', 'chain: whose linkage', search(withoutCheck(chainDisputeWorld, 'not_own_linkage'))],
  ['I3', 'link: whose linkage', search(withoutCheck(linkWorld, 'not_own_linkage'))],
  ['I3', 'hold: whose linkage', search(withoutCheck(holdWorld, 'not_own_linkage'))],
  ['I4', 'a duty', search(withoutDuties(disputeWorld, 'INSUFFICIENT'))],
  [
    'I4',
    'the exits of a hold',
    search(withoutEvent(holdWorld, 'released', 'became_demand', 'deadline_reached')),
  ],
  ['I5', 'review: resumption', search(withoutEvent(disputeWorld, 'resumed'))],
  ['I5', 'chain: resumption', search(withoutEvent(chainDisputeWorld, 'resumed'))],
  ['I5', 'link: lifting', search(withoutEvent(linkWorld, 'measure_lifted'))],
  ['I5', 'contract: unlocking', search(withoutEvent(contractWorld, 'unlocked'))],
  ['I6', 'the memory of events', search(disputeWorld, forgetfulStep)],
  ['I6', 'the refusal of the repeated', search(holdWorld, obligingStep)],
  ['I6', 'the refusal of the future', search(holdWorld, credulousStep)],
  ['I7', 'the clauses of a row', search(withoutClauses(disputeWorld, 'judged_sufficient'))],
  ['I8', 'the exercise of S4a', search(withoutEvent(disputeWorld, 'improvement_demanded'))],
  ['I8', 'the exercise of C2b', search(withoutEvent(chainDisputeWorld, 'measure_committed'))],
  ['I9', 'the longest duration', search(withoutCheck(holdWorld, 'hold_too_long'))],
  ['I10', 'review: part or all', search(withoutCheck(disputeWorld, 'scope_and_kind_differ'))],
  ['I10', 'link: not everything', search(withoutCheck(linkWorld, 'scope_is_everything'))],
  ['I10', 'link: everything', search(withoutCheck(linkWorld, 'scope_not_everything'))],
  ['INT-13', 'the basis of a hold', search(withoutCheck(holdWorld, 'basis_not_selectable'))],
  ['INT-13', 'the second person', search(withoutCheck(holdWorld, 'four_eyes_required'))],
  [
    'SM-5.2',
    'the day of the debit',
    search(withoutCheck(reservationWorld, 'not_before_designated_date')),
  ],
  ['SM-5.4-2', 'the single credit', search(withoutCheck(sameDayWorld, 'already_credited_back'))],
  ['SM-5.5-1', 'the cut-off', search(withoutCheck(reservationWorld, 'cancel_too_late'))],
  ['SM-5.5-1', 'the kind', search(withoutCheck(rolledWorld, 'not_cancellable', 'cancel_too_late'))],
  ['SM-R3.2', 'the identity', search(withoutCheck(sameDayWorld, 'identity_mismatch'))],
  ['RKN-S4c', 'the link at 確定', search(withoutCheck(sameDayWorld, 'linkage_suspended'))],
  ['SM-7.2', 'the single use of a code', search(withoutCheck(tokenWorld, 'otp_replayed'))],
  ['SM-7.2', 'the window', search(withoutCheck(tokenWorld, 'otp_outside_window'))],
  ['SM-7.2', 'the match', search(withoutCheck(tokenWorld, 'otp_mismatch'))],
  ['SM-8.3a', 'the session', search(withoutCheck(mailPasswordWorld, 'other_session'))],
  ['SM-8.3a', 'the draft', search(withoutCheck(mailPasswordWorld, 'other_draft'))],
  [
    'SM-8.3a',
    'the number of sendings',
    search(withoutCheck(mailPasswordWorld, 'resend_limit_reached')),
  ],
  ['RKN-S1', 'the term of a consent', search(withoutLimits(standingConsentWorld))],
  ['SM-7.2', 'the term of a token', search(withoutLimits(tokenWorld))],
];

/** Whether the search, which ends at the first violation of `invariant`, has met one. */
export const seenToFail = ([invariant, , find]: (typeof brokenGuards)[number]): boolean =>
  find(invariant).violations.some((violation) => violation.invariant === invariant);
