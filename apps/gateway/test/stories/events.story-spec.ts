import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isSignedBy, WebhookReceiver } from '../api/webhook-receiver.js';
import { householdRequest, MINATO, paymentRequest, Scene, until } from './scene.js';

interface Told {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

let scene: Scene;

let receiver: WebhookReceiver;
let folder: string;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  folder = await mkdtemp(join(tmpdir(), 'renkei-events-'));
  await writeFile(join(folder, 'ca.pem'), receiver.ca);
  // What an operator of a sandbox sets so that endpoints on its own machine may be called.
  process.env['GATEWAY_OUTBOUND_NETWORKS'] = '127.0.0.1/32';
  process.env['GATEWAY_OUTBOUND_CA'] = join(folder, 'ca.pem');
  scene = await Scene.open();
});
afterAll(async () => {
  await scene.close();
  await receiver.stop();
  delete process.env['GATEWAY_OUTBOUND_NETWORKS'];
  delete process.env['GATEWAY_OUTBOUND_CA'];
  await rm(folder, { recursive: true, force: true });
});

/** What Minato has not acknowledged yet. */
async function poll(body: object = {}): Promise<Told[]> {
  const minato = scene.intermediary(MINATO);
  const token = await minato.ownToken('events');
  const answer = await minato.post(token, '/v1/events', { maxEvents: 500, ...body });
  expect(answer.status).toBe(200);
  return answer.body['events'] as Told[];
}

async function about(member: string, id: string, types: readonly string[]): Promise<Told[]> {
  const of = async () => (await poll()).filter(({ data }) => data[member] === id);
  await until(async () => (await of()).length >= types.length);
  const told = await of();
  expect(told.map(({ type }) => type)).toEqual(types);
  return told;
}

test('B-11 a consent is told from its beginning to its end, and a frozen one without a reason', async () => {
  const minato = scene.intermediary(MINATO);
  const holder = await scene.freshFactors('taro-2963');
  const tokens = await scene.consented(minato, holder, householdRequest('2963'));
  const consentId = String((tokens.details as { consent_id: string }[])[0]?.consent_id);
  await about('consentId', consentId, ['consent.authorised']);
  const revoke = ['revoke-consent', '--bank', '2963', '--consent', consentId];
  await scene.staff(...revoke);
  const [, ended] = await about('consentId', consentId, ['consent.authorised', 'consent.revoked']);
  expect(ended?.data).toEqual({
    eventId: ended?.id,
    sequence: ended?.sequence,
    epspId: MINATO,
    clientId: minato.client.client_id,
    chainPartnerId: 'none',
    bankCode: '2963',
    consentId,
  });
});

test('B-24 a webhook whose answer got lost is in the log, and comes again with the id it had', async () => {
  const minato = scene.intermediary(MINATO);
  const token = await minato.ownToken('events');
  const made = await minato.post(token, '/v1/event-subscriptions', {
    url: receiver.url('/hook?tenant=7'),
    eventTypes: ['consent.*'],
  });
  expect(made.status).toBe(201);
  const path = `/v1/event-subscriptions/${String(made.body['subscriptionId'])}`;
  await until(async () => (await minato.get(token, path)).body['state'] === 'active');
  // The endpoint takes the message, and its answer never arrives.
  receiver.answer('/hook?tenant=7', (response) => void response.destroy());
  const holder = await scene.freshFactors('hanako-2963');
  await scene.consented(minato, holder, householdRequest('2963'));
  await until(() => Promise.resolve(receiver.eventsAt('/hook?tenant=7').length === 1));
  receiver.answer('/hook?tenant=7', 204);
  // It comes again by itself a few seconds later; asking for it brings it a third time.
  await until(() => Promise.resolve(receiver.eventsAt('/hook?tenant=7').length === 2), 400);
  const deliveries = async () => {
    const { body } = await minato.get(token, '/v1/event-deliveries', { state: 'delivered' });
    return body['data'] as { deliveryId: string; eventId: string | null; attempts: number }[];
  };
  const ofEvent = async () => (await deliveries()).filter(({ eventId }) => eventId !== null);
  await until(async () => (await ofEvent()).length === 1);
  const [delivery] = await ofEvent();
  expect(delivery?.attempts).toBe(2);
  const again = `/v1/event-deliveries/${delivery!.deliveryId}`;
  expect((await minato.post(token, `${again}/redeliveries`, {})).status).toBe(202);
  await until(() => Promise.resolve(receiver.eventsAt('/hook?tenant=7').length === 3));
  const detail = await minato.get(token, again);
  const log = detail.body['attemptLog'] as { outcome: string; interactionId: string }[];
  expect(log.map(({ outcome }) => outcome).slice(0, 2)).toEqual([
    'outbound_unreachable',
    'delivered',
  ]);
  const received = receiver.eventsAt('/hook?tenant=7');
  const [key] = made.body['keys'] as { publicKey: string }[];
  for (const one of received) {
    expect(one.headers['webhook-id']).toBe(delivery?.eventId);
    expect(one.text).toBe(received[0]?.text);
    expect(isSignedBy(key!.publicKey, one)).toBe(true);
  }
  const ids = received.map(({ headers }) => headers['x-fapi-interaction-id']);
  expect(ids.slice(0, 2)).toEqual(log.slice(0, 2).map(({ interactionId }) => interactionId));
});

