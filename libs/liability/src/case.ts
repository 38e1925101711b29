import {
  causeAfter,
  mayDeclineByExemption,
  type CauseStatus,
  type LossCategory,
} from '#libs/contracts';
import { accepted, type Finding, type Instant, type Result } from '#libs/kernel';
import { checkAttribution, type Attribution } from './attribution.js';
import type { CaseDecision, CaseEvent, RecordedEvent } from './case-events.js';
import type { Judged } from './compensation/claim.js';
import {
  openBook,
  recordPayment,
  recordRecourse,
  recordRecovery,
  type LossBook,
} from './payments.js';
import { isInstant } from './instants.js';
import { acceptFor } from './recourse/agreement.js';
import { checkPayment, checkUnavoidable } from './recourse/check-question.js';
import type { PaidToUser, RecourseAgreement, Scope, Unavoidable } from './recourse/question.js';
import type { LiabilityCode } from './liability.refusals.js';
import { refused } from './refused.js';

/** A loss case: everything that happened, and what follows from it. A value; events make a new one. */
export interface LossCase {
  readonly events: readonly RecordedEvent[];
  readonly institution: string;
  readonly category: LossCategory;
  readonly knownAt: Instant;
  readonly causeStatus: CauseStatus;
  readonly book: LossBook;
  readonly exempt: Finding;
  readonly scope: Judged<Scope | 'unknown'>;
  readonly unavoidable: Unavoidable;
  /** All attributions in order; the last one governs, the others stay. Source: RKN-L3/b. */
  readonly attributions: readonly Attribution[];
  readonly agreements: readonly RecourseAgreement[];
  /** Evidence that shows a claim at first sight, where one was agreed to be needed (INT-15). */
  readonly primaFacie: readonly string[];
  /** All decisions in order, each with the number of events that it knew of. */
  readonly decisions: readonly (CaseDecision & { readonly knewEvents: number })[];
}

/** The code of the refusal and the clause and field it concerns. */
const refusedAt = <Code extends LiabilityCode>(code: Code, clause: string, field: string) =>
  refused(code, { clause, facts: { field } });

/** Opens a case. A case can always be opened, whatever parameters are unset (INT-12). Source: RKN-L1a. */
export function openCase(
  event: Extract<CaseEvent, { type: 'loss_reported' }>,
  recordedAt: Instant,
): Result<LossCase> {
  const { occurredAt, knownAt } = event;
  for (const [field, at] of Object.entries({ occurredAt, knownAt, recordedAt })) {
    if (!isInstant(at)) return refusedAt('instant_malformed', 'RKN-L1a', field);
  }
  if (event.occurredAt > event.knownAt) return refusedAt('facts_contradict', 'RKN-L1a', 'knownAt');
  if (event.knownAt > recordedAt) return refusedAt('event_ahead_of_clock', 'RKN-L1a', 'knownAt');
  const book = openBook(event.lossYen);
  if (!book.ok) return book;
  return accepted({
    events: [{ ...event, recordedAt }],
    institution: event.institution,
    category: event.category,
    knownAt: event.knownAt,
    causeStatus: 'INVESTIGATING',
    book: book.value,
    exempt: { value: 'no', evidence: [] },
    scope: { value: 'unknown', evidence: [] },
    unavoidable: { value: 'no', evidence: [] },
    attributions: [],
    agreements: [],
    primaFacie: [],
    decisions: [],
  });
}

/**
 * The case after `event`, or a typed refusal and the case unchanged. Events come in the order of time;
 * one that bears an earlier time than the last is refused (`event_out_of_order`).
 */
export function applyEvent(
  before: LossCase,
  event: CaseEvent,
  recordedAt: Instant,
): Result<LossCase> {
  if (!isInstant(recordedAt)) return refusedAt('instant_malformed', 'RKN-L1a', 'recordedAt');
  const last = before.events.at(-1)?.recordedAt ?? recordedAt;
  if (recordedAt < last) return refusedAt('event_out_of_order', 'RKN-L1a', 'recordedAt');
  const change = changeBy(before, event);
  if (!change.ok) return change;
  const events = [...before.events, { ...event, recordedAt }];
  return accepted({ ...before, ...change.value, events });
}

type Change = Result<Partial<LossCase>>;

