import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { Instant } from '#libs/kernel';
import type { DisclosureRefusal } from './disclosure.refusals.js';

/** Questions whose single answer is harmless and whose thousandth is not (T-15). */
export type DisclosureQuestion = 'payee_name' | 'funds';

export interface DisclosureUse {
  readonly answers: number;
  readonly misses: number;
}

/** One asker of the day: a consent or an intermediary, with what it has had already. */
export interface CountedAsker extends DisclosureUse {
  readonly basis: 'consent' | 'intermediary';
}

/**
 * Answers and misses per day. A miss is a name that did not match, or funds that were not there: who
 * searches produces them, who pays does not. House rule; no clause sets these numbers.
 */
export const DISCLOSURE_CAPS: Readonly<
  Record<DisclosureQuestion, Readonly<Record<CountedAsker['basis'], DisclosureUse>>>
> = {
  payee_name: {
    consent: { answers: 50, misses: 10 },
    intermediary: { answers: 5_000, misses: 250 },
  },
  funds: {
    consent: { answers: 24, misses: 12 },
    intermediary: { answers: 20_000, misses: 2_000 },
  },
};

/**
 * May one more answer be given today? Refuses with `quota_exceeded`, naming the policy and when it resets;
 * the consent is judged before the intermediary, answers before misses. Source: T-15.
 */
export function mayDisclose(
  question: DisclosureQuestion,
  askers: readonly CountedAsker[],
  today: CivilDate,
  now: Instant,
): Result<void, Refusal<DisclosureRefusal>> {
  for (const { basis, ...used } of askers) {
    const cap = DISCLOSURE_CAPS[question][basis];
    const spent = (['answers', 'misses'] as const).find((what) => used[what] >= cap[what]);
    if (spent === undefined) continue;
    const resetsAt = today.plusDays(1).at('00:00');
    return refused('quota_exceeded', {
      facts: {
        policy: `${question}_${spent}_per_${basis}`,
        retryAfterSeconds: Math.ceil((resetsAt - now) / 1000),
      },
    });
  }
  return accepted(undefined);
}