test('B-7 a transfer is told at each of its states, whatever became of the browser', async () => {
  const minato = scene.intermediary(MINATO);
  const taro = await scene.freshFactors('taro-2963');
  const [payee] = scene.person('hanako-2963').accounts;
  const detail = paymentRequest({
    bankCode: '2963',
    instructionId: `event-${randomUUID()}`,
    debit: taro.accounts[0]!,
    creditor: {
      bank: '2963',
      branch: payee!.branchCode,
      type: payee!.accountType,
      number: payee!.accountNumber,
      kana: 'レンケイ ハナコ',
    },
    amount: '4321',
  });
  const pushed = await minato.push('transfers', detail);
  await scene.walk(minato, pushed, taro);
  // The browser came back with a code that nobody redeems: the events are there all the same.
  const status = await minato.get(await minato.statusToken(), '/v1/banks/2963/transfers', {
    instructionId: detail.instruction_id,
  });
  await about('transferId', String(status.body['transferId']), [
    'transfer.received',
    'transfer.awaiting_confirmation',
    'transfer.sent',
  ]);
});

test('INT-13 a link that is held and released is told with its clause', async () => {
  const scope = ['--bank', '2972', '--epsp', MINATO, '--function', 'accounts_read'];
  const later = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, '+00:00');
  await scene.staff('hold', ...scope, '--basis', 'ハッキングの疑い', '--until', later);
  await scene.staff('release', ...scope, '--basis', '確認できた');
  await until(async () => (await poll()).some(({ type }) => type === 'link.resumed'));
  const links = (await poll()).filter(({ type }) => type.startsWith('link.'));
  expect(links).toMatchObject([
    {
      type: 'link.restricted',
      data: { bankCode: '2972', clause: 'INT-13', until: expect.any(String) },
    },
    { type: 'link.resumed', data: { bankCode: '2972' } },
  ]);
});

test('B-5 an incident that an officer enters is told, shown and ended', async () => {
  const outages = async () => {
    const answer = await scene.system.fetch(`${scene.system.gatewayOrigin}/v1/outages`);
    return ((await answer.json()) as { data: { outageId: string; state: string }[] }).data;
  };
  await scene.staff('outage', '--bank', '2963');
  await until(async () => (await outages()).length === 1);
  const [outage] = await outages();
  expect(outage).toMatchObject({ state: 'running' });
  await scene.staff('outage-over', '--bank', '2963', '--outage', outage!.outageId);
  await about('outageId', outage!.outageId, ['outage.started', 'outage.ended']);
});

test('T-30 what the gateway keeps of all this holds no name, no account and no amount', async () => {
  const events = await poll();
  expect(events.length).toBeGreaterThan(8);
  const sequences = events.map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.map((_value, index) => sequences[0]! + index));
  const text = JSON.stringify(events);
  const taro = scene.person('taro-2963');
  const planted = [
    'レンケイ',
    'ﾚﾝｹｲ',
    'ハッキング',
    '4321',
    ...taro.accounts.map(({ accountNumber }) => accountNumber),
    taro.loginId,
  ];
  for (const secret of planted) expect(text).not.toContain(secret);
  // Acknowledged, they do not come again.
  const rest = await poll({ acknowledged: events.map(({ id }) => id) });
  expect(rest).toEqual([]);
});
