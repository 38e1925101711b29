import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withConnection } from '../../../../tools/databases/index.js';
import type { Intermediary, Tokens } from '../../../../tools/flow/intermediary.js';
import { machineNow } from '../../../../tools/machine-clock.js';
import { cutDatabase, mendDatabase } from './cut-database.js';
import { AOBA, householdRequest, MINATO, paymentRequest, Scene, TSUBAME, until } from './scene.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let scene: Scene;
let minato: Intermediary;
let taro: Tokens;
let own: string;

beforeAll(async () => {
  scene = await Scene.open();
  minato = scene.intermediary(MINATO);
  taro = await scene.consented(minato, scene.person('taro-2963'), householdRequest('2963'));
  own = await minato.ownToken('transfers:status participants');
});
afterAll(() => scene.close());

const ACCOUNTS = '/v1/banks/2963/accounts';
const accountOf = async (tokens: Tokens, bank = '2963') => {
  const { body } = await minato.get(tokens.accessToken, `/v1/banks/${bank}/accounts`);
  return (body['data'] as { accountId: string }[])[0]!.accountId;
};

describe('pages', () => {
  test.each(['transactions', 'incoming-transfers'])(
    'B-3 following the server’s own links gives every row of %s once, and the last page has no next',
    async (list) => {
      const path = `${ACCOUNTS}/${await accountOf(taro)}/${list}`;
      const idsOf = (body: Readonly<Record<string, unknown>>) =>
        (body['data'] as { transactionId: string }[]).map(({ transactionId }) => transactionId);
      const whole = await minato.get(taro.accessToken, path, { limit: '500' });
      expect(whole.body['meta']).toMatchObject({ hasMore: false });
      const size = Math.max(2, Math.ceil(idsOf(whole.body).length / 6));
      const seen: string[] = [];
      const followed = new Set<string>();
      let next: string | undefined = `${path}?limit=${size}`;
      while (next !== undefined) {
        expect(followed.has(next)).toBe(false);
        followed.add(next);
        const page = await minato.get(taro.accessToken, next);
        expect(page.body['links']).toMatchObject({ self: next });
        seen.push(...idsOf(page.body));
        next = (page.body['links'] as { next?: string }).next;
        expect(page.body['meta']).toMatchObject({ hasMore: next !== undefined });
      }
      expect(seen).toEqual(idsOf(whole.body));
      expect(followed.size).toBeGreaterThan(2);
    },
  );

  test('B-3 a cursor of one list or period opens no other', async () => {
    const path = `${ACCOUNTS}/${await accountOf(taro)}`;
    const first = await minato.get(taro.accessToken, `${path}/transactions`, { limit: '1' });
    const { next } = first.body['links'] as { next: string };
    const cursor = new URL(next, 'https://x').searchParams.get('cursor')!;
    for (const [list, query] of [
      ['incoming-transfers', {}],
      ['transactions', { from: '2026-01-01' }],
    ] as const) {
      const refused = await minato.get(taro.accessToken, `${path}/${list}`, { ...query, cursor });
      expect([refused.status, refused.body['code']]).toEqual([400, 'cursor_mismatch']);
    }
  });
});

