import { accepted, refused, type Refusal, type Result, type Yen } from '#libs/kernel';
import type { DailyLimit, LimitStanding, LimitUse } from './daily-limit.js';
import type { LimitRefusal } from './limit.refusals.js';

/** SM-5.3-1a: what the holder notified, within the institution's cap. */
export const effectiveLimit = (notifiedYen: Yen, capYen: Yen): Yen =>
  notifiedYen < capYen ? notifiedYen : capYen;

/** Yen that one request charges on each basis. Source: P.sm.limit.includesFee. */
export const chargeOf = (limit: DailyLimit, amountYen: Yen, feeYen: Yen): Yen =>
  limit.includesFee ? amountYen + feeYen : amountYen;

/**
 * SM-5.3-1b: the request must fit on both bases; every one that it exceeds is named, the request basis
 * first. `uses` are the two sums before this request. Exactly at the limit is within it.
 */
export function judgeDailyLimit(
  limit: DailyLimit,
  uses: readonly LimitUse[],
  chargeYen: Yen,
): Result<void, Refusal<LimitRefusal>> {
  const bases = uses
    .filter((use) => use.usedYen + chargeYen > limit.limitYen)
    .map(({ basis }) => basis);
  return bases.length === 0
    ? accepted(undefined)
    : refused('limit_exceeded', { clause: 'SM-5.3-1b', facts: { bases } });
}

/** What is left on a basis; never below zero, though a lowered limit may lie under the sum (SM-5.3-5). */
export function standingOf(limit: DailyLimit, use: LimitUse): LimitStanding {
  const left = limit.limitYen - use.usedYen;
  return { ...use, leftYen: left > 0n ? left : 0n };
}
