import type { Instant } from '#libs/kernel';

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One message to one endpoint, with what has become of it so far. */
export interface Delivery {
  readonly id: string;
  readonly subscriptionId: string;
  /** Null: the test that verifies the endpoint. */
  readonly eventId: string | null;
  readonly type: string;
  readonly sequence: bigint;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptAt: Instant;
  readonly lastStatus: number | null;
  readonly lastOutcome: string | null;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

export interface DeliveryAttempt {
  readonly number: number;
  readonly at: Instant;
  readonly milliseconds: number;
  /** `delivered`, `refused` with a status, or why there was no answer. */
  readonly outcome: string;
  readonly status: number | null;
  readonly interactionId: string;
}
