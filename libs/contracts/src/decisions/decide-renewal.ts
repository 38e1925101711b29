import { CivilDate, type Period } from '#libs/kernel';
import type { NormalDelivery } from '../conditions/deemed-arrival.js';
import type { SentNotice } from '../facts/index.js';
import { article10 } from '../sm-terms/article-10-changes-of-registered-matters.js';
import { article19 } from '../sm-terms/article-19-term-and-renewal.js';
import { DecisionDraft, type Decision } from './decision.js';

export type RenewalOutcome = 'in_force' | 'ended_by_objection' | 'renewed_despite_late_objection';

const arrivalClause = article10.clause('SM-10.2');
const termClause = article19.clause('SM-19');

function dayOfArrival(notice: SentNotice | undefined, normal: NormalDelivery) {
  if (!notice) return undefined;
  const { arrival } = arrivalClause.apply({ notice }, normal);
  return arrival.how === 'none' ? undefined : CivilDate.inTokyo(arrival.at);
}

/**
 * Is the contract in force on `today`, given an objection of the institution that was posted? The
 * objection counts on the day it arrives or is deemed to (SM-10.2; SM-11.2 deems only notices of
 * termination). One that arrives after the last day of the term came too late: the contract has
 * renewed, and a person decides whether to send a notice under SM-11.1. Source: SM-19, SM-10.2.
 */
export function decideRenewal(
  facts: {
    readonly contractDate: CivilDate;
    readonly today: CivilDate;
    readonly objection?: SentNotice;
  },
  normal: NormalDelivery,
  institution: string,
): Decision<{ readonly outcome: RenewalOutcome; readonly term: Period }> {
  const { contractDate, today, objection } = facts;
  const objectionDate = dayOfArrival(objection, normal);
  const { term, isInForce } = termClause.apply({ contractDate, objectionDate, today });
  const arrivedInThisTerm =
    objectionDate !== undefined &&
    !objectionDate.isBefore(term.firstDay) &&
    !objectionDate.isAfter(term.lastDay);
  const sentBefore =
    objection !== undefined && CivilDate.inTokyo(objection.sentAt).isBefore(term.firstDay);
  const isLate = isInForce && arrivedInThisTerm && sentBefore;
  const draft = new DecisionDraft({ institution, asOf: today, input: { facts, normal } });
  draft.step({
    clause: 'SM-19',
    effect: isInForce ? 'applies' : 'not_met',
    facts: [
      { name: 'contractDate', value: contractDate, evidence: [] },
      { name: 'objectionDate', value: objectionDate, evidence: [] },
    ],
    value: term,
    reason: isInForce
      ? { ja: '契約期間の中にある。', en: 'The day lies within a term of the contract.' }
      : { ja: '満了までに申出があった。', en: 'An objection arrived before the term expired.' },
  });
  if (isLate) {
    draft.needsPerson({
      why: {
        ja: '満了日の後に届いた申出が解約になるかは定めがない。',
        en: 'No clause says whether an objection that arrives after expiry is a termination.',
      },
      clause: 'SM-11.1',
    });
  }
  const inForce = isLate ? 'renewed_despite_late_objection' : 'in_force';
  return draft.decided({ outcome: isInForce ? inForce : 'ended_by_objection', term });
}
