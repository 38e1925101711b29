import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import {
  reaches,
  removesEverything,
  type HoldInForce,
  type LinkRight,
  type Measure,
  type RemovedRight,
  type Traffic,
} from '../../facts/linkage.js';
import type { LinkFacts, LinkName, LinkState } from './facts.js';

/** The states that a link can leave. */
export const LIVE = ['active', 'restricted', 'suspended'] as const;

const inForce = (facts: LinkFacts, now: Instant): readonly (Measure | HoldInForce)[] => [
  ...facts.measures.filter(({ until }) => until === undefined || now <= until),
  ...facts.holds.filter(({ latestEnd }) => now <= latestEnd),
];

/** What is taken away now by all measures and holds together (INT-17). */
export const removedRights = (facts: LinkFacts, now: Instant): readonly RemovedRight[] =>
  inForce(facts, now).flatMap(({ removed }) => removed);

/** The name that belongs to what is taken away: nothing, something, or everything. */
export function nameAfter(facts: LinkFacts, now: Instant): (typeof LIVE)[number] {
  const removed = removedRights(facts, now);
  if (removed.length === 0) return 'active';
  return removesEverything(removed) ? 'suspended' : 'restricted';
}

export type LinkRefusal = Refusal<
  'linkage_terminated' | 'linkage_suspended' | 'linkage_restricted'
>;

/** What a call may still do: nothing is said of the rate unless a measure lowered it. */
export interface LinkAllowance {
  readonly callsPerMinuteMax?: number;
}

/**
 * May `traffic` use `right` over this link at `now`? The refusal cites the clause of the measure or
 * the basis of the hold, and since when, and says nothing of any user. Reads no deadline job: what
 * has run out no longer bites. Source: RKN-S4c, RKN-C2b, RKN-D5, INT-13, INT-17.
 */
export function mayUseLink(
  state: LinkState,
  call: { readonly right: Exclude<LinkRight, 'full_rate'>; readonly traffic: Traffic },
  now: Instant,
): Result<LinkAllowance, LinkRefusal> {
  if (state.name === 'terminated') return refused('linkage_terminated', { clause: 'RKN-0.2' });
  const acts = inForce(state.facts, now);
  const stops = acts.find(({ removed }) =>
    removed.some(({ right, reach }) => right === call.right && reaches(reach, call.traffic)),
  );
  if (stops) {
    const code =
      nameAfter(state.facts, now) === 'suspended' ? 'linkage_suspended' : 'linkage_restricted';
    return refused(code, {
      clause: stops.basis,
      facts: { right: call.right, traffic: call.traffic, since: stops.since },
    });
  }
  const rates = acts
    .flatMap(({ removed }) => removed)
    .filter(({ right, reach }) => right === 'full_rate' && reaches(reach, call.traffic))
    .map(({ callsPerMinuteMax }) => callsPerMinuteMax ?? 0);
  return accepted(rates.length === 0 ? {} : { callsPerMinuteMax: Math.min(...rates) });
}

/** The state of one cell (function × whose traffic) of the link, as officers see it. */
export function linkCell(
  state: LinkState,
  call: { readonly right: Exclude<LinkRight, 'full_rate'>; readonly traffic: Traffic },
  now: Instant,
): LinkName {
  const answer = mayUseLink(state, call, now);
  if (!answer.ok) return state.name === 'terminated' ? 'terminated' : 'suspended';
  return answer.value.callsPerMinuteMax === undefined ? 'active' : 'restricted';
}
