import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { EventsDesk } from './events-desk.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';

// Nobody sends: what is judged is how a URL is kept, and the names lead nowhere.
let gateway: GatewayUnderTest;
let desk: EventsDesk;

beforeAll(async () => {
  gateway = await startGateway({ webhookSenders: 0 });
  desk = await EventsDesk.open(gateway);
});
afterEach(() => gateway.asOwner('delete from event_subscription'));
afterAll(() => gateway.stop());

const NORMAL = 'https://hooks.minato.example/in';
const all = '/v1/event-subscriptions';
const choice = (url: string) => ({ url, eventTypes: ['*'] });
const pathOf = ({ subscriptionId }: Record<string, unknown>) => `${all}/${String(subscriptionId)}`;

describe('the URL of an endpoint', () => {
  test.each([
    ['its scheme in capitals', 'HTTPS://hooks.minato.example/in'],
    ['its host in capitals', 'https://Hooks.Minato.Example/in'],
    ['a blank before it', ` ${NORMAL}`],
    ['a tab in it', 'https://hooks.min\tato.example/in'],
    ['the port that it has anyway', 'https://hooks.minato.example:443/in'],
    ['a way round', 'https://hooks.minato.example/./a/../in'],
  ])('B-24 with %s is the same URL, whichever came first', async (_title, url) => {
    const made = await desk.call('POST', all, choice(url));
    expect([made.status, made.body['url']]).toEqual([201, NORMAL]);
    for (const same of [NORMAL, url]) {
      const again = await desk.call('POST', all, choice(same));
      expect([again.status, again.body['subscriptionId']]).toEqual([
        200,
        made.body['subscriptionId'],
      ]);
    }
    const other = await desk.subscribe('https://other.minato.example/in');
    const taken = await desk.call('PUT', pathOf(other), choice(url));
    expect([taken.status, taken.body['code']]).toEqual([409, 'subscription_exists']);
    await desk.call('DELETE', pathOf(made.body));
    const put = await desk.call('PUT', pathOf(other), choice(url));
    expect([put.status, put.body['url']]).toEqual([200, NORMAL]);
  });

  test('B-24 what stands in no URL is kept as it is called', async () => {
    const made = await desk.call('POST', all, choice(`${NORMAL}?a=b c&b=本`));
    expect([made.status, made.body['url']]).toEqual([201, `${NORMAL}?a=b%20c&b=%E6%9C%AC`]);
  });

  test('T-13 one whose normal form is longer than anybody calls is refused', async () => {
    const url = `${NORMAL}/${'本'.repeat(1_000)}`;
    const other = await desk.subscribe('https://other.minato.example/in');
    for (const answer of [
      await desk.call('POST', all, choice(url)),
      await desk.call('PUT', pathOf(other), choice(url)),
    ])
      expect([answer.status, answer.body['code']]).toEqual([422, 'webhook_url_refused']);
  });
});
