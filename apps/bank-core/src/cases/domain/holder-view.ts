import { assert, instantToWire, yenToWire } from '#libs/kernel';
import { replayCase, uncoveredYen } from '#libs/liability';
import type { StoredPage } from './case-page.js';
import { claimFrom, eventFrom } from './stored-values.js';
import { neededFromHolder, openAtInstitution, type NeededFromHolder } from './what-is-needed.js';

/** A claim as its holder sees it. Yen as decimal strings; no evidence, no officer, no fault. */
export interface HolderView {
  readonly caseId: string;
  readonly reportedAt: string;
  readonly noticedAt: string | null;
  readonly causeStatus: string;
  /** Until when the institution means to have found the cause (RKN-L1a); it binds nobody. */
  readonly answerBy: string | null;
  readonly lossYen: string;
  readonly uncoveredYen: string;
  readonly transfers: readonly {
    readonly transferId: string;
    readonly amountYen: string;
    readonly feeYen: string;
  }[];
  /** What the holder has still to give, promptly: the terms set no date (SM-14.1-1). */
  readonly needed: readonly NeededFromHolder[];
  readonly openAtInstitution: number;
  readonly decision: {
    readonly kind: string;
    readonly clause: string | null;
    readonly payableYen: string | null;
    readonly decidedAt: string;
    readonly documentIds: readonly string[];
  } | null;
  readonly paidYen: string;
  /** What came back of the stolen money, and what of it is the holder's (SM-14.6, SM-14.7). */
  readonly returned: readonly { readonly amountYen: string; readonly toHolderYen: string }[];
}

/** Everything from the stored page; what the rules lack is handed in. A decided claim lacks nothing any more. */
export function viewForHolder(
  caseId: string,
  page: StoredPage,
  lacking: readonly string[],
): HolderView {
  const events = page.events.map(({ event }) => eventFrom(event));
  const replayed = replayCase(events);
  assert(replayed.ok, `Case ${caseId} does not replay.`);
  const { book, causeStatus } = replayed.value;
  const claim = page.facts ? claimFrom(page.facts.facts) : undefined;
  const decided = events.findLast(
    (event) => event.type === 'decided' && event.about === 'compensation',
  );
  const reportedAt = events[0]?.recordedAt ?? 0;
  return {
    caseId,
    reportedAt: instantToWire(reportedAt),
    noticedAt: claim?.noticedAt === undefined ? null : instantToWire(claim.noticedAt),
    causeStatus,
    answerBy:
      page.row.cause_due_at === null ? null : instantToWire(Date.parse(page.row.cause_due_at)),
    lossYen: yenToWire(book.lossYen),
    uncoveredYen: yenToWire(uncoveredYen(book)),
    transfers: (claim?.transfers ?? []).map(({ id, amount, fee }) => ({
      transferId: id,
      amountYen: yenToWire(amount),
      feeYen: yenToWire(fee),
    })),
    needed: decided ? [] : neededFromHolder(lacking),
    openAtInstitution: decided ? 0 : openAtInstitution(lacking),
    decision: decided ? decisionOf(decided, page) : null,
    paidYen: yenToWire(book.payments.reduce((sum, { amountYen }) => sum + amountYen, 0n)),
    returned: book.recoveries.map(({ amountYen, toHolderYen }) => ({
      amountYen: yenToWire(amountYen),
      toHolderYen: yenToWire(toHolderYen),
    })),
  };
}

function decisionOf(
  event: ReturnType<typeof eventFrom>,
  { documents }: StoredPage,
): HolderView['decision'] {
  if (event.type !== 'decided' || event.about !== 'compensation') return null;
  const { kind, clause, payableYen } = event.decision.outcome;
  return {
    kind,
    clause: clause ?? null,
    payableYen: payableYen === null ? null : yenToWire(payableYen),
    decidedAt: instantToWire(event.recordedAt),
    documentIds: (documents ?? [])
      .filter((one) => one.kind === 'claim_decision')
      .map(({ id }) => id),
  };
}
