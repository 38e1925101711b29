import type { Instant } from '#libs/kernel';
import type { OutageView } from '../../bank/index.js';

export type ServiceState = 'available' | 'degraded' | 'maintenance' | 'incident' | 'unavailable';

/** What the gateway knows about one institution at this moment. */
export interface BankFacts {
  readonly bankCode: string;
  /** Whether its link states are current: without that no call passes. */
  readonly answers: boolean;
  readonly outages: readonly OutageView[];
}

export interface BankStatus {
  readonly bankCode: string;
  readonly state: ServiceState;
  /** Why, where an outage was entered for it. */
  readonly outageId: string | null;
}

/**
 * The state of one institution as a caller would meet it: silence first, then what its officers entered;
 * an outage of some functions only is a degradation. What is running bank-core says by bank time; `now` is this
 * host's and judges only what is still called planned.
 */
export function statusOf({ bankCode, answers, outages }: BankFacts, now: Instant): BankStatus {
  const running = outages.filter(
    (one) =>
      one.bankCode === bankCode &&
      (one.state === 'running' || (one.state === 'planned' && hasCome(one, now))),
  );
  const whole = running.find(({ functions }) => functions.length === 0);
  const outage = whole ?? running[0];
  const outageId = outage?.outageId ?? null;
  if (!answers) return { bankCode, state: 'unavailable', outageId };
  if (whole) {
    const state = whole.kind === 'planned' ? 'maintenance' : 'incident';
    return { bankCode, state, outageId };
  }
  return { bankCode, state: outage ? 'degraded' : 'available', outageId };
}

const hasCome = ({ startsAt, endsAt }: OutageView, now: Instant): boolean =>
  Date.parse(startsAt) <= now && (endsAt === null || now < Date.parse(endsAt));
