import type { DutyRule } from '../step.js';
import type { ReviewFacts, ReviewName } from './facts.js';

const keepSecurity: DutyRule<ReviewFacts> = {
  who: 'epsp',
  what: {
    ja: '提出した点検表と金融機関の基準に沿って安全を保つ。',
    en: "Keep security at the institution's standard and the checklist submitted.",
  },
  by: 'attestation',
  clause: 'RKN-S3b',
};

const remedy: DutyRule<ReviewFacts> = {
  who: 'epsp',
  what: {
    ja: '措置の理由を改め、金融機関に報告する。',
    en: 'Remedy what led to the measure and report to the institution.',
  },
  clause: 'RKN-S4c',
};

const of = (
  who: DutyRule<ReviewFacts>['who'],
  clause: string,
  ja: string,
  en: string,
  by?: string,
): DutyRule<ReviewFacts> => ({ who, clause, what: { ja, en }, ...(by ? { by } : {}) });

/** Who must do what while the review waits in a state. */
export const reviewDuties: Partial<Record<ReviewName, readonly DutyRule<ReviewFacts>[]>> = {
  NO_CHECKLIST: [of('epsp', 'RKN-S3a', '点検表を提出する。', 'Submit the checklist.')],
  FILED: [of('institution', 'RKN-S3b', '点検表の審査を始める。', 'Open the assessment.')],
  ASSESSING: [
    of('institution', 'RKN-S3b', '基準を満たすか判断する。', 'Judge whether the standard is met.'),
  ],
  RETURNED: [
    of(
      'epsp',
      'RKN-S3a',
      '指摘に答え、点検表を提出し直す。',
      'Answer what was asked and submit the checklist anew.',
    ),
  ],
  COMPLIANT: [keepSecurity],
  ACCEPTED: [keepSecurity],
  RESUMED: [keepSecurity],
  DEFICIENT: [
    of(
      'institution',
      'RKN-S4a',
      '改善を求めるか、判断を改める。',
      'Demand improvement, or revise the finding.',
    ),
  ],
  IMPROVEMENT_REQUESTED: [
    of(
      'epsp',
      'RKN-S4a',
      '期間内に改善して報告する。',
      'Improve within the period and report.',
      'improvement',
    ),
  ],
  REPORTED: [
    of(
      'institution',
      'RKN-S4b',
      '改善が十分かを判断する。不十分との判断は期間の満了後に限る。',
      'Judge whether it suffices; insufficient only after the period.',
    ),
  ],
  INSUFFICIENT: [
    of(
      'institution',
      'RKN-S4c',
      '措置をとるなら事前に通知する。',
      'Give prior notice of any measure, or accept the improvement.',
    ),
  ],
  NOTICE_SENT: [
    of(
      'institution',
      'RKN-S4c',
      '通知の到達と予告の時間を待って措置を決める。',
      'Wait for arrival and lead, then decide on the measure.',
      'notice_lead',
    ),
  ],
  RESTRICTED: [remedy],
  SUSPENDED: [remedy],
  REMEDIATED: [
    of(
      'institution',
      'RKN-S4c',
      '改善を確かめて再開するか、理由を付けて退ける。',
      'Verify and resume, or reject with grounds.',
    ),
  ],
};
