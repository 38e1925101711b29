import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SoftwareDesk } from '../../src/clients/index.js';
import { anHourFor, decisionOn } from './bank-decision.js';
import { EventsDesk } from './events-desk.js';
import { AOBA } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';
import { WebhookReceiver } from './webhook-receiver.js';

let receiver: WebhookReceiver;
let gateway: GatewayUnderTest;
let desk: EventsDesk;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  gateway = await startGateway({ outbound: { networks: '127.0.0.1/32', ca: receiver.ca } });
  desk = await EventsDesk.open(gateway);
});
afterAll(async () => {
  await gateway.stop();
  await receiver.stop();
});

const arrived = async (path: string, count: number) => {
  await until(() => receiver.eventsAt(path).length >= count);
  return receiver.eventsAt(path);
};

describe('deliveries to software that the bank has blocked', () => {
  test('users.md A.3 what happens while the bank blocks the software waits, and comes afterwards', async () => {
    const [path, theirs] = ['/blocked', '/theirs'];
    const { subscriptionId } = await desk.verified(receiver.url(path));
    const aoba = await EventsDesk.open(gateway, gateway.aoba);
    await aoba.verified(receiver.url(theirs));
    const officers = new SoftwareDesk(gateway.databases.gateway.ownerUrl);
    expect((await officers.block(anHourFor('minato-kakei'))).ok).toBe(true);
    const consentId = desk.tell();
    aoba.tell({ epspId: AOBA, clientId: 'aoba-fintech' });
    // The later event of somebody else has arrived: the earlier one was not even taken up.
    await arrived(theirs, 1);
    const rows = await gateway.asOwner<{ untouched: boolean }>(
      `select state = 'waiting' and lease_until is null and attempts = 0 as untouched
       from event_delivery where subscription_id = $1 and event_id is not null`,
      [subscriptionId],
    );
    expect(rows).toEqual([{ untouched: true }]);
    expect((await officers.lift(decisionOn('minato-kakei'))).ok).toBe(true);
    await officers.close();
    const received = await arrived(path, 1);
    expect(received.map(({ body }) => body.data['consentId'])).toEqual([consentId]);
  });
});
