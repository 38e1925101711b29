import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { obtainToken } from './approve.js';
import { accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

// The one suite whose gateway waits as it ships; everywhere else a stalled machine must not look like silence.
let gateway: GatewayUnderTest;
let minato: Intermediary;
let token: string;

const ACCOUNTS = '/v1/banks/2963/accounts';

beforeAll(async () => {
  gateway = await startGateway({ patience: 1 });
  minato = await Intermediary.of(gateway);
  await until(async () => {
    const obtained = await obtainToken(minato, accountInformation()).catch(() => undefined);
    token = obtained?.accessToken ?? '';
    return obtained !== undefined;
  });
});
afterAll(() => gateway.stop());

const verdict = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
];
const isServed = async () => (await minato.call(ACCOUNTS, token)).status === 200;

test('T-19 no heartbeat: closed with 503 after the lease of 2 s, open again with the stream', async () => {
  await minato.push(transferInitiation('before-the-silence'));
  const own = await minato.ownToken();
  gateway.bank.beats = false;
  await until(async () => !(await isServed()));
  const closed = await minato.call(ACCOUNTS, token);
  expect(verdict(closed)).toEqual([503, 'core_unavailable']);
  expect(closed.headers.get('retry-after')).toBe('2');
  const { params } = minato.request(transferInitiation('closed'));
  expect((await minato.post('/par', params)).status).toBe(503);
  // What became of a transfer waits for no copy of the links: whoever may not push again has to know (INT-21).
  const state = '/v1/banks/2963/transfers?instructionId=before-the-silence';
  expect((await minato.call(state, own)).status).toBe(200);
  gateway.bank.beats = true;
  await until(isServed);
});

test('B-12 a silent bank is unavailable in the status, and available again with its stream', async () => {
  const stateOf = async (bankCode: string) => {
    const banks = (await minato.call('/v1/status', token)).body['banks'];
    return (banks as { bankCode: string; state: string }[]).find((one) => one.bankCode === bankCode)
      ?.state;
  };
  await until(async () => (await stateOf('2963')) === 'available');
  gateway.bank.beats = false;
  await until(async () => (await stateOf('2963')) === 'unavailable');
  expect(await stateOf('2972')).toBe('unavailable');
  gateway.bank.beats = true;
  await until(async () => (await stateOf('2972')) === 'available');
});

test('T-10 the store of proofs does not answer at all: refused, and nobody waits for it', async () => {
  await until(isServed);
  const other = new pg.Client({ connectionString: gateway.databases.gateway.ownerUrl });
  await other.connect();
  await other.query('begin; lock table proof_seen in access exclusive mode');
  // Answered while the lock is held: whoever waited for the store would wait for this test.
  const refused = await minato.call(ACCOUNTS, token);
  await other.query('rollback');
  await other.end();
  expect(verdict(refused)).toEqual([503, 'temporarily_unavailable']);
  await until(isServed);
});
