import type { ReviewEvent, ReviewFacts } from '#libs/contracts';
import {
  aboutOf,
  actOf,
  announcementOf,
  commitmentOf,
  groundsOf,
  liftingOf,
  periodOf,
  type StepMaking,
} from './step-content.js';

/** The steps of RKN-S4 that two people of the institution take, in the order in which the clauses stand. */
export const REVIEW_STEPS = [
  'found_deficient',
  'improvement_demanded',
  'judged_sufficient',
  'judged_insufficient',
  'notice_sent',
  'measure_committed',
  'remediation_rejected',
  'resumed',
] as const;
export type ReviewStep = (typeof REVIEW_STEPS)[number];

const MAKERS: Readonly<Record<ReviewStep, (making: StepMaking) => ReviewEvent>> = {
  found_deficient: (making) => ({
    type: 'found_deficient',
    ...actOf(making),
    items: making.content.fields.items ?? [],
    grounds: groundsOf(making),
  }),
  improvement_demanded: (making) => ({
    type: 'improvement_demanded',
    ...actOf(making),
    demandId: making.newId('dem'),
    items: making.content.fields.items ?? [],
    grounds: groundsOf(making),
    ...periodOf(making),
  }),
  judged_sufficient: (making) => ({
    type: 'judged_sufficient',
    ...actOf(making),
    demandId: aboutOf(making),
  }),
  judged_insufficient: (making) => ({
    type: 'judged_insufficient',
    ...actOf(making),
    demandId: aboutOf(making),
    grounds: groundsOf(making),
  }),
  notice_sent: (making) => ({ type: 'notice_sent', ...actOf(making), ...announcementOf(making) }),
  measure_committed: (making) => ({
    type: 'measure_committed',
    ...actOf(making),
    ...commitmentOf(making),
  }),
  remediation_rejected: (making) => ({
    type: 'remediation_rejected',
    ...actOf(making),
    grounds: groundsOf(making),
  }),
  resumed: (making) => ({ type: 'resumed', ...actOf(making), ...liftingOf(making) }),
};

export const reviewEventOf = (making: StepMaking): ReviewEvent =>
  MAKERS[making.content.step as ReviewStep](making);

/** What a proposal of this step is about, as the review stands: a demand, a notice or a measure in force. */
export function aboutOfReview(step: string, facts: ReviewFacts): string {
  if (step === 'judged_sufficient' || step === 'judged_insufficient') return facts.demand?.id ?? '';
  if (step === 'measure_committed') return facts.notice?.noticeId ?? '';
  return step === 'resumed' ? (facts.measureId ?? '') : '';
}
