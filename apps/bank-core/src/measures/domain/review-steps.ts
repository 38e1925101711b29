import type { ReviewEvent, ReviewFacts } from '#libs/contracts';
import {
  aboutOf,
  actOf,
  announcementOf,
  commitmentOf,
  extensionOf,
  incidentsOf,
  groundsOf,
  liftingOf,
  longerMeasureOf,
  periodOf,
  type StepMaking,
} from './step-content.js';

/** The steps of RKN-S4 that two people of the institution take, in the order in which the clauses stand. */
export const REVIEW_STEPS = [
  'found_deficient',
  'improvement_demanded',
  'period_extended',
  'judged_sufficient',
  'judged_insufficient',
  'notice_sent',
  'measure_committed',
  'measure_extended',
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
    ...incidentsOf(making),
  }),
  improvement_demanded: (making) => ({
    type: 'improvement_demanded',
    ...actOf(making),
    demandId: making.newId('dem'),
    items: making.content.fields.items ?? [],
    grounds: groundsOf(making),
    ...incidentsOf(making),
    ...periodOf(making),
  }),
  period_extended: (making) => ({
    type: 'period_extended',
    ...actOf(making),
    demandId: aboutOf(making),
    ...extensionOf(making),
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
  measure_extended: (making) => ({
    type: 'measure_extended',
    ...actOf(making),
    ...longerMeasureOf(making),
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

const ABOUT_DEMAND = ['period_extended', 'judged_sufficient', 'judged_insufficient'];
const ABOUT_MEASURE = ['measure_extended', 'resumed'];

/** What a proposal of this step is about, as the review stands: a demand, a notice or a measure in force. */
export function aboutOfReview(step: string, facts: ReviewFacts): string {
  if (ABOUT_DEMAND.includes(step)) return facts.demand?.id ?? '';
  if (step === 'measure_committed') return facts.notice?.noticeId ?? '';
  return ABOUT_MEASURE.includes(step) ? (facts.measureId ?? '') : '';
}
