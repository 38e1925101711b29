import { assert, sumYen, type Instant, type Result } from '#libs/kernel';
import type { Side } from './attribution.js';
import type { RecordedEvent } from './case-events.js';
import { applyEvent, openCase, type LossCase } from './case.js';
import { fromWrongdoerOf, recourseOf } from './payments.js';
import { latestAgreement } from './recourse/agreement.js';
import { decideRecourse, payerOf, type RecourseTerms } from './recourse/decide-recourse.js';
import type { RecourseQuestion } from './recourse/question.js';

/** The question of recourse as the case stands now: the last attribution, all payments, all that came back. */
export function questionOfCase(lossCase: LossCase): RecourseQuestion {
  const { book, attributions, category } = lossCase;
  const attribution = attributions.at(-1);
  const payer = payerOf(book);
  const claimant = payer === 'BOTH' ? latestAgreement(lossCase.agreements)?.claimant : payer;
  const sides: readonly Side[] =
    claimant === 'EPSP' || claimant === 'FI' ? [claimant] : ['EPSP', 'FI'];
  return {
    ...(attribution && { attribution }),
    payments: book.payments,
    scope: lossCase.scope,
    unavoidable: lossCase.unavoidable,
    exempt: lossCase.exempt,
    fraud: { value: category === 'fraud' ? 'yes' : 'no', evidence: [] },
    recoveredFromWrongdoerYen: sumYen(sides.map((side) => fromWrongdoerOf(book, side))),
    recoursedYen: sumYen(sides.map((side) => recourseOf(book, side))),
    agreements: lossCase.agreements,
    primaFacie: lossCase.primaFacie,
  };
}

/**
 * Decides recourse on the case as it stands and keeps the decision in it. Earlier decisions stay as
 * they were made: a new attribution gives a new one. Source: RKN-L3/b, interpretations.md 4.2.
 */
export function decideCase(
  lossCase: LossCase,
  terms: RecourseTerms,
  recordedAt: Instant,
): Result<LossCase> {
  const decision = decideRecourse(questionOfCase(lossCase), terms);
  if (!decision.ok) return decision;
  const event = { type: 'decided', about: 'recourse', decision: decision.value } as const;
  return applyEvent(lossCase, event, recordedAt);
}

/** The last recourse decision, if nothing has happened since that it did not know of. */
export function currentDecision({ decisions, events }: LossCase) {
  const last = decisions.findLast(({ about }) => about === 'recourse');
  if (last?.about !== 'recourse') return undefined;
  const since = events.slice(last.knewEvents).filter(({ type }) => type !== 'decided');
  return since.length === 0 ? last.decision : undefined;
}

/** Builds a case again from its events alone: the same events give the same case, byte for byte. */
export function replayCase(events: readonly RecordedEvent[]): Result<LossCase> {
  const [first, ...others] = events;
  assert(first?.type === 'loss_reported', 'A case begins with its report.');
  const { recordedAt: openedAt, ...report } = first;
  let state = openCase(report, openedAt);
  for (const { recordedAt, ...event } of others) {
    if (!state.ok) return state;
    state = applyEvent(state.value, event, recordedAt);
  }
  return state;
}
