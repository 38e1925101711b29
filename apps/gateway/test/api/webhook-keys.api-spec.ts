import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DueDeliveryStore } from '../../src/events/storage/due-delivery.store.pg.js';
import { EventsDesk } from './events-desk.js';
import { startGateway, type AnotherProcess, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';
import { isSignedBy, WebhookReceiver, type Received } from './webhook-receiver.js';

// The gateway in this process keeps its key and sends nothing: what arrives came from a sender with keys of its own.
let receiver: WebhookReceiver;
let gateway: GatewayUnderTest;
let desk: EventsDesk;
let sender: AnotherProcess | undefined;
let processes: AnotherProcess[] = [];
let files = 0;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  const outbound = { networks: '127.0.0.1/32', ca: receiver.ca };
  gateway = await startGateway({ outbound, webhookSenders: 0 });
  desk = await EventsDesk.open(gateway);
});
afterEach(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  processes = [];
  sender = undefined;
  await gateway.asOwner('delete from event_subscription');
  await gateway.asOwner('delete from event_act');
});
afterAll(async () => {
  await gateway.stop();
  await receiver.stop();
});

const newKey = () => randomBytes(32).toString('hex');
/** The one that the gateway in this process seals with. */
const ownKey = async (): Promise<string> => {
  const text = await readFile(gateway.secretsFile, 'utf8');
  return (JSON.parse(text) as { cursorKey: [string, string] }).cursorKey[0];
};

/** A process that sends, with these keys, the first in use. */
async function processWith(...cursorKey: string[]): Promise<AnotherProcess> {
  const content = JSON.parse(await readFile(gateway.secretsFile, 'utf8')) as object;
  const file = `${gateway.secretsFile}.${(files += 1)}`;
  await writeFile(file, JSON.stringify({ ...content, cursorKey }));
  const started = await gateway.another('info', { GATEWAY_SECRETS_FILE: file });
  processes.push(started);
  return started;
}
async function end(one: AnotherProcess): Promise<void> {
  processes = processes.filter((other) => other !== one);
  await one.stop();
}
/** All processes that send are started anew with these keys. */
async function sendWith(...cursorKey: string[]): Promise<void> {
  if (sender) await end(sender);
  sender = await processWith(...cursorKey);
}
const isWritten = (by: AnotherProcess, words: RegExp) => until(() => words.test(by.output()));

const sealed = async () =>
  gateway.asOwner<{ seal: string }>(
    `select encode(sealed, 'hex') as seal from event_endpoint_key
     union all select encode(answer, 'hex') from event_act order by 1`,
  );
const keyOf = (body: Record<string, unknown>) =>
  (body['keys'] as { publicKey: string }[])[0]?.publicKey ?? '';
const nextAt = async (path: string, consentId: string): Promise<Received> => {
  const found = () =>
    receiver.eventsAt(path).find(({ body }) => body.data['consentId'] === consentId);
  await until(() => found() !== undefined);
  return found()!;
};
/** Whether everything that was sealed so is sealed anew. */
const renewed = (before: { seal: string }[]) =>
  until(async () => {
    const left = new Set((await sealed()).map(({ seal }) => seal));
    return before.every(({ seal }) => !left.has(seal));
  });
/** The one that waits because whoever took it could not sign it. */
const givenBack = async () => {
  const found = async () =>
    (await desk.deliveries('?state=waiting')).find(
      ({ lastOutcome }) => lastOutcome === 'signing_key_lost',
    );
  await until(async () => (await found()) !== undefined);
  return found();
};
const logOf = async (delivery: Record<string, unknown> | undefined) =>
  (await desk.call('GET', `/v1/event-deliveries/${String(delivery?.['deliveryId'])}`)).body;

