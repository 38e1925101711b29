import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TellStanding } from '../../src/clients/tell-standing.job.js';
import { CountCalls } from '../../src/participants/count-calls.job.js';
import { CallCountStore } from '../../src/participants/storage/call-count.store.pg.js';
import { obtainToken } from './approve.js';
import { accountInformation, AOBA, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
const ME = '/v1/participants/me/metrics';
const HOUR_MS = 3_600_000;
const PRESENT = { headers: { 'x-fapi-customer-ip-address': '192.0.2.7' } };

let gateway: GatewayUnderTest;
let minato: Intermediary;
let own: string;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  own = await minato.ownToken('participants');
});
afterAll(() => gateway.stop());

interface Counted {
  readonly bankCode: string | null;
  readonly calls: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly ownFaults: number;
}
const write = () => gateway.app.get(CountCalls, { strict: false }).write();
async function figures(query = '', token = own, party = minato): Promise<Record<string, unknown>> {
  await write();
  const { status, body } = await party.call(`${ME}${query}`, token);
  expect(status).toBe(200);
  return body;
}
const at2963 = async (query = '') =>
  ((await figures(query))['banks'] as Counted[]).find(({ bankCode }) => bankCode === '2963');

describe('B-13 an intermediary’s own figures', () => {
  test('RKN-S3b calls, refusals by code and whose fault, the same numbers as the bank is told', async () => {
    const { accessToken } = await obtainToken(minato, accountInformation());
    const read = (path = ACCOUNTS) => minato.call(path, accessToken, PRESENT);
    expect((await read()).status).toBe(200);
    expect((await read()).status).toBe(200);
    expect((await read(`${ACCOUNTS}/acc_of_somebody/balances`)).status).toBe(404);
    gateway.bank.refusals.set('accounts', { status: 503, code: 'core_unavailable' });
    expect((await read()).status).toBe(503);
    gateway.bank.refusals.clear();
    // Four, and the first one's question for a nonce, which is nobody's fault.
    await until(async () => ((await at2963())?.calls ?? 0) >= 5);
    expect(await at2963()).toMatchObject({
      calls: 5,
      faults: { nobody: 3, gateway: 0, bankCore: 1, intermediary: 1, partner: 0 },
      ownFaults: 1,
      latency: { meanMs: expect.any(Number) },
    });
    const { refusals } = await figures('?bankCode=2963');
    expect(refusals).toEqual([
      { bankCode: '2963', code: 'core_unavailable', fault: 'bank_core', calls: 1 },
      { bankCode: '2963', code: 'not_found', fault: 'intermediary', calls: 1 },
      { bankCode: '2963', code: 'use_dpop_nonce', fault: 'nobody', calls: 1 },
    ]);
    await gateway.app.get(TellStanding, { strict: false }).tell();
    const told = gateway.bank.reports.at(-1) as { calls: { calls: number; faults: number }[] };
    expect(told.calls).toMatchObject([{ epspId: MINATO, calls: 5, faults: 1 }]);
  });

  test('B-13 minutes and hours add up to the same', async () => {
    const sums = ['minute', 'hour'].map(async (span) => {
      const { total, series } = await figures(`?span=${span}&bankCode=2963`);
      const { calls } = total as Counted;
      expect((series as Counted[]).reduce((sum, one) => sum + one.calls, 0)).toBe(calls);
      return calls;
    });
    expect(await Promise.all(sums)).toEqual([5, 5]);
  });

  test('T-31 what stands where a bank should is no bank in the figures, however many are made up', async () => {
    const { accessToken } = await obtainToken(minato, accountInformation());
    const totalOf = async () => ((await figures())['total'] as Counted).calls;
    const before = await totalOf();
    for (const nobody of ['0001', '0002', '9999'])
      expect((await minato.call(`/v1/banks/${nobody}/accounts`, accessToken)).status).toBe(404);
    await until(async () => (await totalOf()) >= before + 3);
    const banks = ((await figures())['banks'] as Counted[]).map(({ bankCode }) => bankCode);
    expect(banks.filter((code) => code !== null && code !== '2963')).toEqual([]);
  });

  test('T-20, T-30 another intermediary reads its own, and nothing personal is there', async () => {
    const aoba = await Intermediary.of(gateway, gateway.aoba);
    const body = await figures('', await aoba.ownToken('participants'), aoba);
    expect((body['banks'] as Counted[]).map(({ bankCode }) => bankCode)).not.toContain('2963');
    await until(async () => {
      await write();
      const [row] = await gateway.asOwner<{ n: number }>(
        'select count(*)::int as n from call_count where epsp_id = $1',
        [AOBA],
      );
      return (row?.n ?? 0) > 0;
    });
    const rows = await gateway.asOwner<Record<string, unknown>>('select * from call_count');
    expect(new Set(rows.map(({ epsp_id }) => epsp_id))).toEqual(new Set([MINATO, AOBA]));
    expect(JSON.stringify(rows)).not.toMatch(/cns_|acc_|192\./);
  });

  test('B-13, T-31 what it asked of the authorization server counts, a stranger in its name does not', async () => {
    const aoba = await Intermediary.of(gateway, gateway.aoba);
    const token = await aoba.ownToken('participants');
    const refusals = async () =>
      (await figures('', token, aoba))['refusals'] as { code: string; calls: number }[];
    const countOf = async (code: string) =>
      (await refusals()).find((refusal) => refusal.code === code)?.calls ?? 0;
    const unknown = { grant_type: 'refresh_token', refresh_token: 'nobody-was-given-this' };
    const before = await countOf('invalid_grant');
    // The stranger knows the name and has a key of its own.
    const stranger = new Intermediary(
      gateway,
      { ...aoba.software, key: minato.software.key },
      aoba.key,
    );
    expect((await stranger.token(unknown)).body['error']).toBe('invalid_client');
    expect((await aoba.token(unknown)).body['error']).toBe('invalid_grant');
    await until(async () => (await countOf('invalid_grant')) === before + 1);
    expect((await refusals()).find(({ code }) => code === 'invalid_grant')).toMatchObject({
      bankCode: null,
      fault: 'intermediary',
    });
    expect(await countOf('invalid_client')).toBe(0);
  });

  test('B-13 several processes are one gateway, and one that ends leaves nothing uncounted', async () => {
    const before = ((await figures())['total'] as Counted).calls;
    const second = await gateway.another();
    try {
      const there = new Intermediary(gateway, minato.software, minato.key, second.port);
      await until(async () => (await there.call('/v1/participants/me/duties', own)).status === 200);
    } finally {
      await second.stop();
    }
    const [row] = await gateway.asOwner<{ n: number }>(
      `select count(distinct process)::int as n from call_count where epsp_id = $1`,
      [MINATO],
    );
    expect(row?.n).toBe(2);
    expect(((await figures())['total'] as Counted).calls).toBeGreaterThan(before);
  });

  test('B-13 what is written twice is counted once', async () => {
    const before = ((await figures('?bankCode=2963'))['total'] as Counted).calls;
    await write();
    await write();
    expect(((await figures('?bankCode=2963'))['total'] as Counted).calls).toBe(before);
  });

  test('T-31 counts of long ago are swept, hours later than minutes', async () => {
    const long = (hours: number) => `now() - interval '${hours} hours'`;
    const put = (span: string, hours: number) =>
      gateway.asOwner(
        `insert into call_count (epsp_id, span, began_at, bank_code, code, fault, process, calls,
           total_ms, buckets)
         values ('epsp_old', $1, ${long(hours)}, '', '', 'nobody', gen_random_uuid(), 1, 1, '{1}')`,
        [span],
      );
    for (const hours of [1, 4]) await put('minute', hours);
    for (const hours of [4, 36 * 24]) await put('hour', hours);
    await gateway.app.get(CallCountStore, { strict: false }).sweep(Date.now(), 1_000);
    const left = await gateway.asOwner<{ span: string; n: number }>(
      `select span, count(*)::int as n from call_count where epsp_id = 'epsp_old'
       group by span order by span`,
    );
    expect(left).toEqual([
      { span: 'hour', n: 1 },
      { span: 'minute', n: 1 },
    ]);
  });
});

