import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { EventsDesk } from './events-desk.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';
import { isSignedBy, WebhookReceiver, type Received } from './webhook-receiver.js';

let receiver: WebhookReceiver;
let gateway: GatewayUnderTest;
let desk: EventsDesk;
let paths = 0;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  gateway = await startGateway({ outbound: { networks: '127.0.0.1/32', ca: receiver.ca } });
  desk = await EventsDesk.open(gateway);
});
afterAll(async () => {
  await gateway.stop();
  await receiver.stop();
});
afterEach(() => gateway.asOwner('delete from event_subscription'));

/** An endpoint of its own for each test. */
const newPath = () => `/hook-${(paths += 1)}`;
const arrived = async (path: string, count: number): Promise<Received[]> => {
  await until(() => receiver.eventsAt(path).length >= count);
  return receiver.eventsAt(path);
};
const about = (received: readonly Received[], consentId: string) =>
  received.filter(({ body }) => body.data['consentId'] === consentId);
/** What waits is due now: the schedule itself is a decision with a spec of its own. */
const hurry = () =>
  gateway.asOwner(
    `update event_delivery set next_attempt_at = clock_timestamp() where state = 'waiting'`,
  );
/** The failure of this many attempts is written down: only then is it the schedule that makes it wait. */
const recorded = (attempts: number) =>
  until(async () =>
    (await desk.deliveries('?state=waiting')).some((one) => one['attempts'] === attempts),
  );
const keysOf = (made: Record<string, unknown>) =>
  made['keys'] as { keyId: string; publicKey: string; until: string | null }[];

