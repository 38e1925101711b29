import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { OutageView } from '../../src/bank/index.js';
import { obtainToken } from './approve.js';
import { accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';
import { until } from './wait-until.js';

const HOUR = 3_600_000;
const accounts = '/v1/banks/2963/accounts';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let token: string;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  token = (await obtainToken(minato, accountInformation())).accessToken;
});
afterEach(async () => {
  gateway.bank.outages.splice(0);
  await until(async () => (await read()).status === 200);
});
afterAll(() => gateway.stop());

const read = (): Promise<Answer> => minato.call(accounts, token);
const wire = (inMs: number) => new Date(Date.now() + inMs).toISOString();
const announce = (over: Partial<OutageView> = {}): OutageView => {
  const outage: OutageView = {
    outageId: 'out_01j00000000000000000000000',
    bankCode: '2963',
    kind: 'planned',
    state: 'running',
    functions: [],
    announcedAt: wire(-8 * 24 * HOUR),
    startsAt: wire(-HOUR),
    endsAt: wire(HOUR),
    endedAt: null,
    ...over,
  };
  gateway.bank.outages.push(outage);
  return outage;
};
/** The copy of the announcements has been read anew since now. */
const heard = async () => {
  const asked = () => gateway.bank.callsTo('outages').length;
  const before = asked();
  // The second of two questions is asked after the first one's answer was taken in.
  await until(() => asked() >= before + 2);
};

describe('D.5 in a window that the institution announced', () => {
  test('a read is 503 maintenance: who, until when, and nothing is asked of the bank', async () => {
    const { endsAt } = announce();
    await until(async () => (await read()).body['code'] === 'maintenance');
    const before = gateway.bank.callsTo('accounts').length;
    const refused = await read();
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject({
      code: 'maintenance',
      retryable: true,
      facts: { bankCode: '2963', until: expect.stringMatching(/\+09:00$/) },
    });
    const { until: told } = refused.body['facts'] as { until: string };
    expect(Date.parse(told)).toBe(Date.parse(endsAt ?? ''));
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(3_600);
    expect(gateway.bank.callsTo('accounts')).toHaveLength(before);
  });

  test.each([
    ['a consent', accountInformation(), 0],
    ['a transfer', transferInitiation('pushed-in-a-window'), 1],
  ])(
    'a push for %s is told the same, and nothing of it is kept',
    async (_title, details, calls) => {
      const kept = async () => {
        const stored = await gateway.asOwner(
          `select from oidc_artifact where model = 'PushedAuthorizationRequest'`,
        );
        return [stored.length, gateway.bank.callsTo('transfers').length] as const;
      };
      const push = () => minato.post('/par', minato.request(details).params);
      announce();
      await until(async () => (await read()).body['code'] === 'maintenance');
      const [stored, asked] = await kept();
      const refused = await push();
      expect([refused.status, refused.body['error']]).toEqual([503, 'temporarily_unavailable']);
      expect(refused.body['error_description']).toMatch(/^maintenance: /);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await kept()).toEqual([stored, asked]);
      // The same push afterwards leaves what would have been seen.
      gateway.bank.outages.splice(0);
      await until(async () => (await read()).status === 200);
      expect((await push()).status).toBe(201);
      expect(await kept()).toEqual([stored + 1, asked + calls]);
    },
  );

  test('RKN-D6 a consent can be seen and ended all the same', async () => {
    announce();
    await until(async () => (await read()).body['code'] === 'maintenance');
    const own = await minato.ownToken('consents');
    expect((await minato.call('/v1/banks/2963/consents', own)).status).toBe(200);
  });

  test('what the bank can serve passes, whatever else was announced', async () => {
    announce({ bankCode: '2972' });
    announce({ functions: ['transfer_initiation'] });
    announce({ state: 'planned', startsAt: wire(HOUR), endsAt: wire(2 * HOUR) });
    announce({ state: 'planned', startsAt: wire(-2 * HOUR), endsAt: wire(-HOUR) });
    announce({ state: 'cancelled' });
    announce({ state: 'over' });
    announce({ kind: 'incident', endsAt: null });
    await heard();
    expect((await read()).status).toBe(200);
  });

  test('it is over by itself when the bank says so', async () => {
    const outage = announce();
    await until(async () => (await read()).body['code'] === 'maintenance');
    Object.assign(outage, { state: 'over' });
    await until(async () => (await read()).status === 200);
  });

  test('what the bank calls running has begun and is not over, whatever the clock of this host shows', async () => {
    const stateNow = async () => {
      const banks = (await minato.call('/v1/status', token)).body['banks'];
      return (banks as { bankCode: string; state: string }[]).find((one) => one.bankCode === '2963')
        ?.state;
    };
    for (const [from, to] of [
      [HOUR, 2 * HOUR],
      [-2 * HOUR, -HOUR],
    ] as const) {
      announce({ startsAt: wire(from), endsAt: wire(to) });
      await until(async () => (await read()).body['code'] === 'maintenance');
      await until(async () => (await stateNow()) === 'maintenance');
      gateway.bank.outages.splice(0);
      await until(async () => (await read()).status === 200);
    }
  });

  test('RKN-S1 an extension is told the same before anything is asked of the bank', async () => {
    const consentId = 'cns_01j00000000000000000000001';
    const asked = () => gateway.bank.callsTo(`consents/${consentId}`).length;
    const push = () => {
      const detail = { type: 'consent_extension', bank_code: '2963', consent_id: consentId };
      const { params } = minato.request({ ...detail, term_days: 200, chain_partner: 'none' });
      return minato.post('/par', params);
    };
    const before = asked();
    const outage = announce();
    await until(async () => (await read()).body['code'] === 'maintenance');
    // As a bank behind such a window may be: whoever asked it would hear nothing.
    gateway.bank.refusals.set(`consents/${consentId}`, 'silence');
    const refused = await push();
    gateway.bank.refusals.clear();
    expect([refused.status, refused.body['error']]).toEqual([503, 'temporarily_unavailable']);
    expect(refused.body['error_description']).toMatch(/^maintenance: /);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(asked()).toBe(before);
    // Where only some functions are away, what the consent holds decides, and the bank knows it.
    Object.assign(outage, { functions: ['balances_read'] });
    await until(async () => (await read()).status === 200);
    expect((await push()).body['error_description']).toMatch(/^maintenance: /);
    expect(asked()).toBe(before + 1);
  });
});
