import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { ConsentFeed } from '../../src/consents/consent-feed.js';
import { positionsOf } from '../../src/consents/domain/feed-cursor.js';
import { ExpireConsentsJob } from '../../src/consents/expire-consents.job.js';
import { ApprovalWalk, landed, stillHere } from './approval-walk.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { LineReader, type Message } from './line-reader.js';
import { CHUO } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
let feed: ConsentFeed;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
  feed = bank.app.get(ConsentFeed);
});
afterAll(() => bank.stop());

async function consented(): Promise<string> {
  const browser = walk.browser();
  const login = stillHere(await browser.open(await walk.open()));
  const accounts = await walk.logIn(login, browser);
  const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
  const { body } = await walk.result(landed(await browser.press(consent, 'approve')));
  return (body['consent'] as { consentId: string }).consentId;
}

const revoke = (consentId: string, as?: object) =>
  bank.call({
    method: 'POST',
    path: `/institutions/2963/consents/${consentId}/revocations`,
    body: { reason: 'grant_ended_by_client' },
    ...(as ? { as } : {}),
  });

const listen = (cursor = ''): LineReader => {
  const reader = new LineReader();
  feed.listen(reader, positionsOf(cursor) ?? new Map());
  return reader;
};

test('RKN-S1/c a consent is told when it begins and when it ends; a later reader goes on at its cursor', async () => {
  const reader = listen();
  const consentId = await consented();
  const isIt = (state: string) => (one: Message) =>
    one['consentId'] === consentId && one['state'] === state;
  const begun = await reader.next(isIt('authorised'));
  expect(begun).toMatchObject({ type: 'consent', bankCode: '2963', reason: 'agreed' });
  expect((await revoke(consentId)).status).toBe(204);
  const ended = await reader.next(isIt('revoked'));
  expect(ended).toMatchObject({ reason: 'grant_ended_by_client' });
  expect((await revoke(consentId)).status).toBe(204);
  feed.leave(reader);

  const later = listen(String(begun['cursor']));
  await later.next(isIt('revoked'));
  expect(later.messages.filter(isIt('authorised'))).toEqual([]);
  const next = await later.next(({ type }) => type === 'heartbeat', later.messages.length);
  expect(next['cursor']).toBe(ended['cursor']);
  feed.leave(later);
  const call = await bank.call({ path: '/institutions/2963/accounts', as: { consent: consentId } });
  expect(call).toMatchObject({ status: 401, body: { code: 'consent_revoked' } });
});

test('an event of a transaction that commits late is neither lost nor overtaken', async () => {
  const consentId = await consented();
  const reader = listen();
  await reader.next((one) => one['consentId'] === consentId);
  const slow = new pg.Client({ connectionString: bank.databases.bank.adminUrl });
  await slow.connect();
  const event = (reason: string) => [
    `insert into consent_event (institution_id, consent_id, state, reason, at)
     values ($1, $2, 'authorised', $3, renkei_now())`,
    [CHUO, consentId, reason],
  ];
  await slow.query('begin');
  const [sql, values] = event('slow and first');
  await slow.query(sql as string, values as unknown[]);
  await bank.admin(...(event('quick and second') as [string, unknown[]]));
  // Two rounds pass: the quick one has committed and must still wait for its elder.
  const seen = reader.messages.length;
  await reader.next(({ type }) => type === 'heartbeat', seen);
  await reader.next(({ type }) => type === 'heartbeat', seen + 1);
  expect(reader.messages.slice(seen).some(({ type }) => type === 'consent')).toBe(false);
  await slow.query('commit');
  await slow.end();
  await reader.next(({ reason }) => reason === 'quick and second');
  const reasons = reader.messages.slice(seen).flatMap(({ reason }) => reason ?? []);
  expect(reasons).toEqual(['slow and first', 'quick and second']);
  feed.leave(reader);
});

test("another intermediary's consent cannot be ended, nor told from one that does not exist", async () => {
  const consentId = await consented();
  const foreign = await revoke(consentId, aoba);
  const unknown = await revoke('cns_01j00000000000000000000000', aoba);
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect(foreign.body['code']).toBe(unknown.body['code']);
  const call = await bank.call({ path: '/institutions/2963/accounts', as: { consent: consentId } });
  expect(call.status).toBe(200);
});

test('T-02 a consent that the gateway invents, or names for another party, opens nothing', async () => {
  const consentId = await consented();
  const read = (as: object) => bank.call({ path: '/institutions/2963/accounts', as });
  expect((await read({ consent: 'cns_01j00000000000000000000000' })).status).toBe(404);
  expect((await read({ ...aoba, consent: consentId })).status).toBe(404);
  const partner = 'cp_01j0000000000000000000tsbm';
  expect((await read({ consent: consentId, partner })).status).toBe(403);
  const elsewhere = await bank.call({
    path: '/institutions/2951/accounts',
    as: { consent: consentId },
  });
  expect(elsewhere.status).toBe(404);
  const balances = await bank.call({
    path: '/institutions/2963/accounts/acc_01j00000000000000000000000/balances',
    as: { consent: consentId },
  });
  expect(balances.status).toBe(404);
});

test('RKN-S1 the term ends by itself: refused at once, written down and told by the job', async () => {
  const consentId = await consented();
  await bank.admin('update consent set expires_at = renkei_now() where id = $1', [consentId]);
  const call = await bank.call({ path: '/institutions/2963/accounts', as: { consent: consentId } });
  expect(call).toMatchObject({ status: 401, body: { code: 'consent_expired' } });
  await bank.app.get(ExpireConsentsJob).run();
  const reader = listen();
  const told = await reader.next(
    (one) => one['consentId'] === consentId && one['state'] === 'expired',
  );
  expect(told).toMatchObject({ reason: 'term_over' });
  feed.leave(reader);
});
