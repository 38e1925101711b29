import {
  DecisionDraft,
  type Decision,
  type HolderKind,
  type ParameterUsed,
  type TraceNode,
} from '#libs/contracts';
import { accepted, yenForPeople, type CivilDate, type Result, type Yen } from '#libs/kernel';
import type { CompensationClaim } from './compensation/claim.js';
import { coveredLoss, lossNode, type LossLine } from './compensation/covered-loss.js';
import type { CoveredWindow } from './compensation/covered-window.js';
import { dateClaim, type DatedClaim } from './compensation/dated-claim.js';
import type { Ground } from './compensation/exclusions.js';
import { afterSetOff, returned } from './compensation/set-off.js';
import { termsFor, type CompensationTerms } from './compensation/terms.js';
import {
  gatesOf,
  proposalsOpen,
  windowOf,
  type AssessmentFile,
  type PolicyGate,
  type Proposal,
} from './fraud-gates.js';
import { readPolicy, type FraudPolicy } from './fraud-policy.js';

export interface FraudAssessment {
  readonly proposal: Proposal;
  /** What the missing facts leave open; empty once it is settled. */
  readonly couldBe: readonly Proposal[];
  readonly noticeDay: CivilDate;
  readonly firstCoveredDay: CivilDate | null;
  readonly lines: readonly LossLine[];
  readonly coveredYen: Yen;
  /** The amount proposed; null for a case of its own, until a person enters one. Never 75 %. */
  readonly proposedYen: Yen | null;
  readonly grounds: readonly Ground[];
}

/**
 * RKN-L1d: the assessment sheet for loss from unauthorised withdrawal, by the approach of the labour
 * banks' 申し合わせ. The policy is dated data of the institution, in force on the notice day (INT-16);
 * dates, exclusions and sums are those of SM-14. It proposes; a person decides. Refuses bad input and
 * an unset policy with the clause.
 */
export function assessFraud(
  claim: CompensationClaim,
  holderKind: HolderKind | 'unknown',
  terms: CompensationTerms,
): Result<Decision<FraudAssessment>> {
  const inForce = termsFor(claim, terms);
  if (!inForce.ok) return inForce;
  const dated = dateClaim(claim, inForce.value.readings);
  if (!dated.ok) return dated;
  const policy = readPolicy(terms.parameters, dated.value.noticeDay);
  if (!policy.ok) return policy;
  const file = { dated: dated.value, policy: policy.value, inForce: inForce.value, holderKind };
  return accepted(write(weigh(file), file, terms));
}

interface Weighed {
  readonly passed: readonly PolicyGate[];
  /** What the gates and the table leave open; one of them once nothing is missing. */
  readonly possible: readonly Proposal[];
  readonly unknown: readonly string[];
  readonly window?: CoveredWindow;
  readonly lines: readonly LossLine[];
  readonly coveredYen: Yen;
  readonly mostYen: Yen;
}

/** Gates in order, then the table of proposals, then window and loss: nothing is paid here. */
function weigh(file: AssessmentFile): Weighed {
  const { claim } = file.dated;
  const gates = gatesOf(file);
  const shut = gates.findIndex(({ passes }) => passes === 'no');
  const closedBy = gates[shut];
  const passed = closedBy ? gates.slice(0, shut + 1) : gates;
  const open = passed.filter(({ passes }) => passes === 'unknown');
  const ends = closedBy ? [closedBy.proposes] : proposalsOpen(claim, file.policy.value);
  const possible = [...new Set([...open.map(({ proposes }) => proposes), ...ends])];
  const missing = [
    ...open.flatMap(({ unknown }) => unknown),
    ...(ends.length > 1 ? ['holderFault'] : []),
  ];
  const unknown = possible.length > 1 ? [...new Set<string>(missing)] : [];
  if (closedBy) return { passed, possible, unknown, lines: [], coveredYen: 0n, mostYen: 0n };
  const window = windowOf(file);
  const loss = coveredLoss(claim.transfers, window.firstDay);
  const mostYen = coveredLoss(claim.transfers, window.firstDayIfProven).coveredYen;
  // Where nothing is proposed in any case, no impediment decides anything.
  const grants = possible.some((proposal) => proposal !== 'NONE');
  if (grants && mostYen !== loss.coveredYen) {
    unknown.push(...window.open.map((id) => `impediments.${id}`));
  }
  return { passed, possible, unknown, window, ...loss, mostYen };
}

