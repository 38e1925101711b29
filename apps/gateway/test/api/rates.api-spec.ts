import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { seed } from '../../seeds/index.js';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import { accountInformation, AOBA, MINATO, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';
import { assertionOf, newSoftware, type Software } from './software.js';
import { untilRefused } from './until-refused.js';
import { until } from './wait-until.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
const QUOTA = 80;
const PRESENT = { headers: { 'x-fapi-customer-ip-address': '192.0.2.7' } };

let gateway: GatewayUnderTest;
let minato: Intermediary;
let aoba: Intermediary;

beforeAll(async () => {
  // What an address may ask is far away: pushes are repeated until something has been heard of.
  const limits = {
    GATEWAY_ADDRESS_REQUESTS_PER_MINUTE: '100000',
    GATEWAY_ADDRESS_CLIENT_REQUESTS_PER_MINUTE: '100000',
  };
  gateway = await startGateway({ callsPerMinute: QUOTA, unattendedPerDay: 4, limits });
  minato = await Intermediary.of(gateway);
  aoba = await Intermediary.of(gateway, gateway.aoba);
});
afterAll(() => gateway.stop());

const policiesOf = ({ headers }: Answer) => [
  headers.get('ratelimit-policy'),
  headers.get('ratelimit'),
];

/** Asks until a quota is used up, however many windows the machine needs for that. */
async function refusedAtLast(ask: () => Promise<Answer>): Promise<Answer> {
  let last = await ask();
  await until(async () => last.status === 429 || (last = await ask()).status === 429);
  return last;
}

describe('T-31 the store of quotas', () => {
  test('a store that is silent refuses, and everything is good again when it is back', async () => {
    const { accessToken } = await obtainToken(minato, accountInformation());
    await gateway.asOwner('alter table rate_use rename to rate_use_away');
    const refused = await minato.call(ACCOUNTS, accessToken, PRESENT);
    await gateway.asOwner('alter table rate_use_away rename to rate_use');
    expect([refused.status, refused.body['code']]).toEqual([503, 'temporarily_unavailable']);
    expect((await minato.call(ACCOUNTS, accessToken, PRESENT)).status).toBe(200);
  });

  describe('house rule: reads while nobody waits', () => {
    test('the fifth of the day is refused, until midnight in Japan; with the customer there it is not', async () => {
      const { accessToken } = await obtainToken(minato, accountInformation());
      const read = (path = ACCOUNTS, over: object = {}) => minato.call(path, accessToken, over);
      const answers: Answer[] = [];
      const asked = Date.now();
      for (let nth = 0; nth < 5; nth += 1) answers.push(await read());
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
      const refused = answers[4] as Answer;
      expect(refused.body).toMatchObject({
        code: 'quota_exceeded',
        retryable: true,
        'violated-policies': ['unattended'],
        facts: { policy: 'unattended' },
      });
      const [policies, standing] = policiesOf(refused);
      expect(policies).toBe(
        `"intermediary";q=${QUOTA};w=60, "consent";q=20;w=60, "unattended";q=4;w=86400`,
      );
      expect(standing).toMatch(/"unattended";r=0;t=\d+$/);
      const wait = Number(refused.headers.get('retry-after'));
      // Seconds until midnight in Tokyo, counted at some moment between the question and now.
      const [DAY, TOKYO, SECOND] = [86_400_000, 9 * 3_600_000, 1_000];
      const earliest = asked + wait * SECOND - SECOND;
      const midnight = Math.ceil((earliest + TOKYO) / DAY) * DAY - TOKYO;
      expect(midnight).toBeLessThanOrEqual(Date.now() + wait * SECOND + SECOND);
      expect((await read(ACCOUNTS, PRESENT)).status).toBe(200);
      const [{ accountId = '' } = {}] = (answers[0]?.body['data'] ?? []) as { accountId: string }[];
      expect((await read(`${ACCOUNTS}/${accountId}/balances`)).status).toBe(200);
    });
  });

  describe('house rule: one intermediary leaves room for the others', () => {
    test('two processes share the quota of a client and of a consent; another client has its own', async () => {
      const second = await gateway.another();
      try {
        const { accessToken } = await obtainToken(aoba, accountInformation());
        const there = new Intermediary(gateway, aoba.software, aoba.key, second.port);
        await until(async () => (await there.call(ACCOUNTS, accessToken, PRESENT)).status !== 503);
        const answers: Answer[] = [];
        for (let nth = 0; nth < 32; nth += 1) {
          const who = nth % 2 === 0 ? aoba : there;
          answers.push(await who.call(ACCOUNTS, accessToken, PRESENT));
        }
        const passed = answers.filter(({ status }) => status === 200);
        // A quarter of eighty, and whatever `until` used; never more, whichever process was asked.
        expect(passed.length).toBeLessThanOrEqual(20);
        expect(passed.length).toBeGreaterThan(0);
        expect(answers.at(-1)?.body).toMatchObject({ 'violated-policies': ['consent'] });
        const { accessToken: other } = await obtainToken(minato, accountInformation());
        expect((await minato.call(ACCOUNTS, other, PRESENT)).status).toBe(200);
      } finally {
        await second.stop();
      }
    });
  });
});

describe('RKN-S4c a measure lowers the rate of a link', () => {
  const lowered = {
    epspId: AOBA,
    chainPartnerId: '*',
    function: 'full_rate',
    state: 'restricted',
    callsPerMinuteMax: 2,
  };

  test('INT-17 the gateway counts by the link’s copy, on every node, and says by which clause', async () => {
    const own = { ...APPROVED, consent: { ...CONSENT, consentId: 'cns_of_this_rate' } };
    const { accessToken } = await obtainToken(aoba, accountInformation(), own);
    const { accessToken: other } = await obtainToken(minato, accountInformation());
    gateway.bank.changeLink('2963', lowered);
    await until(async () => {
      const [policies] = policiesOf(await aoba.call(ACCOUNTS, accessToken, PRESENT));
      return policies?.includes('"link";q=2;w=60') === true;
    });
    const second = await gateway.another();
    try {
      const there = new Intermediary(gateway, aoba.software, aoba.key, second.port);
      await until(async () => (await there.call(ACCOUNTS, accessToken, PRESENT)).status !== 503);
      const [refused, passed] = await untilRefused(() =>
        there.call(ACCOUNTS, accessToken, PRESENT),
      );
      expect(passed).toBeLessThanOrEqual(4);
      expect(refused.body).toMatchObject({
        code: 'quota_exceeded',
        clause: 'RKN-S4c',
        retryable: true,
        facts: { policy: 'link' },
      });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await second.stop();
    }
    expect((await minato.call(ACCOUNTS, other, PRESENT)).status).toBe(200);
  });

  test('INT-17 a push is a call as well', async () => {
    const [refused] = await untilRefused(() =>
      aoba.post('/par', aoba.request(accountInformation()).params),
    );
    expect(refused.body).toMatchObject({
      error: 'temporarily_unavailable',
      error_description: expect.stringContaining('RKN-S4c'),
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('RKN-S4c/f lifted, the full rate is back', async () => {
    const { accessToken } = await obtainToken(minato, accountInformation());
    gateway.bank.changeLink('2963', { ...lowered, state: 'active' });
    await until(async () => {
      const answer = await aoba.post('/par', aoba.request(accountInformation()).params);
      return answer.status === 201;
    });
    expect((await minato.call(ACCOUNTS, accessToken, PRESENT)).status).toBe(200);
  });
});

describe('INT-17 which pushes a lowered rate counts', () => {
  const full = { epspId: AOBA, chainPartnerId: '*', function: 'full_rate', state: 'active' };
  afterEach(() => gateway.bank.changeLink('2963', full));

  /** Lowers the rate and waits until it holds, without using any of it: what follows on the stream is heard later. */
  async function lowerTo(callsPerMinuteMax: number): Promise<void> {
    gateway.bank.changeLink('2963', { ...full, state: 'restricted', callsPerMinuteMax });
    const next = { epspId: MINATO, chainPartnerId: '*', function: 'new_consents' };
    const push = () => minato.post('/par', minato.request(accountInformation()).params);
    gateway.bank.changeLink('2963', { ...next, state: 'restricted' });
    await until(async () => (await push()).status === 400);
    gateway.bank.changeLink('2963', { ...next, state: 'active' });
    await until(async () => (await push()).status === 201);
  }

  test('INT-17 a demand for a nonce is none: of one a minute a push with a proof can be made', async () => {
    await lowerTo(1);
    const push = async (nonce?: string) => {
      const dpop = await aoba.key.proof('POST', `${gateway.origin}/par`, { nonce });
      return aoba.post('/par', aoba.request(accountInformation()).params, { dpop });
    };
    // Were they counted, no five of them could fall into five minutes.
    for (let nth = 0; nth < 5; nth += 1)
      expect(await push()).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } });
    expect((await push(aoba.nonceOf('/par'))).status).toBe(201);
  });

  test('INT-17 RKN-S4c a push for an extension counts, and beyond the rate the bank is not asked', async () => {
    await lowerTo(3);
    const consentId = 'cns_01j00000000000000000000077';
    const detail = {
      type: 'consent_extension',
      bank_code: '2963',
      consent_id: consentId,
      term_days: 200,
      chain_partner: 'none',
    };
    const [refused, passed] = await untilRefused(() =>
      aoba.post('/par', aoba.request(detail).params),
    );
    expect(refused.body).toMatchObject({
      error: 'temporarily_unavailable',
      error_description: expect.stringContaining('RKN-S4c'),
    });
    expect(gateway.bank.callsTo(`consents/${consentId}`)).toHaveLength(passed);
  });
});

describe('RKN-S4c a measure takes new consents away', () => {
  test('INT-17 nothing new may be asked for; what was agreed to is read, and a transfer is asked for', async () => {
    const { accessToken } = await obtainToken(minato, accountInformation());
    const link = { epspId: MINATO, chainPartnerId: '*', function: 'new_consents' };
    gateway.bank.changeLink('2963', { ...link, state: 'restricted' });
    const push = () => minato.post('/par', minato.request(accountInformation()).params);
    await until(async () => (await push()).status === 400);
    expect((await push()).body).toMatchObject({
      error: 'invalid_authorization_details',
      error_description: expect.stringContaining('linkage_restricted'),
    });
    expect((await minato.call(ACCOUNTS, accessToken, PRESENT)).status).toBe(200);
    const paying = minato.request(transferInitiation('beside')).params;
    expect((await minato.post('/par', paying)).status).toBe(201);
    gateway.bank.changeLink('2963', { ...link, state: 'active' });
    await until(async () => (await push()).status === 201);
  });
});

describe('T-31 before anybody has proven who it is', () => {
  test('T-31 a stranger who names a client uses up its own address and nothing of the client’s', async () => {
    const lonely = await startGateway({ callsPerMinute: 12 });
    try {
      const there = await Intermediary.of(lonely);
      const stolen = lonely.aoba.key;
      const flood = {
        client_assertion: await assertionOf(lonely.minato, lonely.origin, {}, stolen),
      };
      expect((await there.post('/token', flood)).status).toBe(401);
      const last = await refusedAtLast(() => there.post('/token', flood));
      expect([last.status, last.body['error']]).toEqual([429, 'temporarily_unavailable']);
      expect(last.headers.get('ratelimit-policy')).toBe('"address-client";q=12;w=60');
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
      // The same address naming another client, and its calls of the API, go on.
      const other = await Intermediary.of(lonely, lonely.aoba);
      expect((await other.post('/token', {})).status).toBe(400);
      const refused = await refusedAtLast(() => there.send('GET', '/jwks'));
      expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([
        429,
        '"address";q=60;w=60',
      ]);
    } finally {
      await lonely.stop();
    }
  });
});

describe('T-31 a resource server', () => {
  test('T-31 asks about one client’s tokens as often as it likes; what the client may name stays its own', async () => {
    const software = await newSoftware('ledger-api', 'nobody');
    const NAMED = 8;
    const named = await startGateway({
      resourceServers: [{ clientId: 'ledger-api', metadata: { jwks: software.seed.jwks } }],
      limits: { GATEWAY_ADDRESS_CLIENT_REQUESTS_PER_MINUTE: String(NAMED) },
    });
    try {
      const server = await Intermediary.of(named, software);
      const client = await Intermediary.of(named);
      const token = await client.ownToken();
      for (let nth = 0; nth < 4 * NAMED; nth += 1) {
        const answer = await server.post('/introspect', { token }, { accept: 'application/json' });
        expect(answer).toMatchObject({ status: 200, body: { active: true } });
      }
      expect(await client.ownToken()).not.toBe('');
      const last = await refusedAtLast(() => client.post('/token', {}));
      expect(last.headers.get('ratelimit-policy')).toBe(`"address-client";q=${NAMED};w=60`);
    } finally {
      await named.stop();
    }
  });
});

describe('house rule: a quota is the intermediary’s', () => {
  test('further software is no further quota; another intermediary has its own', async () => {
    const CALLS = 12;
    const few = await startGateway({ callsPerMinute: CALLS });
    try {
      const second = await newSoftware('minato-second', MINATO);
      await seed(few.databases.gateway.ownerUrl, { clients: [second.seed] });
      const own = async (software: Software) => {
        const client = await Intermediary.of(few, software);
        const token = await client.ownToken('participants');
        return () => client.call('/v1/participants/me/metrics', token);
      };
      const calls = [await own(few.minato), await own(second)] as const;
      let nth = 0;
      const [refused, passed] = await untilRefused(() => calls[(nth++ % 2) as 0 | 1](), 4 * CALLS);
      expect(refused.body).toMatchObject({ 'violated-policies': ['intermediary'] });
      expect(refused.headers.get('ratelimit-policy')).toBe(`"intermediary";q=${CALLS};w=60`);
      // Also where two windows met: a quota for each software would have let twice as many through.
      expect(passed).toBeLessThan(2 * CALLS);
      const ofAnother = await own(few.aoba);
      expect((await ofAnother()).status).toBe(200);
    } finally {
      await few.stop();
    }
  });
});
