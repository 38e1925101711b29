import { randomUUID } from 'node:crypto';
import type { ChangeView } from '../../src/bank/index.js';
import { MINATO } from './fixtures.js';
import type { GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';
import { until } from './wait-until.js';

type Told = Pick<ChangeView, 'subject' | 'subjectId' | 'state'> & Partial<ChangeView>;

let consents = 0;

/** An intermediary's software at the events API, with a token of its own. */
export class EventsDesk {
  private constructor(
    readonly gateway: GatewayUnderTest,
    readonly software: Intermediary,
    private readonly token: string,
  ) {}

  static async open(gateway: GatewayUnderTest, software = gateway.minato): Promise<EventsDesk> {
    const intermediary = await Intermediary.of(gateway, software);

    return new EventsDesk(gateway, intermediary, await intermediary.ownToken('events'));
  }

  /** Each call with a key of its own, unless it is told which. */
  call(
    method: string,
    path: string,
    body?: object,
    key: string | undefined = randomUUID(),
  ): Promise<Answer> {
    const headers: Record<string, string> = key ? { 'idempotency-key': key } : {};
    return this.software.call(path, this.token, { method, headers, ...(body ? { body } : {}) });
  }

  async subscribe(url: string, over: object = {}): Promise<Record<string, unknown>> {
    const body = { url, eventTypes: ['*'], ...over };
    const made = await this.call('POST', '/v1/event-subscriptions', body);
    if (made.status !== 201) throw new Error(`Not subscribed: ${made.text}`);
    return made.body;
  }

  /** Subscribed, and its endpoint has answered the test. */
  async verified(url: string, over: object = {}): Promise<Record<string, unknown>> {
    const made = await this.subscribe(url, over);
    await this.state(made, 'active');
    return made;
  }

  async state(subscription: Record<string, unknown>, state: string): Promise<void> {
    const path = `/v1/event-subscriptions/${String(subscription['subscriptionId'])}`;
    await until(async () => (await this.call('GET', path)).body['state'] === state);
  }

  async poll(body: object = {}): Promise<PolledEvent[]> {
    const answer = await this.call('POST', '/v1/events', body);
    if (answer.status !== 200) throw new Error(`Not polled: ${answer.text}`);
    return answer.body['events'] as PolledEvent[];
  }

  async deliveries(query = ''): Promise<Record<string, unknown>[]> {
    const { body } = await this.call('GET', `/v1/event-deliveries${query}`);
    return body['data'] as Record<string, unknown>[];
  }

  /** A consent of this intermediary changes at bank-core; answers its id. */
  tell(over: Partial<Told> = {}): string {
    consents += 1;
    const subjectId = over.subjectId ?? `cns_${String(consents).padStart(26, '0')}`;
    this.gateway.bank.tellChange({
      bankCode: '2963',
      subject: 'consent',
      state: 'revoked',
      epspId: MINATO,
      clientId: 'minato-kakei',
      chainPartnerId: 'none',
      ...over,
      subjectId,
    });
    return subjectId;
  }
}

export interface PolledEvent {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
}
