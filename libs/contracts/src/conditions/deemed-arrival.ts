import { CivilDate, type Instant } from '#libs/kernel';
import type { DeliveryFailure, SentNotice } from '../facts/index.js';

/** How long a notice normally takes, by channel; the values are parameters of the institution. */
export interface NormalDelivery {
  readonly mailMinutes: number;
  readonly postDays: number;
}

/** When a notice arrived, or is taken to have arrived; `none` is no arrival and nothing to be deemed. */
export type Arrival =
  { readonly how: 'arrived' | 'deemed'; readonly at: Instant } | { readonly how: 'none' };

/** Causes on the holder's side or the line's, for which the texts deem arrival. */
const DEEMING: readonly DeliveryFailure[] = [
  'address_registered_wrongly',
  'address_change_not_notified',
  'holder_environment',
  'line_failure',
  'refused_by_holder',
];

/** When the notice would normally have arrived: mail by minutes, post at the end of the last day. */
export function normalArrival(notice: SentNotice, normal: NormalDelivery): Instant {
  if (notice.channel === 'mail') return notice.sentAt + normal.mailMinutes * 60_000;
  if (notice.channel === 'post') {
    return CivilDate.inTokyo(notice.sentAt).plusDays(normal.postDays).startsAt();
  }
  return notice.sentAt;
}

/**
 * Actual arrival where there is one and no delay on the holder's side; else deemed arrival for the
 * causes the clause names (`causes`); else none. A sending failure of the institution is never deemed
 * arrival. Source: SM-6b, SM-10.2, SM-11.2.
 */
export function arrivalOf(
  notice: SentNotice,
  normal: NormalDelivery,
  causes: readonly DeliveryFailure[] = DEEMING,
): Arrival {
  const isDeemed = notice.failure !== undefined && causes.includes(notice.failure);
  const normally = normalArrival(notice, normal);
  if (notice.arrivedAt !== undefined && (!isDeemed || notice.arrivedAt <= normally)) {
    return { how: 'arrived', at: notice.arrivedAt };
  }
  return isDeemed ? { how: 'deemed', at: normally } : { how: 'none' };
}
