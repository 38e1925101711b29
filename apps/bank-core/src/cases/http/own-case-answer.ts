import { isCauseOverdue, type CauseStatus } from '#libs/contracts';
import { assert, instantToWire, yenToWire } from '#libs/kernel';
import {
  burdenOf,
  paidBySide,
  recoveredBySide,
  replayCase,
  uncoveredYen,
  type LossCase,
} from '#libs/liability';
import { agreementHash } from '../domain/agreement-text.js';
import type { CaseLine, StoredPage } from '../domain/case-page.js';
import { eventFrom } from '../domain/stored-values.js';
import type {
  OwnCaseDto,
  OwnCaseLineDto,
  OwnClaimDto,
  OwnEntryDto,
  OwnPaidDto,
} from './own-case.dto.js';

const at = (instant: number) => instantToWire(instant);
const orNull = (instant: number | undefined) => (instant === undefined ? null : at(instant));
const isLate = (status: string, dueAt: number | undefined, now: number) =>
  dueAt !== undefined && isCauseOverdue(status as CauseStatus, dueAt, now);

export const ownLineAnswer = (bankCode: string, line: CaseLine, now: number): OwnCaseLineDto => ({
  caseId: line.caseId,
  bankCode,
  category: line.category,
  lossYen: line.lossYen,
  paidYen: line.paidYen,
  reportedAt: at(line.reportedAt),
  causeStatus: line.causeStatus,
  causeDueAt: orNull(line.causeDueAt),
  causeOverdue: isLate(line.causeStatus, line.causeDueAt, now),
  closedAt: orNull(line.closedAt),
});

/**
 * A case as the intermediary's side sees it, member by member: no holder, no person of the bank, nothing of what the
 * bank owes the holder, and of what was written down its own entries alone.
 */
export function ownPageAnswer(
  given: { readonly bankCode: string; readonly page: StoredPage; readonly now: number },
  caseId: string,
  author: string,
): OwnCaseDto {
  const { bankCode, page, now } = given;
  const replayed = replayCase(page.events.map(({ event }) => eventFrom(event)));
  assert(replayed.ok, `Case ${caseId} does not replay.`);
  const { row } = page;
  const state = replayed.value;
  const dueAt = row.cause_due_at === null ? undefined : Date.parse(row.cause_due_at);
  const isOwnReport = row.origin === 'intermediary';
  return {
    caseId,
    bankCode,
    origin: row.origin,
    reference: isOwnReport ? row.reference : null,
    chainPartnerId: row.chain_partner_id === 'none' ? null : row.chain_partner_id,
    requestIds: [...row.request_ids],
    category: state.category,
    lossYen: yenToWire(state.book.lossYen),
    uncoveredYen: yenToWire(uncoveredYen(state.book)),
    knownAt: at(state.knownAt),
    causeStatus: state.causeStatus,
    causeDueAt: orNull(dueAt),
    causeOverdue: isLate(state.causeStatus, dueAt, now),
    closedAt: row.closed_at === null ? null : at(Date.parse(row.closed_at)),
    scope: state.scope.value,
    exemptionClause: state.exempt.value === 'yes' ? (state.exempt.evidence[0] ?? null) : null,
    sides: (['EPSP', 'FI'] as const).map((side) => ({
      side,
      paidYen: yenToWire(paidBySide(state.book, side)),
      recoveredYen: yenToWire(recoveredBySide(state.book, side)),
      burdenYen: yenToWire(burdenOf(state.book, side)),
    })),
    payments: paymentsOf(state),
    attributions: state.attributions.map(({ finding, chainPartner, grounds, foundAt }) => ({
      finding,
      chainPartnerId: chainPartner ?? null,
      grounds,
      foundAt: at(foundAt),
    })),
    agreements: state.agreements.map((text) => ({
      version: text.version,
      claimant: text.claimant,
      amountYen: yenToWire(text.amountYen),
      rationale: text.rationale,
      textHash: agreementHash(caseId, text),
      acceptedByIntermediary: text.acceptedForEpspBy !== undefined,
      acceptedByInstitution: text.acceptedForFiBy !== undefined,
    })),
    recourse: claimsOf(page),
    entries: entriesOf(page, author),
  };
}

const paymentsOf = ({ book }: LossCase): OwnPaidDto[] =>
  book.payments.map(({ id, by, institution, amountYen, paidAt }) => ({
    id,
    by,
    institution: institution ?? null,
    amountYen: yenToWire(amountYen),
    paidAt: at(paidAt),
  }));

const claimsOf = ({ recourse }: StoredPage): OwnClaimDto[] =>
  (recourse ?? []).map((claim) => ({
    number: claim.number,
    claimant: claim.claimant,
    amountYen: claim.amount,
    claimedAt: at(claim.claimedAt),
    documentId: claim.documentId,
    shares: (claim.shares ?? []).map(({ against, amount, settled }) => ({
      against,
      amountYen: amount,
      settledYen: settled,
    })),
  }));

/** `author`: the intermediary; its software may have changed since. */
function entriesOf({ notes }: StoredPage, author: string): OwnEntryDto[] {
  const own = (notes ?? []).filter(({ recordedBy }) => recordedBy.startsWith(`${author}/`));
  return own.map(({ content, recordedAt }) => {
    const { about, text, evidence } = JSON.parse(content) as Omit<OwnEntryDto, 'recordedAt'>;
    return { about, text, evidence, recordedAt: at(recordedAt) };
  });
}
