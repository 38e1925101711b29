import type { Instant } from '#libs/kernel';

export type OutageId = `out_${string}`;
export type OutageState = 'planned' | 'running' | 'over' | 'cancelled';

/** A time in which an institution does not serve intermediaries, or not with these functions. */
export interface Outage {
  readonly institutionId: number;
  readonly id: OutageId;
  readonly kind: 'planned' | 'incident';
  /** Empty: every function. */
  readonly functions: readonly string[];
  readonly announcedAt: Instant;
  readonly startsAt: Instant;
  /** As announced; of an incident unknown until it is over. */
  readonly endsAt: Instant | undefined;
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  readonly cancelledAt: Instant | undefined;
}

export function stateOfOutage(outage: Outage): OutageState {
  if (outage.cancelledAt !== undefined) return 'cancelled';
  if (outage.endedAt !== undefined) return 'over';
  return outage.startedAt === undefined ? 'planned' : 'running';
}
