import { isCauseOverdue, type CauseStatus } from '#libs/contracts';
import { assert, instantToWire, yenToWire } from '#libs/kernel';
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
import type { CaseLine, StoredPage, StoredRecourse } from '../domain/case-page.js';
import type { CaseLineDto, CasePageDto, RecourseLineDto } from './answers/case-page.dto.js';
import type { CaseStandingDto } from './answers/case-standing.dto.js';

const json = (text: string) => JSON.parse(text) as object;
const at = (instant: number) => instantToWire(instant);

/** One line of the list as it goes out. */
export const lineAnswer = (bankCode: string, line: CaseLine, now: number): CaseLineDto => ({
  ...line,
  bankCode,
  epspId: line.epspId ?? null,
  reportedAt: at(line.reportedAt),
  causeDueAt: line.causeDueAt === undefined ? null : at(line.causeDueAt),
  causeOverdue:
    line.causeDueAt !== undefined &&
    isCauseOverdue(line.causeStatus as CauseStatus, line.causeDueAt, now),
  closedAt: line.closedAt === undefined ? null : at(line.closedAt),
});

/** What the events come to: sums, findings, agreements with the fingerprint that both sides accept. */
export const standingOf = (caseId: string, state: LossCase): CaseStandingDto => ({
  caseId,
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
  payments: state.book.payments.map(({ id, by, institution, amountYen, paidAt }) => ({
    id,
    by,
    institution: institution ?? null,
    amountYen: yenToWire(amountYen),
    paidAt: at(paidAt),
  })),
  recourses: state.book.recourses.map(({ id, by, amountYen }) => ({
    id,
    by,
    amountYen: yenToWire(amountYen),
  })),
  recoveries: state.book.recoveries.map((one) => ({
    id: one.id,
    forSide: one.forSide ?? null,
    amountYen: yenToWire(one.amountYen),
    toPayerYen: yenToWire(one.toPayerYen),
    toHolderYen: yenToWire(one.toHolderYen),
  })),
  scope: { ...state.scope, evidence: [...state.scope.evidence] },
  exempt: { ...state.exempt, evidence: [...state.exempt.evidence] },
  unavoidable: unavoidableOf(state),
  attributions: state.attributions.map((one) => ({
    ...one,
    evidence: [...one.evidence],
    foundAt: at(one.foundAt),
  })),
  agreements: state.agreements.map((one) => ({
    ...one,
    amountYen: yenToWire(one.amountYen),
    textHash: agreementHash(caseId, one),
  })),
});

const unavoidableOf = ({
  unavoidable: { recordedAt, evidence, ...found },
}: LossCase): CaseStandingDto['unavoidable'] => ({
  ...found,
  evidence: [...evidence],
  ...(recordedAt !== undefined && { recordedAt: at(recordedAt) }),
});

/** The whole page: the standing is the events replayed, nothing else. */
export function pageAnswer(
  bankCode: string,
  caseId: string,
  page: StoredPage,
  now: number,
): CasePageDto {
  const replayed = replayCase(page.events.map(({ event }) => eventFrom(event)));
  assert(replayed.ok, `Case ${caseId} does not replay.`);
  const { row } = page;
  const state = replayed.value;
  const dueAt = row.cause_due_at === null ? undefined : Date.parse(row.cause_due_at);
  return {
    ...standingOf(caseId, state),
    bankCode,
    origin: row.origin,
    reference: row.reference,
    holderId: row.holder_id,
    epspId: row.epsp_id || null,
    chainPartnerId: row.chain_partner_id,
    requestIds: [...row.request_ids],
    openedBy: row.opened_by,
    causeDueAt: dueAt === undefined ? null : at(dueAt),
    causeOverdue: dueAt !== undefined && isCauseOverdue(state.causeStatus, dueAt, now),
    closedAt: row.closed_at === null ? null : at(Date.parse(row.closed_at)),
    claim: page.facts && { ...page.facts, facts: json(page.facts.facts) },
    compensation: compensationOf(page),
    decisions: (page.decisions ?? []).map((one) => ({ ...one, decidedAt: at(one.decidedAt) })),
    recourse: (page.recourse ?? []).map(recourseOf),
    notes: (page.notes ?? []).map(({ kind, content, recordedBy, recordedAt }) => ({
      kind,
      content: json(content),
      recordedBy,
      recordedAt: at(recordedAt),
    })),
    documents: [...(page.documents ?? [])],
    events: page.events.map((event) => ({
      ...event,
      event: json(event.event),
      recordedAt: at(event.recordedAt),
    })),
    explanation: explainCase(state),
  };
}

const compensationOf = ({ compensation }: StoredPage): CasePageDto['compensation'] =>
  compensation && {
    paidYen: compensation.paid,
    lapsedYen: compensation.lapsed,
    passedOverYen: compensation.passedOver,
    proposalId: compensation.proposalId,
    decisionId: compensation.decisionId,
    paidAt: at(compensation.paidAt),
  };

const recourseOf = ({ amount, claimedAt, shares, ...claim }: StoredRecourse): RecourseLineDto => ({
  ...claim,
  amountYen: amount,
  claimedAt: at(claimedAt),
  shares: (shares ?? []).map((share) => ({
    against: share.against,
    amountYen: share.amount,
    settledYen: share.settled,
  })),
});
