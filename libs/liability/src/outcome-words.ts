import type { Decision } from '#libs/contracts';
import { yenForPeople, type Words, type Yen } from '#libs/kernel';
import type { FraudAssessment } from './assess-fraud.js';
import type { CaseDecision } from './case-events.js';
import type { CompensationOutcome } from './compensation/decide-compensation.js';
import type { CompensationKind } from './compensation/stage.js';
import type { Proposal } from './fraud-gates.js';
import type { RecourseOutcome } from './recourse/decide-recourse.js';
import type { RecourseKind } from './recourse/gates.js';

/** An amount for both languages. */
export const both = (yen: Yen): Words => ({ ja: yenForPeople(yen), en: `${yen} yen` });
const amount = (yen: Yen | null): Words =>
  yen === null ? { ja: '額は人が決める', en: 'the amount is for people' } : both(yen);

const COMPENSATION: Readonly<Record<CompensationKind, (outcome: CompensationOutcome) => Words>> = {
  not_applicable: () => ({
    ja: '第14条の対象でないため、補てんしない。',
    en: 'Article 14 is not open: nothing is compensated.',
  }),
  not_claimable: () => ({
    ja: '請求の条件を満たさないため、補てんしない。',
    en: 'A condition of the claim is not met: nothing is compensated.',
  }),
  barred: () => ({
    ja: '通知が2年を過ぎたため、補てんの定めは適用されない。',
    en: 'Notice came after the two years: compensation does not apply.',
  }),
  excluded: ({ grounds }) => ({
    ja: `除外の事由（${grounds.join('、')}）があるため、補てんしない。`,
    en: `Nothing is compensated on these grounds: ${grounds.join(', ')}.`,
  }),
  full: ({ payableYen }) => ({
    ja: `全額の補てん。支払うべき額は${amount(payableYen).ja}。`,
    en: `Compensated in full; ${amount(payableYen).en} are to be paid.`,
  }),
  discretionary: ({ payableYen }) => ({
    ja: `一部の補てんができる：${amount(payableYen).ja}。`,
    en: `A part may be compensated: ${amount(payableYen).en}.`,
  }),
  no_rule: ({ payableYen }) => ({
    ja: `条項に定めなし。拒絶ではなく、${amount(payableYen).ja}。`,
    en: `No clause decides. It is no refusal: ${amount(payableYen).en}.`,
  }),
  nothing_by_reading: () => ({
    ja: '採った解釈により、補てんしない。',
    en: 'By the reading taken, nothing is compensated.',
  }),
  undetermined: ({ couldBe }) => ({
    ja: `事実が足りず、まだ決まらない（${couldBe.length}とおりの結論がありうる）。`,
    en: `Facts are missing; ${couldBe.length} outcomes are still possible.`,
  }),
};

const RECOURSE: Readonly<Record<RecourseKind, (outcome: RecourseOutcome) => Words>> = {
  nothing_yet: () => ({
    ja: '利用者への支払がなく、求償はまだ生じない。',
    en: 'The user has not been paid: no recourse has arisen.',
  }),
  full: ({ claimableYen }) => ({
    ja: `支払った側は相手方に${both(claimableYen).ja}まで求償できる。`,
    en: `The payer may claim up to ${both(claimableYen).en} from the other side.`,
  }),
  agreed: (outcome) => afterAgreement(outcome),
  consultation: (outcome) => afterAgreement(outcome),
  own: () => ({
    ja: '支払った側の責めであり、求償はない。',
    en: 'The payer itself is responsible: there is no recourse.',
  }),
  without_clause: (outcome) =>
    outcome.agreementVersion === undefined
      ? {
          ja: '公表部分に定めなし。権利がないという意味ではなく、双方が協議する。',
          en: 'Not in the published part. That does not mean no right: the sides consult.',
        }
      : afterAgreement(outcome),
  two_cases: () => ({
    ja: '双方の支払を別の案件として判断する。',
    en: 'The two payments are decided as two cases.',
  }),
  undetermined: ({ couldBe }) => ({
    ja: `事実が足りず、まだ決まらない（${couldBe.length}とおりがありうる）。`,
    en: `Facts are missing; ${couldBe.length} outcomes are still possible.`,
  }),
};

const afterAgreement = ({ agreementVersion, claimableYen }: RecourseOutcome): Words =>
  agreementVersion === undefined
    ? {
        ja: '双方が協議する。合意までは請求できない。',
        en: 'The sides consult; no claim before that.',
      }
    : {
        ja: `合意（第${agreementVersion}版）により${both(claimableYen).ja}まで求償できる。`,
        en: `By agreement, version ${agreementVersion}, up to ${both(claimableYen).en} may be claimed.`,
      };

const FRAUD: Readonly<Record<Proposal, string>> = {
  FULL: '全額',
  INDIVIDUAL: '個別対応',
  NONE: '補償なし',
  OUTSIDE: '方針の対象外',
  UNDETERMINED: '未確定',
};

/** The outcome of a decision as one sentence; `explain` of the contracts takes it as its `outcome`. */
export function outcomeWords(decided: CaseDecision): Words {
  if (decided.about === 'recourse') {
    const { outcome } = decided.decision;
    return RECOURSE[outcome.kind](outcome);
  }
  if (decided.about === 'compensation') {
    const { outcome } = decided.decision;
    return COMPENSATION[outcome.kind](outcome);
  }
  return fraudWords(decided.decision);
}

function fraudWords({ outcome }: Decision<FraudAssessment>): Words {
  const { proposal, proposedYen } = outcome;
  return {
    ja: `申し合わせによる提案：${FRAUD[proposal]}（${amount(proposedYen).ja}）。人が決める。`,
    en: `Proposed under the policy: ${proposal} (${amount(proposedYen).en}). A person decides.`,
  };
}