describe('a subscription', () => {
  test('B-24 an endpoint is served once it has answered a signed test with 2xx', async () => {
    const path = newPath();
    receiver.answer(path, 500);
    const made = await desk.subscribe(receiver.url(path));
    expect(made).toMatchObject({ state: 'pending', signatureScheme: 'v1a', secret: null });
    await until(() => receiver.at(path).length === 1);
    await recorded(1);
    const consentId = desk.tell();
    await until(async () => (await desk.deliveries()).length === 2);
    receiver.answer(path, 204);
    await hurry();
    await desk.state(made, 'active');
    // What happened meanwhile waited for it.
    const [event] = about(await arrived(path, 1), consentId);
    const [test] = receiver.at(path);
    expect(test?.body).toMatchObject({
      type: 'subscription.verification',
      data: { subscriptionId: made['subscriptionId'] },
    });
    for (const one of [test!, event!])
      expect(isSignedBy(keysOf(made)[0]!.publicKey, one)).toBe(true);
    const spoilt = { ...event!, text: event!.text.replace(consentId, 'cns_other') };
    expect(isSignedBy(keysOf(made)[0]!.publicKey, spoilt)).toBe(false);
    expect(event?.headers).toMatchObject({
      'webhook-id': expect.stringMatching(/^evt_/),
      'x-fapi-interaction-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'content-type': 'application/json',
    });
  });

  test('a shared secret signs as the reference library of Standard Webhooks verifies', async () => {
    const path = newPath();
    const made = await desk.verified(receiver.url(path), { signatureScheme: 'v1' });
    expect(made['secret']).toMatch(/^whsec_/);
    expect(keysOf(made)[0]!.publicKey).toBeNull();
    desk.tell();
    const [event] = await arrived(path, 1);
    const library = new Webhook(String(made['secret']));
    const headers = event!.headers as Record<string, string>;
    expect(library.verify(event!.text, headers)).toEqual(event!.body);
    expect(() => library.verify(`${event!.text} `, headers)).toThrow();
  });

  test('while one key follows another both sign, and the old one goes after its day', async () => {
    const path = newPath();
    const made = await desk.verified(receiver.url(path));
    const { subscriptionId } = made as { subscriptionId: string };
    const keys = `/v1/event-subscriptions/${subscriptionId}/keys`;
    const rotated = await desk.call('POST', keys);
    expect(rotated.status).toBe(201);
    const [old, young] = keysOf(rotated.body);
    expect(old?.keyId).toBe(keysOf(made)[0]?.keyId);
    expect([old?.until === null, young?.until]).toEqual([false, null]);
    desk.tell();
    const [both] = await arrived(path, 1);
    for (const key of [old, young]) expect(isSignedBy(key!.publicKey, both!)).toBe(true);
    await gateway.asOwner(
      `update event_endpoint_key set until = clock_timestamp() where until is not null`,
    );
    desk.tell();
    const [, last] = await arrived(path, 2);
    expect(isSignedBy(young!.publicKey, last!)).toBe(true);
    expect(isSignedBy(old!.publicKey, last!)).toBe(false);
  });

  test('the same URL again is the same subscription; other content is refused; PUT changes it', async () => {
    const path = newPath();
    const url = receiver.url(path);
    const made = await desk.verified(url, { eventTypes: ['transfer.*', 'consent.*'] });
    const post = (eventTypes: string[]) =>
      desk.call('POST', '/v1/event-subscriptions', { url, eventTypes });
    expect(await post(['consent.*', 'transfer.*', 'consent.*'])).toMatchObject({
      status: 200,
      body: { subscriptionId: made['subscriptionId'], secret: null },
    });
    expect(await post(['*'])).toMatchObject({
      status: 409,
      body: { code: 'subscription_exists' },
    });
    const own = `/v1/event-subscriptions/${String(made['subscriptionId'])}`;
    const put = await desk.call('PUT', own, { url, eventTypes: ['link.*'] });
    expect(put.body).toMatchObject({ eventTypes: ['link.*'], disabledReason: null });
    await desk.state(made, 'active');
    desk.tell();
    desk.tell({ subject: 'link', subjectId: 'hold_1', state: 'suspended', clientId: null });
    const [event] = await arrived(path, 1);
    expect(event?.body.type).toBe('link.suspended');
    expect((await desk.call('DELETE', own)).status).toBe(204);
    expect((await desk.call('GET', own)).status).toBe(404);
  });

  test('a change happens once per key: a lost answer comes again with its secret, another body does not', async () => {
    const body = { url: receiver.url(newPath()), eventTypes: ['*'], signatureScheme: 'v1' };
    const post = (content: object, key?: string) =>
      desk.call('POST', '/v1/event-subscriptions', content, key ?? '');
    const first = await post(body, 'key-1');
    const again = await post(body, 'key-1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const other = await post({ ...body, eventTypes: ['link.*'] }, 'key-1');
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency_key_reused']);
    const missing = await post(body);
    expect([missing.status, missing.body['code']]).toEqual([400, 'idempotency_key_missing']);
    const keys = `/v1/event-subscriptions/${String(first.body['subscriptionId'])}/keys`;
    const rolls = await Promise.all([1, 2, 3].map(() => desk.call('POST', keys, undefined, 'k')));
    for (const { status } of rolls) expect([201, 409]).toContain(status);
    const made = await desk.call('POST', keys, undefined, 'k');
    expect(keysOf(made.body)).toHaveLength(2);
    // T-21: the key of one software says nothing to another.
    const stranger = await EventsDesk.open(gateway, gateway.aoba);
    const theirs = await stranger.call('POST', keys, undefined, 'k');
    expect(theirs.status).toBe(404);
  });

  test.each([
    ['plain http', 'http://hooks.example/in', 400],
    ['a user name', 'https://user@hooks.example/in', 422],
    ['a private address', 'https://10.0.0.1/in', 422],
    ['the metadata service', 'https://169.254.169.254/latest', 422],
    ['loopback of IPv6', 'https://[::1]/in', 422],
    ['a bare name', 'https://localhost/in', 422],
  ])('T-13 an endpoint with %s is not taken', async (_title, url, status) => {
    const body = { url, eventTypes: ['*'] };
    const answer = await desk.call('POST', '/v1/event-subscriptions', body);
    expect(answer.status === status || answer.body['code'] === 'webhook_url_refused').toBe(true);
    expect(await desk.call('GET', '/v1/event-subscriptions')).toMatchObject({ body: { data: [] } });
  });

  test('T-13 a name that leads to a private address is never called and its endpoint is not served', async () => {
    const made = await desk.subscribe('https://localhost.localdomain.invalid/in');
    await until(async () => (await desk.deliveries())[0]?.['attempts'] === 1);
    expect((await desk.deliveries())[0]).toMatchObject({ lastOutcome: 'outbound_name_unknown' });
    await gateway.asOwner(`update event_subscription set url = 'https://10.1.2.3/in'`);
    await hurry();
    await desk.state(made, 'disabled');
    const [delivery] = await desk.deliveries();
    expect(delivery).toMatchObject({ state: 'failed', lastOutcome: 'outbound_address_refused' });
  });

  test("another software's subscriptions and deliveries are not there", async () => {
    const made = await desk.verified(receiver.url(newPath()));
    const [delivery] = await desk.deliveries();
    const stranger = await EventsDesk.open(gateway, gateway.aoba);
    const own = `/v1/event-subscriptions/${String(made['subscriptionId'])}`;
    const sent = `/v1/event-deliveries/${String(delivery?.['deliveryId'])}`;
    const period = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T01:00:00Z' };
    const choice = { url: made['url'], eventTypes: ['*'] };
    const statuses = [
      await stranger.call('GET', own),
      await stranger.call('PUT', own, choice),
      await stranger.call('DELETE', own),
      await stranger.call('POST', `${own}/keys`),
      await stranger.call('POST', `${own}/verifications`),
      await stranger.call('POST', `${own}/replays`, period),
      await stranger.call('GET', sent),
      await stranger.call('POST', `${sent}/redeliveries`),
    ].map(({ status, body }) => [status, body['code']]);
    expect(new Set(statuses.map(String))).toEqual(new Set(['404,not_found']));
    expect(await stranger.deliveries()).toEqual([]);
    expect((await desk.call('GET', own)).status).toBe(200);
  });

  test('T-22 the database holds no key that signs', async () => {
    const made = await desk.subscribe(receiver.url(newPath()), { signatureScheme: 'v1' });
    const secret = Buffer.from(String(made['secret']).slice(6), 'base64');
    const [row] = await gateway.asOwner<{ sealed: Buffer }>(
      'select sealed from event_endpoint_key where subscription_id = $1',
      [made['subscriptionId']],
    );
    expect(row?.sealed.includes(secret)).toBe(false);
  });
});

describe('a delivery', () => {
  test('B-24 a failure is tried again with the same id, and the log tells every attempt', async () => {
    const path = newPath();
    await desk.verified(receiver.url(path));
    receiver.answer(path, 500);
    desk.tell();
    await arrived(path, 1);
    await recorded(1);
    receiver.answer(path, 302);
    await hurry();
    await arrived(path, 2);
    receiver.answer(path, 200);
    await until(async () => {
      await hurry();
      return (await desk.deliveries('?state=delivered')).length === 2;
    });
    const received = receiver.eventsAt(path);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ text }) => text)).size).toBe(1);
    const [delivery] = await desk.deliveries();
    const { body } = await desk.call(
      'GET',
      `/v1/event-deliveries/${String(delivery?.['deliveryId'])}`,
    );
    const log = body['attemptLog'] as { status: number; outcome: string; interactionId: string }[];
    expect(log.map(({ status, outcome }) => [status, outcome])).toEqual([
      [500, 'refused'],
      [302, 'refused'],
      [200, 'delivered'],
    ]);
    expect(log.map(({ interactionId }) => interactionId)).toEqual(
      received.map(({ headers }) => headers['x-fapi-interaction-id']),
    );
  });

  test('B-24 410 ends the endpoint; the owner is told by polling, and PUT brings it back', async () => {
    const path = newPath();
    const made = await desk.verified(receiver.url(path));
    receiver.answer(path, 410);
    const consentId = desk.tell();
    await desk.state(made, 'disabled');
    const own = `/v1/event-subscriptions/${String(made['subscriptionId'])}`;
    expect((await desk.call('GET', own)).body['disabledReason']).toBe('endpoint_gone');
    const events = await desk.poll({ maxEvents: 500 });
    expect(events.at(-1)).toMatchObject({
      type: 'subscription.disabled',
      data: { subscriptionId: made['subscriptionId'], reason: 'endpoint_gone' },
    });
    const [failed] = await desk.deliveries('?state=failed');
    const again = `/v1/event-deliveries/${String(failed?.['deliveryId'])}/redeliveries`;
    expect((await desk.call('POST', again)).body['code']).toBe('subscription_disabled');

    receiver.answer(path, 204);
    await desk.call('PUT', own, { url: made['url'], eventTypes: ['*'] });
    await desk.state(made, 'active');
    expect((await desk.call('POST', again)).status).toBe(202);
    await until(() => about(receiver.eventsAt(path), consentId).length === 2);
    await until(async () => (await desk.deliveries('?state=failed')).length === 0);
  });

  test('an endpoint that asks for room gets it: nothing else is sent to it before', async () => {
    const path = newPath();
    await desk.verified(receiver.url(path));
    receiver.answer(
      path,
      (response) => void response.writeHead(429, { 'retry-after': '120' }).end(),
    );
    desk.tell();
    await arrived(path, 1);
    await until(async () => (await slowUntil()) !== null);
    expect(await slowUntil()).toBeGreaterThan(110);
    desk.tell();
    await until(async () => (await desk.deliveries('?state=waiting')).length === 2);
    // Another endpoint of the same software shows that the senders have looked twice meanwhile.
    const other = newPath();
    await desk.verified(receiver.url(other));
    for (const count of [1, 2]) {
      desk.tell();
      await arrived(other, count);
      await hurry();
    }
    expect(receiver.eventsAt(path)).toHaveLength(1);
    receiver.answer(path, 204);
    await gateway.asOwner('update event_subscription set slow_until = null');
    await hurry();
    await arrived(path, 5);
  });

  const slowUntil = async () => {
    const [row] = await gateway.asOwner<{ seconds: number | null }>(
      `select extract(epoch from slow_until - clock_timestamp())::float8 as seconds
       from event_subscription where slow_until is not null`,
    );
    return row?.seconds ?? null;
  };

  test('after the tenth failure it stands as failed, and an endpoint that answered nothing is ended', async () => {
    const path = newPath();
    const made = await desk.verified(receiver.url(path));
    receiver.answer(path, 500);
    desk.tell();
    await arrived(path, 1);
    await recorded(1);
    await gateway.asOwner(`update event_delivery set attempts = 9 where state = 'waiting'`);
    await hurry();
    await desk.state(made, 'disabled');
    expect(await desk.deliveries('?state=failed')).toHaveLength(1);
    const { body } = await desk.call(
      'GET',
      `/v1/event-subscriptions/${String(made['subscriptionId'])}`,
    );
    expect(body['disabledReason']).toBe('endpoint_unreachable');
  });

  test('B-24 a replay sends a whole period again, with the ids it had', async () => {
    const path = newPath();
    const made = await desk.verified(receiver.url(path), { eventTypes: ['consent.*'] });
    const told = [desk.tell(), desk.tell(), desk.tell()];
    const first = await arrived(path, 3);
    const replays = `/v1/event-subscriptions/${String(made['subscriptionId'])}/replays`;
    // The fake bank's changes all happened at one instant.
    const at = Date.parse(first[0]!.body.timestamp);
    const of = (ms: number) => new Date(at + ms).toISOString();
    expect((await desk.call('POST', replays, { from: of(1), to: of(0) })).body['code']).toBe(
      'replay_period_invalid',
    );
    const none = await desk.call('POST', replays, { from: of(1), to: of(60_000) });
    expect(none).toMatchObject({ status: 202, body: { deliveries: 0 } });
    await until(async () => (await desk.deliveries('?state=waiting')).length === 0);
    const all = await desk.call('POST', replays, { from: of(0), to: of(1) });
    expect(Number(all.body['deliveries'])).toBeGreaterThanOrEqual(3);
    for (const consentId of told) {
      await until(() => about(receiver.eventsAt(path), consentId).length === 2);
      const [one, two] = about(receiver.eventsAt(path), consentId);
      expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    }
  });

  test('two processes share the sending: every event arrives, and once while nobody dies', async () => {
    const path = newPath();
    const other = await gateway.another();
    await desk.verified(receiver.url(path));
    const told = Array.from({ length: 60 }, () => desk.tell());
    await arrived(path, told.length);
    await until(async () => (await desk.deliveries('?state=waiting')).length === 0);
    const received = receiver.eventsAt(path);
    const consents = received.map(({ body }) => String(body.data['consentId']));
    expect(consents.sort()).toEqual([...told].sort());
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(told.length);
    await other.stop();
  });

  test('the list pages over every delivery exactly once, bound to its filter', async () => {
    await desk.verified(receiver.url(newPath()));
    for (let n = 0; n < 5; n += 1) desk.tell();
    await until(async () => (await desk.deliveries('?state=delivered')).length === 6);
    const ids: unknown[] = [];
    let next: string | undefined = '/v1/event-deliveries?limit=2';
    let cursor = '';
    while (next) {
      const { body }: { body: Record<string, unknown> } = await desk.call('GET', next);
      ids.push(...(body['data'] as { deliveryId: string }[]).map((one) => one.deliveryId));
      next = (body['links'] as { next?: string }).next;
      cursor = next ? (new URL(next, 'https://x').searchParams.get('cursor') ?? '') : cursor;
    }
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    for (const query of [`state=failed&cursor=${cursor}`, `cursor=${cursor}x`, 'cursor=a.b']) {
      const answer = await desk.call('GET', `/v1/event-deliveries?${query}`);
      expect([answer.status, answer.body['code']]).toEqual([400, 'list_cursor_invalid']);
    }
  });
});