describe('T-31 quotas', () => {
  test('house rule: what is left of the client’s quota, over all nodes; asking for it is a call as well', async () => {
    const { quotas, links } = await figures();
    expect(links).toBe('known');
    const [client] = quotas as object[];
    expect(client).toMatchObject({
      policy: 'intermediary',
      clientId: null,
      bankCode: null,
      clause: null,
      windowSeconds: 60,
    });
    // A window may begin anew between the call and its answer.
    await until(async () => {
      const [now] = (await figures())['quotas'] as { quota: number; remaining: number }[];
      return now !== undefined && now.remaining < now.quota;
    });
  });
});

describe('D.6 a period', () => {
  const wire = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

  test.each([
    ['that ends before it begins', () => `?from=${wire(-1)}&to=${wire(-3)}`, 'validation_failed'],
    ['of minutes beyond what is kept', () => `?span=minute&from=${wire(-9)}`, 'period_too_long'],
    ['of hours longer than a month', () => `?from=${wire(-800)}`, 'period_too_long'],
    ['that is no instant', () => '?from=yesterday', 'validation_failed'],
    ['of before the calendar', () => '?from=0000-01-01T00:00:00Z', 'validation_failed'],
    ['of after it', () => '?to=9999-12-31T23:59:59-14:00', 'validation_failed'],
    ['by days', () => '?span=day', 'validation_failed'],
  ])('%s is refused', async (_title, query, code) => {
    const { status, body } = await minato.call(`${ME}${query()}`, own);
    expect([status, body['code']]).toEqual([400, code]);
  });

  test('before anything was counted is empty, with the zeroes said', async () => {
    const body = await figures(`?from=${wire(-72)}&to=${wire(-48)}`);
    expect(body).toMatchObject({
      total: { calls: 0, ownFaults: 0, latency: { meanMs: null, p50Ms: null } },
      banks: [],
      refusals: [],
      series: [],
    });
  });
});
