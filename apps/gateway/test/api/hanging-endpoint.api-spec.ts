import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EventsDesk } from './events-desk.js';
import { AOBA } from './fixtures.js';
import { startGateway, type AnotherProcess, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';
import { WebhookReceiver } from './webhook-receiver.js';

// As many as one endpoint may have under way: one that hangs has them all.
const SENDERS = 8;
const BACKLOG = 12;
const [HANGS, THEIRS] = ['/hangs', '/theirs'];

let receiver: WebhookReceiver;
let gateway: GatewayUnderTest;
let sender: AnotherProcess;
let desk: EventsDesk;
let aoba: EventsDesk;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  const outbound = { networks: '127.0.0.1/32', ca: receiver.ca };
  gateway = await startGateway({ outbound, webhookSenders: 0 });
  sender = await gateway.another('silent', { GATEWAY_WEBHOOK_SENDERS: String(SENDERS) });
  [desk, aoba] = await Promise.all([
    EventsDesk.open(gateway),
    EventsDesk.open(gateway, gateway.aoba),
  ]);
});
afterAll(async () => {
  await sender.stop();
  await gateway.stop();
  await receiver.stop();
});

const rows = async (where: string) =>
  (await gateway.asOwner<object>(`select 1 from event_delivery where ${where}`)).length;
/** Whatever was put off is due now, and every rest is over: time passes. */
async function timePasses(): Promise<void> {
  await gateway.asOwner('update event_subscription set slow_until = least(slow_until, now())');
  await gateway.asOwner(
    `update event_delivery set next_attempt_at = least(next_attempt_at, now()) where state = 'waiting'`,
  );
}

test("B-24 an endpoint that hangs delays nobody else's events, and is given room", async () => {
  const [mine] = await Promise.all([
    desk.verified(receiver.url(HANGS), { eventTypes: ['consent.*'] }),
    aoba.verified(receiver.url(THEIRS), { eventTypes: ['consent.*'] }),
  ]);
  const told = { epspId: AOBA, clientId: 'aoba-fintech' };
  const held: ServerResponse[] = [];
  receiver.answer(HANGS, (response) => void held.push(response));
  const consents = Array.from({ length: BACKLOG }, () => desk.tell());
  await until(() => held.length === SENDERS);
  await until(async () => (await rows(`state = 'waiting'`)) === BACKLOG);
  aoba.tell(told);
  await until(async () => (await rows(`state = 'waiting'`)) === BACKLOG + 1);

  // One sender is free. The others of the backlog have waited longer, and their endpoint has seven under way.
  held.shift()?.writeHead(500).end();
  await until(() => receiver.eventsAt(THEIRS).length === 1);
  const order = receiver.received
    .filter(({ body }) => body.type !== 'subscription.verification')
    .map(({ path }) => path);
  expect(order.indexOf(THEIRS)).toBe(SENDERS);

  // Its proxy gives it up, which is as good as silence: nothing more is sent there for now.
  await until(async () => {
    for (const response of held.splice(0)) response.writeHead(504).end();
    return (await rows('lease_until is not null')) === 0;
  });
  const rested = await gateway.asOwner<{ id: string }>(
    `update event_subscription set slow_until = slow_until + interval '1 hour'
     where slow_until is not null returning id`,
  );
  expect(rested.map(({ id }) => id)).toEqual([mine['subscriptionId']]);
  const sent = receiver.eventsAt(HANGS).length;
  aoba.tell(told);
  await until(() => receiver.eventsAt(THEIRS).length === 2);
  expect(receiver.eventsAt(HANGS)).toHaveLength(sent);

  // Its owner asks for the test: that is sent at once, and alone.
  await timePasses();
  const verifications = `/v1/event-subscriptions/${String(mine['subscriptionId'])}/verifications`;
  await gateway.asOwner(
    `update event_subscription set slow_until = now() + interval '1 hour' where id = $1`,
    [mine['subscriptionId']],
  );
  expect((await desk.call('POST', verifications)).status).toBe(202);
  await until(() => held.length === 1);
  aoba.tell(told);
  await until(() => receiver.eventsAt(THEIRS).length === 3);
  expect(receiver.eventsAt(HANGS)).toHaveLength(sent);

  // It answers again: everything comes.
  receiver.answer(HANGS, 204);
  held.shift()?.writeHead(204).end();
  await until(async () => {
    await timePasses();
    return (await rows(`state = 'waiting'`)) === 0;
  });
  const arrived = receiver.eventsAt(HANGS).map(({ body }) => body.data['consentId']);
  expect(new Set(arrived)).toEqual(new Set(consents));
});
