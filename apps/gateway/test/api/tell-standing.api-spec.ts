import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TellStanding } from '../../src/clients/tell-standing.job.js';
import { obtainToken } from './approve.js';
import { accountInformation, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
let gateway: GatewayUnderTest;
let minato: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
});
afterAll(() => gateway.stop());

interface Report {
  readonly node: string;
  readonly calls: readonly { epspId: string; calls: number; faults: number }[];
  readonly certificates: readonly object[];
}
const told = async (): Promise<Report> => {
  await gateway.app.get(TellStanding, { strict: false }).tell();
  return gateway.bank.reports.at(-1) as Report;
};

test('RKN-S3b T-30 bank-core is told how many calls failed by whose fault, and nothing personal', async () => {
  const { accessToken } = await obtainToken(minato, accountInformation());
  expect((await minato.call(ACCOUNTS, accessToken)).status).toBe(200);
  expect((await minato.call(ACCOUNTS, accessToken)).status).toBe(200);
  expect((await minato.call(`${ACCOUNTS}/acc_of_somebody/balances`, accessToken)).status).toBe(404);
  // The fault is bank-core's, and nobody else's.
  gateway.bank.refusals.set('accounts', { status: 503, code: 'core_unavailable' });
  expect((await minato.call(ACCOUNTS, accessToken)).status).toBe(503);
  gateway.bank.refusals.clear();
  // Four, and the first one's question for a nonce, which is nobody's fault.
  await until(async () => (await told()).calls.some(({ calls }) => calls >= 5));
  const report = await told();
  expect(report.calls).toEqual([
    {
      bankCode: '2963',
      epspId: MINATO,
      hour: expect.stringMatching(/:00:00.000\+09:00$/),
      calls: 5,
      faults: 1,
    },
  ]);
  expect(JSON.stringify(report)).not.toMatch(/cns_|acc_|192\./);
});

test('RKN-S1 and until when the newest certificate of each software holds; removed ones count no more', async () => {
  expect((await told()).certificates).toEqual([]);
  const register = (kid: string, goodUntil: string) =>
    gateway.asOwner(
      `insert into client_key (client_id, kid, purpose, thumbprint, certificate_thumbprint, jwk,
         good_until)
       values ('minato-kakei', $1, 'tls', $1, $1, '{}', $2)`,
      [kid, goodUntil],
    );
  await register('tls-old', '2026-01-01T00:00:00+09:00');
  const one = { clientId: 'minato-kakei', epspId: MINATO };
  expect((await told()).certificates).toEqual([
    { ...one, goodUntil: '2026-01-01T00:00:00.000+09:00' },
  ]);
  await register('tls-new', '2036-01-01T00:00:00+09:00');
  expect((await told()).certificates).toEqual([
    { ...one, goodUntil: '2036-01-01T00:00:00.000+09:00' },
  ]);
  await gateway.asOwner(`update client_key set removed_at = now() where kid like 'tls-%'`);
  expect((await told()).certificates).toEqual([]);
});
