import type { HolderKind, ParameterUsed } from '#libs/contracts';
import { triOf } from '#libs/kernel';
import type { CompensationClaim } from './compensation/claim.js';
import { conditions } from './compensation/conditions.js';
import { coveredWindow, type CoveredWindow } from './compensation/covered-window.js';
import type { DatedClaim } from './compensation/dated-claim.js';
import { exclusions, type Ground } from './compensation/exclusions.js';
import type { Gate } from './compensation/stage.js';
import type { TermsInForce } from './compensation/terms.js';
import { timeBar } from './compensation/time-bar.js';
import { ROW_OF, type FraudPolicy, type PolicyProposal } from './fraud-policy.js';

/** What the policy proposes. `OUTSIDE`: the terms of the service agreement apply instead (RKN-L1b). */
export type Proposal = PolicyProposal | 'OUTSIDE' | 'UNDETERMINED';

/** Everything that one assessment rests on. */
export interface AssessmentFile {
  readonly dated: DatedClaim;
  readonly policy: ParameterUsed<FraudPolicy>;
  readonly inForce: TermsInForce;
  readonly holderKind: HolderKind | 'unknown';
}

export type PolicyGate = Gate & {
  readonly proposes: Proposal;
  readonly grounds?: readonly Ground[];
};

/** The gates of the policy, in order; the shared ones are those of SM-14 under the policy's figures. */
export function gatesOf({
  dated,
  policy: { value: policy },
  inForce,
  holderKind,
}: AssessmentFile): PolicyGate[] {
  const { claim } = dated;
  return [
    { ...eligibility(holderKind, policy), proposes: 'OUTSIDE' },
    { ...conditions(dated, policy.policeReportRequired), proposes: 'NONE' },
    { ...timeBar(dated, policy.longStopYears, inForce.deskIsOpen), proposes: 'NONE' },
    { ...exclusions(claim, !policy.exclusionsNeedFaultlessInstitution), proposes: 'NONE' },
  ];
}

function eligibility(holderKind: HolderKind | 'unknown', policy: FraudPolicy): Gate {
  const passes = holderKind === 'unknown' ? 'unknown' : triOf(policy.eligible.includes(holderKind));
  const reason = {
    yes: { ja: '補償の対象となる利用者である。', en: 'The user is one whom the policy covers.' },
    no: {
      ja: '申し合わせの対象外の利用者であり、サービスに係る契約による。',
      en: 'The policy does not cover this user: the service agreement applies.',
    },
    unknown: { ja: '利用者の種類が確認されていない。', en: 'The kind of user is not established.' },
  }[passes];
  const effects = { yes: 'applies', no: 'not_met', unknown: 'undetermined' } as const;
  return {
    passes,
    otherwise: 'not_applicable',
    clause: 'RKN-L1d',
    unknown: passes === 'unknown' ? ['holderKind'] : [],
    trace: [
      {
        clause: 'RKN-L1d',
        effect: effects[passes],
        facts: [{ name: 'holderKind', value: holderKind, evidence: [] }],
        reason,
      },
    ],
  };
}

const FAULTS = ['none', 'ordinary', 'gross', 'intent'] as const;

/** What the policy's table proposes; every entry of it while the fault is not established. */
export function proposalsOpen({ holderFault }: CompensationClaim, policy: FraudPolicy): Proposal[] {
  const faults = holderFault.value === 'unknown' ? FAULTS : [holderFault.value];
  return [...new Set(faults.map((fault) => policy.proposals[ROW_OF[fault]]))];
}

/** The window of the policy. Where notice is due within days of the damage, nothing lengthens it. */
export function windowOf({
  dated,
  policy: { value: policy },
  inForce,
}: AssessmentFile): CoveredWindow {
  const counted =
    policy.thirtyDayTest === 'look_back_from_notice' ? dated : { ...dated, impediments: [] };
  const eachForItself = inForce.readings['INT-02'] === 'B';
  return coveredWindow(counted, policy.windowDays, inForce.endDays, eachForItself);
}