function write(
  found: Weighed,
  { dated, policy, inForce, holderKind }: AssessmentFile,
  { institution, asOf }: CompensationTerms,
): Decision<FraudAssessment> {
  const { passed, possible, unknown, window, lines, coveredYen, mostYen } = found;
  const proposal: Proposal =
    unknown.length === 0 ? (possible[0] ?? 'UNDETERMINED') : 'UNDETERMINED';
  const back = returned(dated.claim.setOffs);
  const amounts: Partial<Record<Proposal, Yen>> = { FULL: afterSetOff(coveredYen, back), NONE: 0n };
  const proposedYen = amounts[proposal] ?? null;

  const input = { decision: 'RKN-L1d', policy, holderKind, asked: inForce.input };
  const draft = new DecisionDraft({ institution, asOf, input });
  draft
    .uses(policy, ...inForce.used.parameters)
    .reads(...inForce.used.readings)
    .lacks(...unknown);
  const money = window ? [...window.trace, lossNode({ lines, coveredYen })] : [];
  const shared = [...passed.flatMap(({ trace }) => trace), ...money].map(underPolicy);
  const steps = [policyNode(policy, dated), ...shared, proposalNode(proposal, proposedYen)];
  steps.forEach((node) => draft.step(node));
  draft.needsPerson({ why: WHY_A_PERSON, clause: 'RKN-L1d', bounds: [0n, mostYen] });
  return draft.decided({
    proposal,
    couldBe: proposal === 'UNDETERMINED' ? possible : [],
    noticeDay: dated.noticeDay,
    firstCoveredDay: window?.firstDay ?? null,
    lines,
    coveredYen,
    proposedYen,
    grounds: passed.flatMap(({ grounds }) => grounds ?? []),
  });
}

const WHY_A_PERSON = {
  ja: '提案であり、補償の可否と額は人が決める。',
  en: 'This is a proposal: whether and how much is decided by a person.',
};

/** The arithmetic is that of SM-14, the authority is the policy: the trace cites RKN-L1d. */
const underPolicy = (node: TraceNode): TraceNode => ({ ...node, clause: 'RKN-L1d' });

const policyNode = (policy: ParameterUsed<FraudPolicy>, { noticeDay }: DatedClaim): TraceNode => ({
  clause: 'RKN-L1d',
  effect: 'parameter',
  facts: [{ name: 'noticeDate', value: noticeDay, evidence: [] }],
  value: policy.version,
  reason: {
    ja: `通知日${noticeDay}に適用される申し合わせの方針（第${policy.version}版）による。`,
    en: `The policy in force on the notice day ${noticeDay}, version ${policy.version}, applies.`,
  },
});

const PROPOSED: Readonly<Record<Proposal, { readonly ja: string; readonly en: string }>> = {
  FULL: { ja: '全額の補償を提案する', en: 'Compensation in full is proposed' },
  INDIVIDUAL: {
    ja: '個別対応とし、額は人が入れる',
    en: 'A case of its own: a person enters the amount',
  },
  NONE: { ja: '補償しないことを提案する', en: 'No compensation is proposed' },
  OUTSIDE: { ja: '方針の対象外である', en: 'The case is outside the policy' },
  UNDETERMINED: { ja: '事実が足りず提案できない', en: 'Facts are missing: nothing is proposed' },
};

function proposalNode(proposal: Proposal, yen: Yen | null): TraceNode {
  const words = PROPOSED[proposal];
  const amount = yen === null ? '' : yenForPeople(yen);
  return {
    clause: 'RKN-L1d',
    effect: proposal === 'UNDETERMINED' ? 'undetermined' : 'applies',
    facts: [],
    value: yen ?? proposal,
    reason: {
      ja: `${words.ja}${amount && `（${amount}）`}。`,
      en: `${words.en}${yen === null ? '' : `: ${yen} yen`}.`,
    },
  };
}