describe('refusals', () => {
  const calls: [string, string, () => Promise<string>][] = [
    ['GET', '/v1/banks/2963/nothing', async () => taro.accessToken],
    ['GET', '/v1/banks/9999/accounts', async () => taro.accessToken],
    ['GET', `${ACCOUNTS}/acc_x/balances`, async () => taro.accessToken],
    ['DELETE', ACCOUNTS, async () => taro.accessToken],
    ['GET', '/v1/banks/2963/transfers?instructionId=nobody', async () => own],
    ['POST', '/v1/banks/2963/transfer-quotes', async () => own],
    ['GET', `${ACCOUNTS}?limit=%00`, async () => 'not-a-token-at-all-0000'],
  ];

  /** What every refusal of the API is, whatever its status. */
  async function expectRefusal(
    method: string,
    path: string,
    token: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const interaction = randomUUID();
    const { status, body, headers } = await minato.send(method, token, path, {
      headers: { 'x-fapi-interaction-id': interaction, 'accept-language': 'en' },
    });
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('content-language')).toBe('en');
    expect(headers.get('x-fapi-interaction-id')).toBe(interaction);
    expect(body).toMatchObject({
      code: expect.stringMatching(/^[a-z_]+$/),
      status,
      instance: `urn:uuid:${interaction}`,
      detail: body['detail_en'],
      detail_en: expect.stringMatching(/[A-Za-z]/),
      detail_ja: expect.stringMatching(/[ぁ-ん]/),
    });
    return body;
  }

  test.each(calls)(
    'B-4 B-26 %s %s: problem+json with code, both languages and the interaction id',
    async (method, path, token) => {
      const { status } = await expectRefusal(method, path, await token());
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  test('B-4 B-26 a failure that nobody foresaw is a 500 in the same form, without its inside', async () => {
    const { adminUrl } = scene.system.databases.gateway;
    const rename = (from: string, to: string) =>
      withConnection(adminUrl, (client) => client.query(`alter table ${from} rename to ${to}`));
    const token = await minato.ownToken('events');
    const path = '/v1/event-subscriptions';
    await rename('event_subscription', 'event_subscription_gone');
    const body = await expectRefusal('GET', path, token);
    await rename('event_subscription_gone', 'event_subscription');
    expect(body).toMatchObject({ status: 500, code: 'internal_error' });
    expect(JSON.stringify(body)).not.toMatch(/event_subscription|relation|select|\.js/);
    expect((await minato.get(token, path)).status).toBe(200);
  });

  test('B-4 B-26 while the gateway’s database is away it is a 503 in the same form', async () => {
    const { gateway } = scene.system.databases;
    await cutDatabase(gateway);
    const body = await expectRefusal('GET', ACCOUNTS, taro.accessToken);
    await mendDatabase(gateway);
    expect(body).toMatchObject({
      status: 503,
      code: 'temporarily_unavailable',
      retryable: true,
      facts: { bankCode: '2963' },
    });
    await until(async () => (await minato.get(taro.accessToken, ACCOUNTS)).status === 200);
  });

  test('B-26 who sends no id, or none that is a UUID, is given one on every answer', async () => {
    for (const sent of ['', 'not-a-uuid']) {
      const answer = await minato.send('GET', taro.accessToken, ACCOUNTS, {
        headers: { 'x-fapi-interaction-id': sent },
      });
      expect([answer.status, answer.headers.get('x-fapi-interaction-id')]).toEqual([
        200,
        expect.stringMatching(UUID),
      ]);
    }
  });
});

describe('outcomes', () => {
  test('B-7 the state is readable from the push on, by id and by instruction id, and never unknown', async () => {
    const [debit] = scene.person('taro-2963').accounts;
    const [account] = scene.person('hanako-2963').accounts;
    const detail = paymentRequest({
      bankCode: '2963',
      instructionId: `b7-${randomUUID()}`,
      debit: debit!,
      creditor: {
        bank: '2963',
        branch: account!.branchCode,
        type: account!.accountType,
        number: account!.accountNumber,
        kana: 'ミナト ハナコ',
      },
      amount: '1100',
    });
    const quote = await minato.send('POST', own, '/v1/banks/2963/transfer-quotes', {
      headers: { 'x-chain-partner-id': 'none' },
      body: {
        debitBranchCode: debit!.branchCode,
        creditor: {
          bankCode: '2963',
          branchCode: account!.branchCode,
          accountType: account!.accountType,
          accountNumber: account!.accountNumber,
          nameKana: 'ミナト ハナコ',
        },
        amount: { amount: '1100', currency: 'JPY' },
      },
    });
    expect(quote.body).toMatchObject({ payeeName: 'match', fee: { amount: '0' } });
    const pushed = await minato.push('transfers', detail);
    const query = { instructionId: detail.instruction_id };
    const received = await minato.get(own, '/v1/banks/2963/transfers', query);
    expect(received.body).toMatchObject({ status: 'RCVD', fee: null });
    const holder = await scene.freshFactors('taro-2963');
    await scene.walk(minato, pushed, holder);
    const byId = await minato.get(own, `/v1/banks/2963/transfers/${received.body['transferId']}`);
    expect(byId.body).toMatchObject({ status: 'ACSC', fee: { amount: '0' } });
    const today = String(byId.body['requestedDate']);
    const day = await minato.get(own, `/v1/banks/2963/reconciliations/${today}`);
    expect(day.body).toMatchObject({ count: 1, amount: { amount: '1100' }, isFinal: false });
  });
});

describe('standing', () => {
  const standing = async (by: Intermediary, token: string) =>
    (await by.get(token, '/v1/participants/me/standing')).body as {
      worst: string;
      banks: { bankCode: string; state: string; measures: { clause: string; until: string }[] }[];
    };

  test('B-12 a held link says why, by which clause and until when, while calls are refused', async () => {
    expect(await standing(minato, own)).toMatchObject({ worst: 'active' });
    const endsAt = new Date(machineNow() + 24 * 3_600_000).toISOString().slice(0, 19);
    const args = ['--bank', '2951', '--epsp', MINATO];
    await scene.staff('hold', ...args, '--basis', 'story', '--until', `${endsAt}+00:00`);
    await until(async () => (await standing(minato, own)).worst === 'suspended');
    const { banks } = await standing(minato, own);
    expect(banks.find(({ bankCode }) => bankCode === '2951')).toMatchObject({
      state: 'suspended',
      duties: { discloseData: false, acceptWithdrawals: true, endConsents: false },
      measures: [{ clause: 'INT-13', until: expect.any(String), duty: { ja: expect.any(String) } }],
    });
    expect(banks.find(({ bankCode }) => bankCode === '2963')).toMatchObject({ state: 'active' });
    await scene.staff('release', ...args);
    await until(async () => (await standing(minato, own)).worst === 'active');
  });

  test('T-29 a holder’s lock is no part of it', async () => {
    await scene.bank.query(
      `update holder set service_state = 'locked' where login_id = 'taro-2963'`,
    );
    const refused = await minato.get(taro.accessToken, ACCOUNTS);
    const told = await standing(minato, own);
    await scene.bank.query(
      `update holder set service_state = 'active' where login_id = 'taro-2963'`,
    );
    expect([refused.status, refused.body['code']]).toEqual([403, 'holder_unavailable']);
    expect(told.worst).toBe('active');
    expect(JSON.stringify(told)).not.toMatch(/\block|holder|hld_/);
  });

  test('B-10 a partner is proposed, corrected and taken back; the register names contracted ones', async () => {
    const aoba = scene.intermediary(AOBA);
    const token = await aoba.ownToken('participants');
    const PARTNERS = '/v1/participants/me/chain-partners';
    const made = await aoba.send('POST', token, PARTNERS, {
      headers: { 'idempotency-key': randomUUID() },
      body: {
        nameJa: 'かもめ家計',
        nameKana: 'カモメカケイ',
        nameEn: 'Kamome Kakei',
        legalBasis: '電子決済等代行業再委託者',
        contractFrom: '2026-01-01',
        directions: ['INFO_OUT'],
        functions: ['accounts_read'],
      },
    });
    expect([made.status, made.body['status']]).toEqual([201, 'proposed']);
    const one = made.headers.get('location')!;
    expect((await aoba.get(token, one)).body).toEqual(made.body);
    expect((await minato.get(own, one)).status).toBe(404);
    const change = (more: object, etag?: string) =>
      aoba.send('PATCH', token, one, {
        ...(etag ? { headers: { 'if-match': etag } } : {}),
        body: { purpose: '家計簿への表示', ...more },
      });
    expect((await change({})).status).toBe(428);
    const etag = made.headers.get('etag')!;
    const changed = await change({ contractTo: '2030-03-31' }, etag);
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...made.body, purpose: '家計簿への表示', contractTo: '2030-03-31' },
    ]);
    expect(await change({}, etag)).toMatchObject({ status: 412 });
    const newest = changed.headers.get('etag')!;
    expect((await aoba.get(token, one)).headers.get('etag')).toBe(newest);
    const tooWide = { legalBasisKind: 'technical_subcontractor', standsBeforeEpsp: true };
    expect(await change(tooWide, newest)).toMatchObject({
      status: 422,
      body: { code: 'not_a_chain_partner', clause: 'RKN-D2' },
    });
    const theirs = await minato.send('PATCH', own, one, {
      headers: { 'if-match': newest },
      body: { nameEn: 'Mine' },
    });
    expect(theirs.status).toBe(404);
    const register = await scene.system.fetch(
      `${scene.system.gatewayOrigin}/v1/register/chain-partners`,
      { method: 'GET' },
    );
    const listed = (await register.text()).toString();
    expect(listed).toContain(TSUBAME);
    expect(listed).not.toContain(String(made.body['chainPartnerId']));
    expect((await aoba.send('DELETE', token, one)).status).toBe(204);
    const over = await aoba.get(token, one);
    expect(over.body).toMatchObject({ status: 'withdrawn' });
    expect(await change({}, over.headers.get('etag')!)).toMatchObject({
      status: 409,
      body: { code: 'proposal_closed', clause: 'RKN-C1a' },
    });
  });

  test('B-6 one key is one effect: the same answer again, another body refused, no key no change', async () => {
    const aoba = scene.intermediary(AOBA);
    const token = await aoba.ownToken('participants');
    const PARTNERS = '/v1/participants/me/chain-partners';
    const body = {
      nameJa: 'ちどり家計',
      nameKana: 'チドリカケイ',
      nameEn: 'Chidori Kakei',
      legalBasis: '電子決済等代行業再委託者',
      contractFrom: '2026-01-01',
      directions: ['INFO_OUT'],
      functions: ['accounts_read'],
    };
    const propose = (key: string, more: object = {}) =>
      aoba.send('POST', token, PARTNERS, {
        headers: { 'idempotency-key': key },
        body: { ...body, ...more },
      });
    const named = async () => {
      const { body: page } = await aoba.get(token, PARTNERS);
      const all = page['data'] as { chainPartnerId: string; nameJa: string }[];
      return all.filter(({ nameJa }) => nameJa === body.nameJa);
    };
    const keyless = await propose('');
    expect([keyless.status, keyless.body['code']]).toEqual([400, 'idempotency_key_missing']);
    expect(await named()).toEqual([]);
    const key = randomUUID();
    const once = await Promise.all([propose(key), propose(key), propose(key)]);
    // Who comes while the first is under way is told to come again, and then gets its answer.
    for (const { status } of once) expect([201, 409]).toContain(status);
    const again = await propose(key);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await named()).toMatchObject([{ chainPartnerId: again.body['chainPartnerId'] }]);
    const other = await propose(key, { nameJa: '別の名' });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency_key_reused']);
    expect(await named()).toHaveLength(1);
    await aoba.send('DELETE', token, again.headers.get('location') ?? '');
  });

  test('own notices: a change needs the version that was read', async () => {
    const ME = '/v1/participants/me';
    const before = await minato.get(own, ME);
    const etag = before.headers.get('etag')!;
    const change = (headers: Record<string, string>) =>
      minato.send('PATCH', own, ME, { headers, body: { noticeMail: 'desk@minato.example' } });
    expect((await change({})).status).toBe(428);
    const changed = await change({ 'if-match': etag });
    expect([changed.status, changed.body['desk']]).toEqual([
      200,
      { noticeMail: 'desk@minato.example', noticePhone: null },
    ]);
    expect(await change({ 'if-match': etag })).toMatchObject({
      status: 412,
      body: { code: 'version_conflict' },
    });
  });
});

describe('the public register', () => {
  test.each(['participants', 'applications', 'chain-partners'])(
    'B-12 %s: without a token, with a strong tag, and 304 for who holds the same bytes',
    async (list) => {
      const url = `${scene.system.gatewayOrigin}/v1/register/${list}`;
      const read = (headers: Record<string, string> = {}) =>
        scene.system.fetch(url, { method: 'GET', headers });
      const first = await read();
      const etag = first.headers.get('etag') ?? '';
      expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[A-Za-z0-9_-]{43}"$/)]);
      expect(first.headers.get('cache-control')).toMatch(/^public/);
      expect(first.headers.get('x-fapi-interaction-id')).toMatch(UUID);
      const again = await read({ 'if-none-match': `"other", ${etag}` });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect((await read({ 'if-none-match': '"other"' })).status).toBe(200);
    },
  );
});
