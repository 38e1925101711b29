import { assert, canonicalJson, instantToWire, yenToWire } from '#libs/kernel';
import {
  burdenOf,
  explainCase,
  paidBySide,
  recoveredBySide,
  replayCase,
  uncoveredYen,
  type LossCase,
} from '#libs/liability';
import { agreementHash } from '../domain/agreement-text.js';
import { eventFrom } from '../domain/stored-values.js';
import type { CaseLine, StoredPage } from '../domain/case-page.js';

const json = (text: string): unknown => JSON.parse(text);
const wire = (value: unknown): unknown => json(canonicalJson(value));
const at = (instant: number) => instantToWire(instant);

/** One line of the list as it goes out. */
export const lineAnswer = (bankCode: string, line: CaseLine): object => ({
  ...line,
  bankCode,
  reportedAt: at(line.reportedAt),
  causeDueAt: line.causeDueAt === undefined ? null : at(line.causeDueAt),
  closedAt: line.closedAt === undefined ? null : at(line.closedAt),
});

/** What the events come to: sums, findings, agreements with the fingerprint that both sides accept. */
export const standingOf = (caseId: string, state: LossCase): object => ({
  category: state.category,
  knownAt: at(state.knownAt),
  causeStatus: state.causeStatus,
  lossYen: yenToWire(state.book.lossYen),
  uncoveredYen: yenToWire(uncoveredYen(state.book)),
  sides: (['EPSP', 'FI'] as const).map((side) => ({
    side,
    paidYen: yenToWire(paidBySide(state.book, side)),
    recoveredYen: yenToWire(recoveredBySide(state.book, side)),
    burdenYen: yenToWire(burdenOf(state.book, side)),
  })),
  payments: wire(state.book.payments),
  recourses: wire(state.book.recourses),
  recoveries: wire(state.book.recoveries),
  scope: state.scope,
  exempt: state.exempt,
  unavoidable: wire(state.unavoidable),
  attributions: wire(state.attributions),
  agreements: state.agreements.map((one) => ({
    ...(wire(one) as object),
    textHash: agreementHash(caseId, one),
  })),
});

/** The whole page: the standing is the events replayed, nothing else. */
export function pageAnswer(bankCode: string, caseId: string, page: StoredPage, now: number) {
  const replayed = replayCase(page.events.map(({ event }) => eventFrom(event)));
  assert(replayed.ok, `Case ${caseId} does not replay.`);
  const { row } = page;
  const state = replayed.value;
  const dueAt = row.cause_due_at === null ? undefined : Date.parse(row.cause_due_at);
  const isOpen = state.causeStatus === 'INVESTIGATING';
  return {
    caseId,
    bankCode,
    origin: row.origin,
    reference: row.reference,
    holderId: row.holder_id,
    epspId: row.epsp_id || null,
    chainPartnerId: row.chain_partner_id,
    requestIds: row.request_ids,
    openedBy: row.opened_by,
    causeDueAt: dueAt === undefined ? null : at(dueAt),
    causeOverdue: isOpen && dueAt !== undefined && now > dueAt,
    closedAt: row.closed_at === null ? null : at(Date.parse(row.closed_at)),
    ...standingOf(caseId, state),
    claim: page.facts && { ...page.facts, facts: json(page.facts.facts) },
    compensation: page.compensation && timed(page.compensation),
    decisions: (page.decisions ?? []).map(timed),
    recourse: page.recourse ?? [],
    notes: (page.notes ?? []).map((note) => ({ ...timed(note), content: json(note.content) })),
    documents: page.documents ?? [],
    events: page.events.map((event) => ({ ...timed(event), event: json(event.event) })),
    explanation: explainCase(state),
  };
}

/** Instants of the page as they go out. */
const timed = <T extends object>(one: T): T =>
  Object.fromEntries(
    Object.entries(one).map(([key, value]) =>
      /At$/.test(key) && typeof value === 'number' ? [key, at(value)] : [key, value],
    ),
  ) as T;
