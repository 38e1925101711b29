import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { EventsDesk } from './events-desk.js';
import { startGateway, type AnotherProcess, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';
import { WebhookReceiver } from './webhook-receiver.js';

// The gateway in this process sends nothing itself: what arrives came from the processes under test.
let receiver: WebhookReceiver;
let gateway: GatewayUnderTest;
let desk: EventsDesk;
let senders: AnotherProcess[];

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  const outbound = { networks: '127.0.0.1/32', ca: receiver.ca };
  gateway = await startGateway({ outbound, webhookSenders: 0 });
  desk = await EventsDesk.open(gateway);
  senders = [];
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.stop()));
  await gateway.asOwner('delete from event_subscription');
});
afterAll(async () => {
  await gateway.stop();
  await receiver.stop();
});

const startSender = async () => {
  const sender = await gateway.another();
  senders.push(sender);
  return sender;
};
const waiting = async () => (await desk.deliveries('?state=waiting')).length;

test('B-24 a sender that dies before it records is followed by another, with the same id and body', async () => {
  const sender = await startSender();
  await desk.verified(receiver.url('/crash'));
  // The endpoint keeps the sender waiting until it is dead.
  receiver.answer('/crash', () => undefined);
  desk.tell();
  await until(() => receiver.eventsAt('/crash').length === 1);
  await sender.kill();
  senders.splice(0);
  expect(await waiting()).toBe(1);
  receiver.answer('/crash', 204);
  // A minute passes: the lease of the dead one is over.
  await gateway.asOwner('update event_delivery set lease_until = clock_timestamp()');
  await startSender();
  await until(async () => (await waiting()) === 0);
  const [one, two, ...more] = receiver.eventsAt('/crash');
  expect(more).toEqual([]);
  expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
  expect(two?.text).toBe(one?.text);
});
