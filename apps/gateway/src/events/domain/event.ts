import type { Instant } from '#libs/kernel';
import type { EventType } from './event-type.js';

/** Ids, codes and dates about what happened; nothing else may stand here (T-30). */
export type EventData = Readonly<Record<string, string | number | readonly string[] | null>>;

/** An event before it has its place in the sequence. */
export interface NewEvent {
  readonly epspId: string;
  /** Unique per intermediary, for ever: the same source makes one event. */
  readonly sourceKey: string;
  readonly type: EventType;
  readonly clientId: string | null;
  /** `none`, a chain partner, or `*` where it concerns every one (RKN-D1). */
  readonly chainPartnerId: string;
  readonly bankCode: string | null;
  readonly data: EventData;
  readonly occurredAt: Instant;
}

/** What one intermediary is told: once, with a stable id, at its place in the intermediary's own order. */
export interface IntermediaryEvent extends Omit<NewEvent, 'sourceKey'> {
  readonly id: string;
  readonly sequence: bigint;
}
