import type { Yen } from '#libs/kernel';
import type { LimitBasis, LimitUse } from '../facts/index.js';

/** Yen left on each basis; never below zero. */
export const leftOnEachBasis = (limit: Yen, use: LimitUse): Record<LimitBasis, Yen> => ({
  request_date: limit > use.requestDate ? limit - use.requestDate : 0n,
  designated_date: limit > use.designatedDate ? limit - use.designatedDate : 0n,
});

/**
 * The bases on which `asked` would exceed the limit, request date first; empty means within. Both are
 * judged, always: being within one does not help. Source: SM-5.3-1b.
 */
export function exceededBases(limit: Yen, use: LimitUse, asked: Yen): readonly LimitBasis[] {
  const exceeded: LimitBasis[] = [];
  if (use.requestDate + asked > limit) exceeded.push('request_date');
  if (use.designatedDate + asked > limit) exceeded.push('designated_date');
  return exceeded;
}
