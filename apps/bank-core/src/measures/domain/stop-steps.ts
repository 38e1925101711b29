import type { ChainEvent, ChainFacts } from '#libs/contracts';
import {
  aboutOf,
  actOf,
  announcementOf,
  commitmentOf,
  extensionOf,
  groundsOf,
  liftingOf,
  longerMeasureOf,
  periodOf,
  type StepMaking,
} from './step-content.js';

/** The steps of RKN-C2 that two people of the institution take. */
export const STOP_STEPS = [
  'stop_demanded',
  'period_extended',
  'stop_request_withdrawn',
  'notice_sent',
  'measure_committed',
  'measure_extended',
  'resumed',
] as const;
export type StopStep = (typeof STOP_STEPS)[number];

const MAKERS: Readonly<Record<StopStep, (making: StepMaking) => ChainEvent>> = {
  stop_demanded: (making) => {
    const { ground, explanation, withheldBecause } = making.content.fields;
    return {
      type: 'stop_demanded',
      ...actOf(making),
      requestId: making.newId('req'),
      ground: ground ?? 'partner_default',
      grounds: groundsOf(making),
      ...(explanation === undefined ? {} : { explanation }),
      ...(withheldBecause === undefined ? {} : { withheldBecause }),
      ...periodOf(making),
    };
  },
  period_extended: (making) => ({
    type: 'period_extended',
    ...actOf(making),
    requestId: aboutOf(making),
    ...extensionOf(making),
  }),
  stop_request_withdrawn: (making) => ({
    type: 'stop_request_withdrawn',
    ...actOf(making),
    reason: making.content.fields.reason ?? '',
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
  resumed: (making) => ({ type: 'resumed', ...actOf(making), ...liftingOf(making) }),
};

export const stopEventOf = (making: StepMaking): ChainEvent =>
  MAKERS[making.content.step as StopStep](making);

/** What a proposal of this step is about, as the matter stands. */
export function aboutOfStop(step: string, facts: ChainFacts): string {
  if (step === 'period_extended') return facts.request?.id ?? '';
  if (step === 'measure_committed') return facts.notice?.noticeId ?? '';
  return step === 'measure_extended' || step === 'resumed' ? (facts.measureId ?? '') : '';
}
