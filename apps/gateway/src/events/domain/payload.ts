import { instantToWire, type Instant } from '#libs/kernel';
import type { IntermediaryEvent } from './event.js';
import { VERIFICATION_TYPE } from './event-type.js';

/** What is sent and what is polled: the same members, so that a reader needs one parser. */
export interface EventPayload {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The thin payload of Standard Webhooks: type, time, and ids to ask the API with. */
export const payloadOf = (event: IntermediaryEvent): EventPayload => ({
  type: event.type,
  timestamp: instantToWire(event.occurredAt),
  data: {
    eventId: event.id,
    sequence: Number(event.sequence),
    epspId: event.epspId,
    clientId: event.clientId,
    chainPartnerId: event.chainPartnerId,
    ...event.data,
  },
});

/** The test that an endpoint answers to be served; it tells nothing about anybody. */
export const verificationOf = (subscriptionId: string, at: Instant): EventPayload => ({
  type: VERIFICATION_TYPE,
  timestamp: instantToWire(at),
  data: { subscriptionId },
});
