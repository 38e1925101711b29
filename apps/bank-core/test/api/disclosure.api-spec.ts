import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CivilDate, sha256Hex } from '#libs/kernel';
import { ConsentsService } from '../../src/consents/index.js';
import { DISCLOSURE_CAPS } from '../../src/limits/index.js';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, must, partyOf, TransferWalk, type Party } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: TransferWalk;
let taro: Party;
let hanako: Party;
let consent: string;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new TransferWalk(bank);
  taro = await partyOf(bank, CHUO, 'taro-2963');
  hanako = await partyOf(bank, CHUO, 'hanako-2963');
  consent = await grant(['balances_read']);
});
afterAll(() => bank.stop());
beforeEach(() => bank.admin('delete from disclosure_use'));

async function grant(permissions: ('accounts_read' | 'balances_read')[]): Promise<string> {
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
      accountIds: [taro.accountId],
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

const fundsFor = (amountYen: string, over: object = {}, accountId = taro.accountId) =>
  bank.call({
    method: 'POST',
    path: '/institutions/2963/funds-confirmations',
    body: { accountId, amountYen },
    as: { consent, ...over },
  });

const quote = (over: object = {}, creditor: object = {}) =>
  bank.call({
    method: 'POST',
    path: '/institutions/2963/transfer-quotes',
    body: {
      debitBranchCode: taro.branchCode,
      creditor: {
        bankCode: '2963',
        branchCode: hanako.branchCode,
        accountType: '1',
        accountNumber: hanako.accountNumber,
        ...creditor,
      },
      amountYen: '10000',
      ...over,
    },
  });

/** The day's use as if it had been asked so often already. */
const used = (question: string, subject: string, answers: number, misses: number) =>
  bank.admin(
    `insert into disclosure_use (institution_id, on_date, question, subject, answers, misses)
     values ($1, renkei_tokyo_date(renkei_now()), $2, $3, $4, $5)
     on conflict (institution_id, on_date, question, subject)
       do update set answers = excluded.answers, misses = excluded.misses`,
    [CHUO, question, subject, answers, misses],
  );

describe('funds confirmation', () => {
  test('T-15 yes up to the yen that can be withdrawn, no for one more, and never the balance', async () => {
    const balance = await walk.balance(CHUO, taro.ledgerId);
    const yes = await fundsFor(balance.toString());
    expect(yes).toMatchObject({ status: 200, body: { isAvailable: true } });
    const no = await fundsFor((balance + 1n).toString());
    expect(no).toMatchObject({ status: 200, body: { isAvailable: false } });
    expect(Object.keys(no.body).sort()).toEqual(['accountId', 'amountYen', 'asOf', 'isAvailable']);
  });

  test('T-15 the consent’s last answer of the day is given, the next is refused with the reset', async () => {
    const { answers } = DISCLOSURE_CAPS.funds.consent;
    await used('funds', consent, answers - 1, 0);
    expect((await fundsFor('1')).status).toBe(200);
    const refused = await fundsFor('1');
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'quota_exceeded', facts: { policy: 'funds_answers_per_consent' } },
    });
    const [row] = await bank.admin<{ answers: number }>(
      'select answers from disclosure_use where subject = $1',
      [consent],
    );
    expect(row?.answers).toBe(answers);
  });

  test('T-15 searching costs more than paying: misses have a cap of their own', async () => {
    const { misses } = DISCLOSURE_CAPS.funds.consent;
    await used('funds', consent, misses - 1, misses - 1);
    expect((await fundsFor('1000000000000')).body['isAvailable']).toBe(false);
    expect(await fundsFor('1')).toMatchObject({
      status: 429,
      body: { facts: { policy: 'funds_misses_per_consent' } },
    });
  });

  test('T-15 many consents do not help: the intermediary is capped over all of them', async () => {
    await used('funds', minato.epsp, DISCLOSURE_CAPS.funds.intermediary.answers, 0);
    expect(await fundsFor('1')).toMatchObject({
      status: 429,
      body: { facts: { policy: 'funds_answers_per_intermediary' } },
    });
  });

  test('T-15 twenty at once are counted one by one', async () => {
    await used('funds', consent, DISCLOSURE_CAPS.funds.consent.answers - 5, 0);
    const all = await Promise.all(Array.from({ length: 20 }, () => fundsFor('1')));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('T-15 what is refused for another reason is not counted, and says nothing of the cap', async () => {
    const narrow = await grant(['accounts_read']);
    expect(await fundsFor('1', { consent: narrow })).toMatchObject({
      status: 403,
      body: { code: 'permission_not_granted' },
    });
    expect(await fundsFor('1', {}, hanako.accountId)).toMatchObject({ status: 404 });
    expect(await bank.admin('select 1 from disclosure_use')).toEqual([]);
  });

  test('every wrong member is named at once', async () => {
    const { status, body } = await bank.call({
      method: 'POST',
      path: '/institutions/2963/funds-confirmations',
      body: { accountId: 'acc_x', amountYen: '0', surprise: 1 },
      as: { consent },
    });
    const pointers = (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect([status, pointers.sort()]).toEqual([400, ['/accountId', '/amountYen', '/surprise']]);
  });
});

describe('transfer quotes', () => {
  test('SM-5.1-2-2/a 振替 within the branch costs nothing, whoever owns the account', async () => {
    expect(await quote()).toMatchObject({
      status: 200,
      body: { kind: 'furikae', feeYen: '0', payeeName: 'not_checked' },
    });
  });

  test('SM-5.1-2-1 振込 to another institution: fee and arrival are those of the page', async () => {
    const elsewhere = { bankCode: '0001', branchCode: '001', accountNumber: '1234567' };
    const { body } = await quote({}, elsewhere);
    expect(body).toMatchObject({ kind: 'furikomi', payeeName: 'not_checked' });
    const offer = await walk.offered(
      await walk.pushed({ to: elsewhere, amountYen: '10000' }),
      taro,
    );
    expect(body['feeYen']).toBe(offer.feeYen.toString());
    expect(body['designatedDate']).toBe(offer.designatedOn.toString());
    const within = Math.abs(Date.parse(String(body['expectedCreditAt'])) - offer.expectedCreditAt);
    expect(within).toBeLessThan(600_000);
  });

  test('T-15 a name is a match or none; an account that does not exist is none as well', async () => {
    const named = (nameKana: string, over: object = {}) => quote({}, { nameKana, ...over });
    expect((await named('ミナト　ハナコ')).body['payeeName']).toBe('match');
    expect((await named('ミナト ハナヨ')).body['payeeName']).toBe('no_match');
    const nobody = await named('ミナト ハナコ', { accountNumber: '9999999' });
    expect(nobody.body['payeeName']).toBe('no_match');
    expect(Object.keys(nobody.body).sort()).toEqual(Object.keys((await quote()).body).sort());
    const [row] = await bank.admin<{ answers: number; misses: number }>(
      `select answers, misses from disclosure_use where question = 'payee_name'`,
    );
    expect(row).toMatchObject({ answers: 3, misses: 2 });
  });

  test('T-15 when the misses are spent the name is not looked at; the fee is still told', async () => {
    await used('payee_name', minato.epsp, 300, DISCLOSURE_CAPS.payee_name.intermediary.misses);
    expect(await quote({}, { nameKana: 'ミナト ハナコ' })).toMatchObject({
      status: 429,
      body: { code: 'quota_exceeded', facts: { policy: 'payee_name_misses_per_intermediary' } },
    });
    expect((await quote()).status).toBe(200);
  });

  test.each([
    ['unknown_bank', {}, { bankCode: '9998' }],
    ['unknown_branch', {}, { branchCode: '998' }],
    ['unknown_branch', { debitBranchCode: '998' }, {}],
    ['account_type_not_allowed', {}, { accountType: '9' }],
    ['payee_name_invalid', {}, { nameKana: '漢字' }],
    ['amount_out_of_range', { amountYen: '0' }, {}],
    ['date_not_allowed', { requestedDate: '2099-01-04' }, {}],
  ])('SM-5.1-1 a quote is refused as the push would be: %s', async (code, over, creditor) => {
    expect(await quote(over, creditor)).toMatchObject({ status: 422, body: { code } });
  });

  test('RKN-D4 where transfers are not offered there is no quote', async () => {
    const { status, body } = await bank.call({
      method: 'POST',
      path: '/institutions/2972/transfer-quotes',
      body: {
        debitBranchCode: '001',
        creditor: {
          bankCode: '2963',
          branchCode: hanako.branchCode,
          accountType: '1',
          accountNumber: hanako.accountNumber,
        },
        amountYen: '1',
      },
    });
    expect([status, body['code']]).toEqual([403, 'function_not_offered']);
  });
});

describe('limits', () => {
  const limits = () =>
    bank.call({
      path: `/institutions/2963/accounts/${taro.accountId}/limits`,
      as: { consent },
    });
  type Basis = { basis: string; date: string; usedYen: string; leftYen: string };

  test('SM-5.3-1a what is left of the limit falls by what was sent, on both bases (SM-5.3-1b)', async () => {
    const before = (await limits()).body['bases'] as Basis[];
    const { branchCode, accountNumber } = hanako;
    must(
      await walk.walk(
        { to: { bankCode: '2963', branchCode, accountNumber }, amountYen: '7' },
        taro,
      ),
    );
    const { status, body } = await limits();
    const after = body['bases'] as Basis[];
    const today = CivilDate.inTokyo(await walk.now()).toString();
    expect(status).toBe(200);
    expect(after.map(({ basis, date }) => [basis, date])).toEqual([
      ['request_date', today],
      ['designated_date', today],
    ]);
    after.forEach((basis, at) => {
      expect(BigInt(basis.usedYen) - BigInt(before[at]?.usedYen ?? 0)).toBe(7n);
      expect(BigInt(basis.usedYen) + BigInt(basis.leftYen)).toBe(
        BigInt(String(body['dailyLimitYen'])),
      );
    });
  });
});