function changeBy(before: LossCase, event: CaseEvent): Change {
  switch (event.type) {
    case 'loss_reported':
      return refusedAt('event_repeated', 'RKN-L1a', 'type');
    case 'cause_found':
      return cause(causeAfter(before.causeStatus, 'found', event.evidence));
    case 'cause_unknown':
      if (event.grounds.trim() === '') return refusedAt('grounds_missing', 'RKN-L1a', 'grounds');
      return cause(causeAfter(before.causeStatus, 'not_to_be_found', []));
    case 'exemption_found':
      return exemption(before, event.agreementClause);
    case 'scope_found':
      return accepted({ scope: event.scope });
    case 'unavoidable_judged':
      return judgement(event.unavoidable);
    case 'showing_attached':
      return accepted({ primaFacie: [...before.primaFacie, ...event.evidence] });
    case 'paid':
      return payment(before, event.payment, event.agreementClause);
    case 'attributed':
      return attribution(before, event.attribution);
    case 'agreement_proposed':
      return proposal(before, event.agreement);
    case 'agreement_accepted':
      return acceptance(before, event);
    case 'recourse_received':
      return booked(recordRecourse(before.book, event));
    case 'recovered':
      return booked(recordRecovery(before.book, event.recovery, event.order));
    case 'decided': {
      const { type: _, ...decided } = event;
      const kept = { ...decided, knewEvents: before.events.length };
      return accepted({ decisions: [...before.decisions, kept] });
    }
  }
}

const booked = (book: Result<LossBook>): Change =>
  book.ok ? accepted({ book: book.value }) : book;

const cause = (status: ReturnType<typeof causeAfter>): Change =>
  status.ok
    ? accepted({ causeStatus: status.value })
    : refusedAt(status.refusal.code, 'RKN-L1a', 'evidence');

/** RKN-L1c: an exemption names its clause. For fraud it is not enough by itself (RKN-L1c/b). */
function exemption({ category, decisions }: LossCase, agreementClause: string): Change {
  const assessment = decisions.findLast(({ about }) => about === 'fraud_policy');
  const judged = mayDeclineByExemption(category, agreementClause, assessment?.decision.inputHash);
  if (!judged.ok) {
    const { code, clause = 'RKN-L1c' } = judged.refusal;
    return refusedAt(code, clause, 'agreementClause');
  }
  return accepted({ exempt: { value: 'yes', evidence: [agreementClause] } });
}

/** RKN-L1b: the intermediary names the clause of its service agreement under which it pays. */
function payment(before: LossCase, paid: PaidToUser, agreementClause = ''): Change {
  if (paid.by === 'EPSP' && agreementClause.trim() === '') {
    return refusedAt('agreement_clause_required', 'RKN-L1b', 'agreementClause');
  }
  const checked = checkPayment(paid);
  return checked.ok ? booked(recordPayment(before.book, paid)) : checked;
}

/** RKN-L4-0b/a: "unavoidable" is recorded with its grounds or not at all. */
function judgement(unavoidable: Unavoidable): Change {
  const checked = checkUnavoidable(unavoidable);
  return checked.ok ? accepted({ unavoidable }) : checked;
}

function attribution(before: LossCase, found: Attribution): Change {
  const checked = checkAttribution(found);
  if (!checked.ok) return checked;
  if (before.attributions.some(({ id }) => id === found.id)) {
    return refusedAt('named_twice', 'RKN-L3', 'attribution.id');
  }
  return accepted({ attributions: [...before.attributions, found] });
}

/** RKN-L2b: each version has a higher number than the last and comes without acceptances. */
function proposal({ agreements }: LossCase, proposed: RecourseAgreement): Change {
  const last = agreements.at(-1)?.version ?? 0;
  if (proposed.version !== last + 1) return refusedAt('version_taken', 'RKN-L2b', 'version');
  if (proposed.acceptedForEpspBy || proposed.acceptedForFiBy) {
    return refusedAt('already_accepted', 'RKN-L2b', 'agreement');
  }
  if (proposed.rationale.trim() === '') {
    return refusedAt('grounds_missing', 'RKN-L2b', 'agreement.rationale');
  }
  if (proposed.amountYen < 0n) {
    return refusedAt('amount_negative', 'RKN-L2b', 'agreement.amountYen');
  }
  return accepted({ agreements: [...agreements, proposed] });
}

function acceptance(
  { agreements }: LossCase,
  { version, side, person }: Extract<CaseEvent, { type: 'agreement_accepted' }>,
): Change {
  const latest = agreements.at(-1);
  if (latest?.version !== version) return refusedAt('version_not_open', 'RKN-L2b', 'version');
  const signed = acceptFor(latest, side, person);
  if (!signed.ok) return signed;
  return accepted({ agreements: [...agreements.slice(0, -1), signed.value] });
}
