import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate, sha256Hex } from '#libs/kernel';
import { ConsentsService } from '../../src/consents/index.js';
import { ReadRecorder } from '../../src/records/read-recorder.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, must, partyOf, TransferWalk, type Party } from './transfer-stories.js';

interface Leg {
  readonly transactionId: string;
  readonly bookingDate: string;
  readonly direction: 'credit' | 'debit';
  readonly amountYen: string;
  readonly balanceAfterYen: string;
  readonly description: string;
  readonly kind: string;
}

describe('照会 through the internal API', () => {
  let bank: BankCoreUnderTest;
  let walk: TransferWalk;
  let taro: Party;
  let hanako: Party;
  let savings: string;
  let consent: string;

  beforeAll(async () => {
    bank = await startBankCore();
    walk = new TransferWalk(bank);
    taro = await partyOf(bank, CHUO, 'taro-2963');
    hanako = await partyOf(bank, CHUO, 'hanako-2963');
    const [row] = await bank.admin<{ public_id: string }>(
      `select public_id from account_detail where institution_id = $1 and holder_id = $2 and account_type = '4'`,
      [CHUO, taro.holderId],
    );
    savings = row?.public_id ?? '';
    consent = await grant(
      ['accounts_read', 'balances_read', 'transactions_read'],
      [taro.accountId],
    );
  });
  afterAll(() => bank.stop());

  async function grant(
    permissions: ('accounts_read' | 'balances_read' | 'transactions_read')[],
    accountIds: string[],
  ): Promise<string> {
    const at = await walk.now();
    const text = 'Wording';
    const granted = await bank.database.inInstitution(CHUO, (tx) =>
      bank.app.get(ConsentsService, { strict: false }).grant(tx, {
        institutionId: CHUO,
        holderId: taro.holderId,
        clientId: minato.client,
        epspId: minato.epsp,
        chainPartnerId: 'none',
        permissions,
        purpose: 'household_accounting',
        accountIds,
        wording: { version: '1', text, hash: `sha256:${sha256Hex(text)}` },
        askedAt: at,
        decideBy: at + 600_000,
        at,
        expiresAt: at + 90 * 86_400_000,
        interactionId: randomUUID(),
      }),
    );
    return must(granted);
  }

  const read = (path: string, as: object = {}) =>
    bank.call({ path: `/institutions/2963/accounts${path}`, as: { consent, ...as } });
  const legsOf = (body: Record<string, unknown>) => body['data'] as Leg[];

  test('SM-4.1-1 the accounts of the consent, and of no other; every answer has its asOf (SM-4.1-3)', async () => {
    const { status, body } = await read('');
    expect(status).toBe(200);
    expect(body['data']).toEqual([
      expect.objectContaining({
        accountId: taro.accountId,
        bankCode: '2963',
        accountTypeName: { ja: '普通', en: 'Ordinary' },
        nameKana: 'ﾐﾅﾄ ﾀﾛｳ',
        isMain: true,
        closed: false,
      }),
    ]);
    expect(body['asOf']).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+\+09:00$/);
    expect(JSON.stringify(body)).not.toContain(savings);
  });

  test('SM-4.1-1/a an account outside the consent, a foreign one and none at all look alike', async () => {
    const ids = [savings, hanako.accountId, 'acc_01j00000000000000000000000', 'acc_x'];
    for (const id of ids) {
      for (const path of [`/${id}`, `/${id}/balances`, `/${id}/transactions`]) {
        expect(await read(path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
      }
    }
  });

  test('T-02 another client cannot read with this consent', async () => {
    expect(await read(`/${taro.accountId}`, aoba)).toMatchObject({ status: 404 });
  });

  test('RKN-S1 without the permission 403, with a consent that has ended 401', async () => {
    const narrow = await grant(['accounts_read'], [taro.accountId]);
    expect(await read(`/${taro.accountId}/balances`, { consent: narrow })).toMatchObject({
      status: 403,
      body: { code: 'permission_not_granted' },
    });
    await bank.admin(`update consent set state = 'revoked' where id = $1`, [narrow]);
    expect(await read('', { consent: narrow })).toMatchObject({
      status: 401,
      body: { code: 'consent_revoked' },
    });
  });

  test('balances: current and withdrawable from the row, the earlier two from the postings', async () => {
    const { body } = await read(`/${taro.accountId}/balances`);
    const today = CivilDate.inTokyo(await walk.now());
    const endOf = async (date: CivilDate) => {
      const [row] = await bank.admin<{ sum: string }>(
        `select coalesce(sum(case direction when 'debit' then -amount else amount end), 0)::text as sum
         from entry where institution_id = $1 and account_id = $2 and booked_on <= $3`,
        [CHUO, taro.ledgerId, date.toString()],
      );
      return row?.sum;
    };
    const balance = (await walk.balance(CHUO, taro.ledgerId)).toString();
    expect(body).toMatchObject({
      currency: 'JPY',
      currentYen: balance,
      withdrawableYen: balance,
      previousDayYen: await endOf(today.minusDays(1)),
      previousMonthEndYen: await endOf(today.minusDays(today.day)),
    });
    expect(body['previousMonthEndYen']).not.toBe(body['currentYen']);
  });

  test('withdrawable is balance less what is held, with the overdraft (SM-3.4-1-2a)', async () => {
    const set = (held: number, overdraft: number) =>
      bank.admin(
        'update account set held = $1, overdraft = $2 where institution_id = $3 and id = $4',
        [held, overdraft, CHUO, taro.ledgerId],
      );
    await set(1_000, 500);
    const { body } = await read(`/${taro.accountId}/balances`);
    await set(0, 0);
    expect(BigInt(String(body['withdrawableYen'])) - BigInt(String(body['currentYen']))).toBe(
      -500n,
    );
  });

  test('a statement is read in pages without gap or repeat, while postings arrive', async () => {
    const whole = legsOf((await read(`/${taro.accountId}/transactions?limit=500`)).body);
    const paged: Leg[] = [];
    let after = '';
    for (;;) {
      const { body } = await read(`/${taro.accountId}/transactions?limit=7${after}`);
      paged.push(...legsOf(body));
      if (paged.length === 7) {
        const { branchCode, accountNumber } = hanako;
        const to = { bankCode: '2963', branchCode, accountNumber };
        must(await walk.walk({ to, amountYen: '77' }, taro));
      }
      if (body['nextAfter'] === null) break;
      after = `&after=${String(body['nextAfter'])}`;
    }
    expect(paged.slice(0, whole.length)).toEqual(whole);
    expect(paged.length).toBe(whole.length + 1);
    expect(paged.at(-1)).toMatchObject({
      amountYen: '77',
      direction: 'debit',
      kind: 'book_transfer',
    });
    let balance = 0n;
    for (const leg of paged) {
      balance += leg.direction === 'credit' ? BigInt(leg.amountYen) : -BigInt(leg.amountYen);
      expect(leg.balanceAfterYen).toBe(balance.toString());
    }
  });

  test('SM-4.1-1 振込入金明細: what others sent, with name and EDI text as they came, and nothing else', async () => {
    const { branchCode, accountNumber } = taro;
    const to = { bankCode: '2963', branchCode, accountNumber };
    const sent = await walk.pushed({ to, ediText: 'INV-2026-11' });
    must(await walk.confirm(sent, hanako, await walk.offered(sent, hanako)));
    const all = legsOf((await read(`/${taro.accountId}/transactions?limit=500`)).body);
    const { body } = await read(`/${taro.accountId}/incoming-transfers?limit=500`);
    const incoming = legsOf(body);
    expect(incoming.map(({ transactionId }) => transactionId)).toEqual(
      all
        .filter(({ kind, direction }) => direction === 'credit' && /transfer$/.test(kind))
        .map(({ transactionId }) => transactionId),
    );
    expect(incoming.at(-1)).toMatchObject({
      amountYen: '1000',
      payerName: 'ﾐﾅﾄ ﾊﾅｺ',
      kind: 'book_transfer',
      ediText: 'INV-2026-11',
    });
    const paged: Leg[] = [];
    for (let after = ''; ;) {
      const page = (await read(`/${taro.accountId}/incoming-transfers?limit=3${after}`)).body;
      paged.push(...legsOf(page));
      if (page['nextAfter'] === null) break;
      after = `&after=${String(page['nextAfter'])}`;
    }
    expect(paged).toEqual(incoming);
    expect(incoming.length).toBeGreaterThan(3);
  });

  test('from and to are booking dates, both included', async () => {
    const all = legsOf((await read(`/${taro.accountId}/transactions?limit=500`)).body);
    const [from, to] = [all.at(10)?.bookingDate ?? '', all.at(20)?.bookingDate ?? ''];
    const { body } = await read(`/${taro.accountId}/transactions?from=${from}&to=${to}&limit=500`);
    expect(legsOf(body)).toEqual(
      all.filter(({ bookingDate }) => bookingDate >= from && bookingDate <= to),
    );
    expect(legsOf(body).length).toBeGreaterThan(0);
  });

  const setPeriod = (value: object) =>
    bank.admin(
      `update parameter_value set value = $1 where institution_id = $2 and parameter = 'P.sm.inquiry.period'`,
      [JSON.stringify(value), CHUO],
    );

  test('SM-4.1-1/c a period beyond what the institution allows: 400; its first day: 200', async () => {
    await setPeriod({ unit: 'days', count: 30 });
    const today = CivilDate.inTokyo(await walk.now());
    const path = (days: number) =>
      `/${taro.accountId}/transactions?from=${today.minusDays(days).toString()}`;
    expect((await read(path(30))).status).toBe(200);
    expect(await read(path(31))).toMatchObject({
      status: 400,
      body: { code: 'period_too_long', clause: 'SM-4.1-1' },
    });
    await setPeriod({ unit: 'calendar_months', count: 15 });
  });

  const setTime = async (at: number) => {
    await bank.admin('delete from sandbox_clock');
    const now = await walk.now();
    await bank.admin('insert into sandbox_clock (offset_ms) values ($1)', [at - now]);
  };

  test.each(['transactions', 'incoming-transfers'])(
    'SM-4.1-1/c pages of %s on both sides of midnight are of one period; what it no longer allows is refused',
    async (list) => {
      const path = `/${taro.accountId}/${list}`;
      const today = CivilDate.inTokyo(await walk.now());
      // Not over the end of a month: the earliest day of fifteen calendar months stays where it is.
      const day = today.plusDays(today.plusDays(2).day === 1 ? 2 : 1);
      await setTime(day.at('23:58'));
      const whole = legsOf((await read(`${path}?limit=500`)).body);
      const first = (await read(`${path}?limit=2`)).body;
      const period = { from: first['from'], to: day.toString() };
      expect(first).toMatchObject(period);
      const further = `${path}?limit=500&after=${String(first['nextAfter'])}`;
      const inPeriod = `${further}&from=${String(period.from)}&to=${period.to}`;
      await setTime(day.plusDays(1).at('00:01'));
      must(await walk.walk({ to: { bankCode: '2963', ...taro }, amountYen: '88' }, hanako));
      const rest = await read(inPeriod);
      expect(rest.body).toMatchObject(period);
      expect([...legsOf(first), ...legsOf(rest.body)]).toEqual(whole);
      const now = (await read(`${path}?limit=500`)).body;
      expect(now).toMatchObject({ from: period.from, to: day.plusDays(1).toString() });
      expect(legsOf(now).at(-1)).toMatchObject({ amountYen: '88' });
      expect(whole).not.toContainEqual(legsOf(now).at(-1));
      await setPeriod({ unit: 'days', count: 30 });
      const earliest = day.minusDays(29).toString();
      expect((await read(`${path}?limit=1`)).body).toMatchObject({ from: earliest });
      const next = `${path}?limit=1&after=0&from=${earliest}`;
      expect((await read(next)).status).toBe(200);
      await setTime(day.plusDays(2).at('00:01'));
      expect(await read(next)).toMatchObject({
        status: 400,
        body: { code: 'period_too_long', clause: 'SM-4.1-1' },
      });
      await setPeriod({ unit: 'calendar_months', count: 15 });
      await bank.admin('delete from sandbox_clock');
    },
  );

  test('SM-4.1-2 outside the hours: 503 with Retry-After, for reads inside the consent only', async () => {
    const closed = { weekly: {}, exceptions: [] as object[] };
    const day = CivilDate.inTokyo(await walk.now());
    const never: Record<string, object[]> = {};
    for (const name of ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']) never[name] = [];
    const opens = { date: day.plusDays(1).toString(), openings: [{ from: '09:00', to: '10:00' }] };
    const setHours = (value: object) =>
      bank.admin(
        `update parameter_value set value = $1 where institution_id = $2 and parameter = 'P.sm.inquiry.hours'`,
        [JSON.stringify(value), CHUO],
      );
    const [before] = await bank.admin<{ value: object }>(
      `select value from parameter_value where institution_id = $1 and parameter = 'P.sm.inquiry.hours'`,
      [CHUO],
    );
    await setHours({ ...closed, weekly: never, exceptions: [opens] });
    expect(await read(`/${taro.accountId}`)).toMatchObject({
      status: 503,
      body: { code: 'outside_service_hours', clause: 'SM-4.1-2' },
    });
    expect((await read(`/${savings}`)).status).toBe(404);
    await setHours(before?.value ?? {});
    expect((await read(`/${taro.accountId}`)).status).toBe(200);
  });

  test('SM-4.3/a,b a closed account is readable for its period, the last day included', async () => {
    const both = await grant(['accounts_read'], [taro.accountId, savings]);
    const close = async (days: number) => {
      const on = CivilDate.inTokyo(await walk.now()).minusDays(days);
      await bank.admin('update account_detail set closed_on = $1 where public_id = $2', [
        on.toString(),
        savings,
      ]);
    };
    await bank.admin(
      `update account set closed = true where institution_id = $1
         and id = (select account_id from account_detail where public_id = $2)`,
      [CHUO, savings],
    );
    await close(62);
    expect(await read(`/${savings}`, { consent: both })).toMatchObject({
      status: 200,
      body: { closed: true },
    });
    await close(63);
    expect((await read(`/${savings}`, { consent: both })).status).toBe(404);
  });

  test.each(['limit=0', 'limit=501', 'limit=x', 'after=-1', 'from=2026-02-30', 'surprise=1'])(
    'T-31 a query with %s is refused with 400',
    async (query) => {
      expect(await read(`/${taro.accountId}/transactions?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'validation_failed' },
      });
    },
  );

  test('T-29 a holder whose service is stopped: one neutral code', async () => {
    await bank.admin(`update holder set service_state = 'locked' where id = $1`, [taro.holderId]);
    expect(await read(`/${taro.accountId}`)).toMatchObject({
      status: 403,
      body: { code: 'holder_unavailable' },
    });
    await bank.admin(`update holder set service_state = 'active' where id = $1`, [taro.holderId]);
  });

  test('SM-3.5 reads are recorded, answered and refused ones', async () => {
    await bank.app.get(ReadRecorder, { strict: false }).flush();
    const rows = await bank.admin<{ kind: string }>(
      `select distinct kind from record where consent_id = $1 order by 1`,
      [consent],
    );
    expect(rows.map(({ kind }) => kind)).toEqual([
      'consent_asked',
      'consent_granted',
      'inquiry_answered',
      'inquiry_refused',
    ]);
  });

  test('SM-3.5 every read says whether the customer was claimed to be there', async () => {
    const readAs = (headers: Record<string, string>) =>
      bank.app.inject({
        url: '/internal/v1/institutions/2963/accounts',
        headers: {
          'x-renkei-client': minato.client,
          'x-renkei-epsp': minato.epsp,
          'x-renkei-chain-partner': 'none',
          'x-renkei-consent': consent,
          ...headers,
        },
      });
    const address = 'x-renkei-customer-address';
    const loggedInAt = 'x-renkei-customer-logged-in-at';
    expect((await readAs({ [address]: '192.0.2.7' })).statusCode).toBe(200);
    const refused = await readAs({ [address]: 'fe80::1%eth0', [loggedInAt]: 'yesterday' });
    expect([refused.statusCode, refused.json()]).toMatchObject([
      400,
      { errors: [{ pointer: address }, { pointer: loggedInAt }] },
    ]);
    await bank.app.get(ReadRecorder, { strict: false }).flush();
    const claims = await bank.admin<{ claim: object }>(
      `select distinct (content->'customerClaim')::jsonb as claim from record
       where consent_id = $1 and kind like 'inquiry%' order by 1`,
      [consent],
    );
    expect(claims).toEqual([
      { claim: { isPresent: false } },
      { claim: { isPresent: true, address: '192.0.2.7' } },
    ]);
  });
});
