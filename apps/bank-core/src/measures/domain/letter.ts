import type { Instant } from '#libs/kernel';

/** A document on its way to an intermediary; its arrival is an event of the matter where a period runs from it. */
export interface Letter {
  readonly institutionId: number;
  readonly documentId: string;
  readonly epspId: string;
  readonly chainPartnerId: string | undefined;
  readonly machine: string;
  readonly key: string;
  /** The machine's word for what is told. */
  readonly notice: string;
  readonly clause: string;
  /** The demand, request or notice that it carries; undefined where nothing waits for its arrival. */
  readonly about: string | undefined;
  readonly sentAt: Instant;
  readonly arrival: Arrival | undefined;
}

export interface Arrival {
  readonly arrivedAt: Instant;
  readonly proof: 'fetched' | 'recorded';
  readonly evidence: readonly string[];
  /** The officer who recorded it. */
  readonly recordedBy: string | undefined;
}

/** The event by which a machine learns of an arrival, and its field. Source: RKN-S4a, RKN-S4c, RKN-C2a. */
export const ARRIVALS = {
  improvement_demand: { type: 'demand_arrived', field: 'demandId' },
  stop_request: { type: 'stop_request_arrived', field: 'requestId' },
  measure_announced: { type: 'notice_arrived', field: 'noticeId' },
} as const;

export const isAwaited = (notice: string): notice is keyof typeof ARRIVALS =>
  Object.hasOwn(ARRIVALS, notice);

/** The id that the letter carries, from the event that it is about. */
export function aboutOfLetter(notice: string, event: object): string | undefined {
  if (!isAwaited(notice)) return undefined;
  return (event as Record<string, string | undefined>)[ARRIVALS[notice].field];
}
