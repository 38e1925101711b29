import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf, TransferWalk, type Party } from './transfer-stories.js';

describe('the push of a transfer and its status', () => {
  let bank: BankCoreUnderTest;
  let walk: TransferWalk;
  let taro: Party;
  let hanako: Party;
  let content: { creditor: Record<string, unknown>; amountYen: string };

  beforeAll(async () => {
    bank = await startBankCore();
    walk = new TransferWalk(bank);
    taro = await partyOf(bank, CHUO, 'taro-2963');
    hanako = await partyOf(bank, CHUO, 'hanako-2963');
    content = {
      creditor: {
        bankCode: '2963',
        branchCode: hanako.branchCode,
        accountType: '1',
        accountNumber: hanako.accountNumber,
        nameKana: 'ミナト ハナコ',
      },
      amountYen: '10000',
    };
  });
  afterAll(() => bank.stop());

  const push = (body: object, as = {}, bankCode = '2963') =>
    bank.call({ method: 'POST', path: `/institutions/${bankCode}/transfers`, body, as });
  const fresh = (change: object = {}) => ({ instructionId: randomUUID(), ...content, ...change });
  const creditor = (change: object) => fresh({ creditor: { ...content.creditor, ...change } });
  const amount = (amountYen: string) => fresh({ amountYen });

  test('SM-5.2/c the same content under the same id is the same transfer, other spelling included', async () => {
    const body = fresh();
    const first = await push(body);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ status: 'RCVD', feeYen: null, statusReason: null });
    const spelled = { ...body, creditor: { ...body.creditor, nameKana: 'みなと　はなこ' } };
    const again = await push(spelled);
    expect(again.status).toBe(200);
    expect(again.body['transferId']).toBe(first.body['transferId']);
    const rows = await bank.admin('select id from transfer where instruction_id = $1', [
      body.instructionId,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('SM-5.2/c other content under the same id is refused, and the first one stands', async () => {
    const body = fresh();
    await push(body);
    expect(await push({ ...body, amountYen: '10001' })).toMatchObject({
      status: 422,
      body: { code: 'instruction_id_reused' },
    });
    const { body: standing } = await bank.call({
      path: `/institutions/2963/transfers?instructionId=${body.instructionId}`,
    });
    expect(standing).toMatchObject({ amountYen: '10000', status: 'RCVD' });
  });

  test('SM-5.2/c two pushes at once make one transfer', async () => {
    const body = fresh();
    const answers = await Promise.all(Array.from({ length: 6 }, () => push(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map((answer) => answer.body['transferId'])).size).toBe(1);
  });

  test('T-21 the same id of another client is another transfer; neither reads the other', async () => {
    const body = fresh();
    const mine = await push(body);
    const theirs = await push(body, aoba);
    expect(theirs.status).toBe(201);
    expect(theirs.body['transferId']).not.toBe(mine.body['transferId']);
    const path = `/institutions/2963/transfers/${String(mine.body['transferId'])}`;
    expect((await bank.call({ path })).status).toBe(200);
    expect(await bank.call({ path, as: aoba })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  });

  test('T-21 access is judged before a replayed answer: after a stop the same push is refused', async () => {
    const body = fresh();
    expect((await push(body, aoba)).status).toBe(201);
    await bank.admin(
      `insert into link_state (institution_id, epsp_id, chain_partner_id, function, state, clause, basis,
         measure_id, since) values ($1, $2, '*', '*', 'suspended', 'RKN-S4c', 'test', 'm1', now())`,
      [CHUO, aoba.epsp],
    );
    expect(await push(body, aoba)).toMatchObject({
      status: 403,
      body: { code: 'linkage_suspended', clause: 'RKN-S4c' },
    });
    const records = await bank.admin(
      `select content->>'code' as code from record where kind = 'transfer_push_refused' and epsp_id = $1`,
      [aoba.epsp],
    );
    expect(records).toContainEqual({ code: 'linkage_suspended' });
    await bank.admin('delete from link_state');
  });

  test('T-07 what is stored is the normalised content, and it is what the status shows', async () => {
    const { body } = await push(creditor({ nameKana: 'キュウシュウ　ガス' }));
    expect(body['creditor']).toMatchObject({ nameKana: 'ｷﾕｳｼﾕｳ ｶﾞｽ' });
  });

  test('SM-5.1-1 each thing that a push can get wrong has its code, in this order', async () => {
    const yesterday = CivilDate.inTokyo(await walk.now())
      .minusDays(1)
      .toString();
    const row = (body: object, code: string) => [body, code] as const;
    const table = [
      row(creditor({ bankCode: '0000', branchCode: '999', accountType: '9' }), 'unknown_bank'),
      row(creditor({ branchCode: '999', accountType: '9' }), 'unknown_branch'),
      row(creditor({ accountType: '9', accountNumber: '12' }), 'account_type_not_allowed'),
      row(creditor({ accountNumber: '12', nameKana: '山' }), 'account_number_invalid'),
      row(creditor({ accountNumber: '12345678' }), 'account_number_invalid'),
      row({ ...creditor({ nameKana: '山' }), amountYen: '0' }, 'payee_name_invalid'),
      row(creditor({ nameKana: 'ミナト\u202Eハナコ' }), 'payee_name_invalid'),
      row(creditor({ nameKana: 'Аoba' }), 'payee_name_invalid'),
      row({ ...amount('0'), requestedDate: yesterday }, 'amount_out_of_range'),
      row(amount('-1'), 'amount_out_of_range'),
      row(amount('1.5'), 'amount_out_of_range'),
      row(amount('1000000000001'), 'amount_out_of_range'),
      row(amount('1e3'), 'amount_out_of_range'),
      row({ ...fresh({ requestedDate: yesterday }), ediText: 'あ,' }, 'date_not_allowed'),
      row(fresh({ requestedDate: '2026-02-30' }), 'date_not_allowed'),
      row(fresh({ ediText: 'A,B' }), 'edi_text_invalid'),
    ];
    for (const [body, code] of table) {
      expect(await push(body)).toMatchObject({ status: 422, body: { code } });
    }
    expect((await push(amount('1000000000000'))).status).toBe(201);
  });

  test.each([
    ['an unknown property', { surprise: 1 }],
    ['a number for the amount', { amountYen: 10000 }],
    ['no creditor', { creditor: undefined }],
    ['an instruction id with a space', { instructionId: 'a b' }],
    ['a property deep inside', { creditor: { bankCode: '2963', extra: 1 } }],
  ])('T-31 %s is refused with 400 and leaves nothing behind', async (_, change) => {
    const body = { ...fresh(), ...change };
    expect(await push(body)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    const rows = await bank.admin('select id from transfer where instruction_id = $1', [
      body.instructionId,
    ]);
    expect(rows).toHaveLength(0);
  });

  test('RKN-D4 where writes are not offered a push is refused, whatever its content', async () => {
    expect(await push(creditor({ bankCode: '0000' }), {}, '2951')).toMatchObject({
      status: 403,
      body: { code: 'function_not_offered', clause: 'RKN-D4' },
    });
  });

  test('RKN-0.2/a an institution that the agreement does not cover', async () => {
    await bank.admin(
      `update federation.agreement_institution set covered_to = date '2026-02-01'
       where institution_id = $1
         and agreement_id in (select id from federation.agreement where intermediary_id = $2)`,
      [CHUO, aoba.epsp],
    );
    expect(await push(fresh(), aoba)).toMatchObject({
      status: 403,
      body: { code: 'institution_not_covered', clause: 'RKN-0.2' },
    });
    expect((await push(fresh())).status).toBe(201);
  });

  test('SM-R3.2 a draft past its time reads EXPD before any sweeper has been there', async () => {
    const transfer = await walk.pushed({
      to: { bankCode: '2963', branchCode: hanako.branchCode, accountNumber: hanako.accountNumber },
    });
    const offer = await walk.offered(transfer, taro);
    expect(offer.expiresAt - (await walk.now())).toBeLessThanOrEqual(600_000);
    await bank.admin(`update transfer set expires_at = now() where id = $1`, [transfer.transferId]);
    expect(await walk.status(transfer)).toMatchObject({ status: 'EXPD' });
    expect(await walk.confirm(transfer, taro, offer)).toMatchObject({
      ok: false,
      refusal: { code: 'transfer_expired' },
    });
    expect(await walk.service.expireOverdue(CHUO)).toBeLessThanOrEqual(1);
    const rows = await bank.admin<{ status: string }>('select status from transfer where id = $1', [
      transfer.transferId,
    ]);
    expect(rows).toEqual([{ status: 'EXPD' }]);
  });
});
