import type { ParameterValues, rknParameters } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Suggestion } from './watch.js';

export type WatchThresholds = ParameterValues<typeof rknParameters>['watchThresholds'];

/** What is counted of one intermediary at one institution; undefined where nobody has told. */
export interface WatchedFigures {
  /** Of the last day, by the gateway's word. */
  readonly calls: { readonly all: number; readonly faults: number } | undefined;
  /** Of the last thirty days, from the bank's own books. */
  readonly transfers: { readonly all: number; readonly frauds: number };
  /** Until when the newest certificate of each piece of software holds. */
  readonly certificates: readonly { readonly clientId: string; readonly goodUntil: Instant }[];
}

/**
 * What the figures ask people to look at: a rate above the institution's own threshold, with enough behind it to mean
 * something; software whose every certificate has expired. Without a threshold no rate is judged (INT-12). Source:
 * RKN-S1, RKN-S3b, RKN-S4a.
 */
export function watchFigures(
  { calls, transfers, certificates }: WatchedFigures,
  thresholds: WatchThresholds | undefined,
  now: Instant,
): Suggestion[] {
  const found: Suggestion[] = [];
  const proposes = 'found_deficient';
  if (thresholds && calls && calls.all >= thresholds.callsMin) {
    const { errorsPerThousand: limit } = thresholds;
    if (calls.faults * 1_000 > limit * calls.all)
      found.push({
        rule: 'error_rate_high',
        clause: 'RKN-S3b',
        proposes,
        since: undefined,
        facts: { calls: calls.all, faults: calls.faults, errorsPerThousandMax: limit, hours: 24 },
      });
  }
  if (thresholds && transfers.all >= thresholds.transfersMin) {
    const { fraudsPerTenThousand: limit } = thresholds;
    if (transfers.frauds * 10_000 > limit * transfers.all)
      found.push({
        rule: 'fraud_rate_high',
        clause: 'RKN-S4a',
        proposes,
        since: undefined,
        facts: {
          transfers: transfers.all,
          frauds: transfers.frauds,
          fraudsPerTenThousandMax: limit,
          days: 30,
        },
      });
  }
  const expired = certificates.filter(({ goodUntil }) => goodUntil <= now);
  if (expired.length > 0)
    found.push({
      rule: 'certificate_expired',
      clause: 'RKN-S1',
      proposes,
      since: Math.min(...expired.map(({ goodUntil }) => goodUntil)),
      facts: { clients: expired.map(({ clientId }) => clientId).join(', ') },
    });
  return found;
}
