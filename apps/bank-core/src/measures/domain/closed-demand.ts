import type { ChainEvent, ChainName, ReviewEvent, ReviewName } from '#libs/contracts';
import type { Instant } from '#libs/kernel';

/** One event of a procedure as it was stored, with the state that it came to. */
export interface PastEvent {
  readonly event: { readonly type: string };
  readonly cameTo: string;
  readonly clauses: readonly string[];
  readonly recordedAt: Instant;
}

/** A demand or a request that is over, and how it ended. */
export interface ClosedDemand {
  readonly about: string;
  readonly items: readonly string[];
  readonly demandedAt: Instant;
  readonly arrivedAt: Instant | undefined;
  readonly endedAt: Instant;
  /** The event that ended it, and the state that it came to. */
  readonly endedBy: string;
  readonly cameTo: string;
  readonly clauses: readonly string[];
  readonly reason: string | undefined;
  /** Whether it led to a measure before it ended. */
  readonly ledToMeasure: boolean;
}

/** In which events of a machine a demand begins, arrives and ends; the machine itself decides when they happen. */
interface Words {
  readonly begins: string;
  readonly arrives: string;
  readonly id: 'demandId' | 'requestId';
  readonly over: readonly string[];
  readonly ends: readonly string[];
}

export const OF_REVIEW = {
  begins: 'improvement_demanded' satisfies ReviewEvent['type'],
  arrives: 'demand_arrived' satisfies ReviewEvent['type'],
  id: 'demandId',
  over: ['ACCEPTED', 'RESUMED', 'ENDED'] satisfies ReviewName[],
  ends: [],
} as const satisfies Words;

export const OF_CHAIN = {
  begins: 'stop_demanded' satisfies ChainEvent['type'],
  arrives: 'stop_request_arrived' satisfies ChainEvent['type'],
  id: 'requestId',
  over: ['PARTNER_STOPPED', 'RESUMED', 'ENDED'] satisfies ChainName[],
  ends: ['stop_request_withdrawn'] satisfies ChainEvent['type'][],
} as const satisfies Words;

interface Told {
  readonly type: string;
  readonly demandId?: string;
  readonly requestId?: string;
  readonly items?: readonly string[];
  readonly reason?: string;
}
type Open = Pick<ClosedDemand, 'about' | 'items' | 'demandedAt'> & {
  arrivedAt: Instant | undefined;
  ledToMeasure: boolean;
};

/** Reads a procedure's history, the oldest first; one demand at a time is open. Source: RKN-S4a to S4c, RKN-C2. */
export function closedDemands(history: readonly PastEvent[], words: Words): ClosedDemand[] {
  const closed: ClosedDemand[] = [];
  let open: Open | undefined;
  for (const { event, cameTo, clauses, recordedAt } of history) {
    const told: Told = event;
    if (told.type === words.begins)
      open = {
        about: told[words.id] ?? '',
        items: told.items ?? [],
        demandedAt: recordedAt,
        arrivedAt: undefined,
        ledToMeasure: false,
      };
    if (!open) continue;
    if (told.type === words.arrives) open.arrivedAt = recordedAt;
    if (told.type === 'measure_committed') open.ledToMeasure = true;
    if (!words.over.includes(cameTo) && !words.ends.includes(told.type)) continue;
    const { reason } = told;
    closed.push({ ...open, endedAt: recordedAt, endedBy: told.type, cameTo, clauses, reason });
    open = undefined;
  }
  return closed;
}