describe('T-22 the key that wraps the keys of endpoints', () => {
  test('is followed by another with overlap: everything stays signed, and the old one can go', async () => {
    const path = '/overlap';
    const [old, next] = [await ownKey(), newKey()];
    await sendWith(old);
    const made = await desk.verified(receiver.url(path));
    const isSigned = async () => isSignedBy(keyOf(made), await nextAt(path, desk.tell()));

    // Everybody opens with the next one before anybody seals with it.
    await sendWith(old, next);
    expect(await isSigned()).toBe(true);
    const before = await sealed();
    await sendWith(next, old);
    expect(await isSigned()).toBe(true);
    // What the old one sealed is sealed anew, so that nothing hangs on it any more.
    await renewed(before);
    await sendWith(next);
    expect(await isSigned()).toBe(true);
  });

  test('each process says at its start that it has looked, also where it found nothing to seal anew', async () => {
    const [old, next] = [await ownKey(), newKey()];
    await isWritten(await processWith(next, old), /"0 seals renewed under the first cursorKey"/);
  });

  test('a process that has not got the next one gives back what another can sign; nothing ends', async () => {
    const path = '/one-without';
    const [old, next] = [await ownKey(), newKey()];
    await sendWith(old);
    const made = await desk.verified(receiver.url(path));
    const before = await sealed();
    await sendWith(next, old);
    await renewed(before);
    await end(sender!);
    sender = undefined;

    // Nobody else is there: the message can only be given back.
    const without = await processWith(old);
    const consentId = desk.tell();
    expect(await givenBack()).toMatchObject({ attempts: 0, lastStatus: null });
    expect((await logOf(await givenBack()))['attemptLog']).toEqual([]);
    await isWritten(without, new RegExp(`no key of ${String(made['subscriptionId'])} opens here`));
    const figures = await fetch(`http://127.0.0.1:${without.operationsPort}/metrics`);
    expect(await figures.text()).toMatch(/^renkei_webhooks_unsigned_total [1-9]/m);
    expect(receiver.eventsAt(path)).toEqual([]);

    await processWith(next, old);
    expect(isSignedBy(keyOf(made), await nextAt(path, consentId))).toBe(true);
    // Both take from now on, whoever looks first.
    for (const more of [desk.tell(), desk.tell(), desk.tell()])
      expect(isSignedBy(keyOf(made), await nextAt(path, more))).toBe(true);
    const own = `/v1/event-subscriptions/${String(made['subscriptionId'])}`;
    expect((await desk.call('GET', own)).body['state']).toBe('active');
    expect(await desk.deliveries('?state=cancelled')).toEqual([]);
  });

  test('the messages of an endpoint that is left to others are not taken', async () => {
    await sendWith(await ownKey());
    const made = await desk.verified(receiver.url('/left'));
    await end(sender!);
    sender = undefined;
    desk.tell();
    await until(async () => (await desk.deliveries('?state=waiting')).length === 1);
    const queue = gateway.app.get(DueDeliveryStore, { strict: false });
    expect(await queue.take('somebody', 9, [String(made['subscriptionId'])])).toEqual([]);
    expect(await queue.take('somebody', 9, ['sub_00000000000000000000000000'])).toMatchObject([
      { subscriptionId: made['subscriptionId'], attempts: 0, unsignedMs: 0 },
    ]);
  });

  test('B-24 taken away for days, it is on record, the endpoint is ended and told; PUT mends it', async () => {
    const path = '/lost';
    const old = await ownKey();
    await sendWith(old);
    const made = await desk.verified(receiver.url(path));
    const own = `/v1/event-subscriptions/${String(made['subscriptionId'])}`;

    await sendWith(newKey());
    const consentId = desk.tell();
    await givenBack();
    // As long as all attempts take passes, and nobody can sign: this one looks again, as it does every minute.
    await gateway.asOwner(
      `update event_delivery set next_attempt_at = clock_timestamp(),
         unsigned_since = unsigned_since - interval '76 hours' where state = 'waiting'`,
    );
    await sendWith(newKey());
    await desk.state(made, 'disabled');
    expect((await desk.call('GET', own)).body['disabledReason']).toBe('signing_key_lost');
    const [failed] = await desk.deliveries('?state=failed');
    expect(failed).toMatchObject({ attempts: 1, lastOutcome: 'signing_key_lost' });
    expect((await logOf(failed))['attemptLog']).toMatchObject([
      { number: 1, outcome: 'signing_key_lost', status: null },
    ]);
    expect(receiver.eventsAt(path)).toEqual([]);
    expect((await desk.poll({ maxEvents: 500 })).at(-1)).toMatchObject({
      type: 'subscription.disabled',
      data: { subscriptionId: made['subscriptionId'], reason: 'signing_key_lost' },
    });

    // Nobody has the key that sealed it: the owner gets a new one, and what failed can be asked for again.
    await gateway.asOwner(
      `update event_endpoint_key set sealed = sealed || '\\x00'::bytea where subscription_id = $1`,
      [made['subscriptionId']],
    );
    await sendWith(old);
    const choice = { url: made['url'], eventTypes: ['*'] };
    const put = await desk.call('PUT', own, choice);
    await desk.state(made, 'active');
    expect(keyOf(put.body)).not.toBe(keyOf(made));
    const again = `/v1/event-deliveries/${String(failed?.['deliveryId'])}/redeliveries`;
    expect((await desk.call('POST', again)).status).toBe(202);
    expect(isSignedBy(keyOf(put.body), await nextAt(path, consentId))).toBe(true);
  });

  test('an act whose answer it sealed is done and not done again: the replay says so', async () => {
    const body = { url: receiver.url('/act'), eventTypes: ['*'] };
    const post = () => desk.call('POST', '/v1/event-subscriptions', body, 'act-1');
    const first = await post();
    expect([first.status, (await post()).text]).toEqual([201, first.text]);
    const [old, next] = [await ownKey(), newKey()];
    const before = (await sealed()).length;
    await sendWith(next, old);
    // This process does not have the next one, as if it had been taken from it.
    await until(async () => (await post()).status !== 201);
    const replayed = await post();
    expect([replayed.status, replayed.body['code']]).toEqual([409, 'earlier_answer_lost']);
    expect(replayed.body).toMatchObject({ retryable: false, detail_ja: expect.any(String) });
    expect((await sealed()).length).toBe(before);
    const { body: all } = await desk.call('GET', '/v1/event-subscriptions');
    expect(all['data']).toHaveLength(1);
  });
});
