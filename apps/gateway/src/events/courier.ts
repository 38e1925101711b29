import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Outbound } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import type { AttemptOutcome } from './domain/decide-attempt.js';
import { payloadOf, verificationOf } from './domain/payload.js';
import { EndpointKeys } from './endpoint-keys.js';
import type { DueDelivery } from './storage/due-delivery.store.pg.js';
import type { StoredKey } from './storage/subscription.store.pg.js';

/** From the first look-up to the last byte of the answer. */
export const TIMEOUT_MS = 15_000;
const ANSWER_BYTES_MAX = 16 * 1024;

export interface Sent {
  readonly outcome: AttemptOutcome;
  readonly milliseconds: number;
  readonly interactionId: string;
}

/** Carries one message to its endpoint, signed after Standard Webhooks 1.0.0, and says what became of it. */
@Injectable()
export class Courier implements OnApplicationShutdown {
  private readonly outbound: Outbound;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(EndpointKeys) private readonly keys: EndpointKeys,
  ) {
    this.outbound = new Outbound({
      ...config.outbound,
      timeoutMs: TIMEOUT_MS,
      answerBytesMax: ANSWER_BYTES_MAX,
    });
  }

  async send(delivery: DueDelivery, keys: readonly StoredKey[]): Promise<Sent> {
    const { subscriptionId, event, url, unsignedMs } = delivery;
    const timestamp = this.clock.seconds();
    const payload = event ? payloadOf(event) : verificationOf(subscriptionId, this.clock.read());
    const body = JSON.stringify(payload);
    // Of an event the same for every attempt and every endpoint: whoever has it needs it no second time.
    const id = event?.id ?? delivery.id;
    const interactionId = randomUUID();
    const signature = this.keys.signatureOf(subscriptionId, keys, { id, timestamp, body });
    if (signature === undefined)
      return { outcome: { kind: 'unsigned', forMs: unsignedMs }, milliseconds: 0, interactionId };
    const begun = this.clock.monotonic();
    const answer = await this.outbound.send({
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Renkei-Webhooks/1.0',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature,
        'x-fapi-interaction-id': interactionId,
      },
      body,
    });
    const milliseconds = Math.round(this.clock.monotonic() - begun);
    return { outcome: outcomeOf(answer), milliseconds, interactionId };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.outbound.close();
  }
}

function outcomeOf(answer: Awaited<ReturnType<Outbound['send']>>): AttemptOutcome {
  if (!answer.ok) {
    // An answer that is longer than anybody reads is an answer all the same, but not a good one.
    return { kind: 'unanswered', code: answer.refusal.code };
  }
  const wait = Number(answer.value.headers['retry-after']);
  return {
    kind: 'answered',
    status: answer.value.status,
    ...(wait > 0 ? { retryAfterSeconds: wait } : {}),
  };
}
