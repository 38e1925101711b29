import type { ChainEvent, ChainFacts } from '#libs/contracts';
import {
  actOf,
  announcementOf,
  commitmentOf,
  groundsOf,
  liftingOf,
  periodOf,
  type StepMaking,
} from './step-content.js';

/** The steps of RKN-C2 that two people of the institution take. */
export const STOP_STEPS = [
  'stop_demanded',
  'stop_request_withdrawn',
  'notice_sent',
  'measure_committed',
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
  resumed: (making) => ({ type: 'resumed', ...actOf(making), ...liftingOf(making) }),
};

export const stopEventOf = (making: StepMaking): ChainEvent =>
  MAKERS[making.content.step as StopStep](making);

/** What a proposal of this step is about, as the matter stands. */
export function aboutOfStop(step: string, facts: ChainFacts): string {
  if (step === 'measure_committed') return facts.notice?.noticeId ?? '';
  return step === 'resumed' ? (facts.measureId ?? '') : '';
}
