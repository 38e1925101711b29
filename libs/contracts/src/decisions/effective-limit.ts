import { accepted, assert, refused, type Refusal, type Result, type Yen } from '#libs/kernel';
import type { LimitBasis, LimitUse } from '../facts/index.js';
import type { ParameterValues } from '../parameter.js';
import { article05 } from '../sm-terms/article-05-transfers.js';
import type { smParameters } from '../sm-terms/parameters.js';

type Values = ParameterValues<typeof smParameters>;
const lesserOfBoth = article05.clause('SM-5.3-1a');
const bothBases = article05.clause('SM-5.3-1b');

/** Yen a day: what the holder notified, never above the cap for the state of the OTP. Source: SM-5.3-1a. */
export const effectiveLimit = (
  holder: { readonly holderLimit: Yen; readonly otpActive: boolean },
  cap: Values['limitCap'],
): Yen => lesserOfBoth.apply(holder, { cap });

export interface WithinLimit {
  /** Yen that the request takes from both sums. */
  readonly charge: Yen;
  /** Yen left on each basis before the request. */
  readonly left: Readonly<Record<LimitBasis, Yen>>;
}

/**
 * Judges a request not yet fixed on both bases. A same-day request counts on both for that day. The
 * fee counts only if the parameter says so. Refuses with `limit_exceeded`, naming every basis exceeded
 * (request date first). Source: SM-5.3-1b. What is fixed is never judged again (SM-5.3-5).
 */
export function withinDailyLimit(
  request: {
    readonly effectiveLimit: Yen;
    readonly limitUse: LimitUse;
    readonly transferAmount: Yen;
    readonly feeYen: Yen;
  },
  includesFee: boolean,
): Result<WithinLimit, Refusal<'limit_exceeded'>> {
  // The edge refuses such amounts (yen_malformed); here one would widen the limit, so it is a bug.
  assert(request.transferAmount >= 0n && request.feeYen >= 0n, 'Amount and fee are not negative.');
  const { asked, exceeded, left } = bothBases.apply(request, { includesFee });
  if (exceeded.length > 0) {
    return refused('limit_exceeded', { clause: bothBases.id, facts: { bases: exceeded } });
  }
  return accepted({ charge: asked, left });
}

/**
 * On which bases a cancelled or returned request gives its charge back. The terms are silent; the
 * institution's parameter says it. Source: SM-5.3-1b (`cancelReleases`), SM-5.4-2 (`returnReleases`).
 */
export const basesGivenBack = (
  releases: Values['limitReturnReleases'] | Values['limitCancelReleases'],
): readonly LimitBasis[] =>
  ({
    none: [],
    request: ['request_date'] as const,
    designated: ['designated_date'] as const,
    both: ['request_date', 'designated_date'] as const,
  })[releases];
