import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { SIGNALS_PER_TRANSFER_MAX } from '../../src/transfers/domain/risk-signal.js';
import type { TransferView } from '../../src/transfers/index.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { putLinkState } from './put-link-state.js';
import { CHUO, must, partyOf, TransferWalk, type Party } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: TransferWalk;
let taro: Party;
let hanako: Party;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new TransferWalk(bank);
  taro = await partyOf(bank, CHUO, 'taro-2963');
  hanako = await partyOf(bank, CHUO, 'hanako-2963');
});
afterAll(() => bank.stop());

const toHanako = () => ({
  bankCode: '2963',
  branchCode: hanako.branchCode,
  accountNumber: hanako.accountNumber,
});
const elsewhere = { bankCode: '0001', branchCode: '001', accountNumber: '1234567' };

describe('reconciliation of one day', () => {
  const of = (date: string, as: object = {}) =>
    bank.call({ path: `/institutions/2963/reconciliations/${date}`, as });

  test('count, sums and hash are those that the client can compute from its own list', async () => {
    const today = CivilDate.inTokyo(await walk.now());
    const sent = [
      must(await walk.walk({ to: toHanako(), amountYen: '1000' }, taro)),
      must(await walk.walk({ to: elsewhere, amountYen: '25000' }, taro)),
    ];
    await walk.pushed({ to: toHanako(), amountYen: '999' });
    const { status, body } = await of(today.toString());
    const lines = sent
      .map((one) => `${one.transferId},${one.instructionId},${one.amountYen},${one.feeYen}\n`)
      .sort();
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        bankCode: '2963',
        businessDate: today.toString(),
        count: 2,
        amountYen: '26000',
        feeYen: sent.reduce((sum, { feeYen }) => sum + (feeYen ?? 0n), 0n).toString(),
        hash: createHash('sha256').update(lines.join('')).digest('hex'),
        isFinal: false,
      }),
    ]);
  });

  test('RKN-S4c INT-21 a stop hides nothing of what was fixed before it: state and day are read on', async () => {
    const today = CivilDate.inTokyo(await walk.now());
    const fixed = must(await walk.walk({ to: toHanako(), amountYen: '1200' }, taro));
    const before = await of(today.toString());
    const link = { epspId: minato.epsp, chainPartnerId: '*' } as const;
    await putLinkState(bank, CHUO, { ...link, state: 'suspended' });
    expect(await walk.prepare({ to: toHanako() })).toMatchObject({
      ok: false,
      refusal: { code: 'linkage_suspended' },
    });
    const path = `/institutions/2963/transfers/${fixed.transferId}`;
    expect(await bank.call({ path })).toMatchObject({ status: 200, body: { status: 'ACSC' } });
    const { body } = await of(today.toString());
    await putLinkState(bank, CHUO, { ...link, state: 'active' });
    expect({ ...body, asOf: '' }).toEqual({ ...before.body, asOf: '' });
  });

  test('T-21 another client’s day is empty, and its hash is that of nothing', async () => {
    const today = CivilDate.inTokyo(await walk.now());
    const { body } = await of(today.toString(), aoba);
    const nothing = createHash('sha256').digest('hex');
    expect(body).toMatchObject({ count: 0, amountYen: '0', feeYen: '0', hash: nothing });
  });

  test('a day that is over is final; one that has not begun, or is none, is refused', async () => {
    const today = CivilDate.inTokyo(await walk.now());
    expect((await of(today.minusDays(1).toString())).body).toMatchObject({
      count: 0,
      isFinal: true,
    });
    expect(await of(today.plusDays(1).toString())).toMatchObject({
      status: 422,
      body: { code: 'date_not_allowed' },
    });
    expect(await of('2026-02-30')).toMatchObject({ status: 400 });
  });
});

describe('risk signals', () => {
  const signal = { kind: 'remote_control_suspected', grade: 'high', observedAt: '' };
  let transfer: TransferView;

  beforeAll(async () => {
    transfer = await walk.pushed({ to: toHanako(), amountYen: '77' });
    signal.observedAt = new Date(await walk.now()).toISOString();
  });

  const report = async (
    options: { key?: string | null; transferId?: string; signals?: object[]; as?: object } = {},
  ) => {
    const { key = randomUUID(), transferId = transfer.transferId } = options;
    const answer = await bank.app.inject({
      method: 'POST',
      url: `/internal/v1/institutions/2963/transfers/${transferId}/risk-signals`,
      headers: {
        'x-fapi-interaction-id': randomUUID(),
        'x-renkei-client': 'minato-kakei',
        'x-renkei-epsp': 'epsp_01j0000000000000000000mnat',
        'x-renkei-chain-partner': 'none',
        ...(key === null ? {} : { 'x-renkei-idempotency-key': key }),
        ...options.as,
      },
      payload: { signals: options.signals ?? [signal] },
    });
    const body = JSON.parse(answer.body) as Record<string, unknown>;
    return { status: answer.statusCode, body, replayed: answer.headers['idempotency-replayed'] };
  };
  const stored = async () =>
    Number(
      (await bank.admin<{ n: string }>('select count(*) as n from transfer_risk_signal'))[0]?.n,
    );

  test('B-6 the same key and body: one effect, the same answer, said to be a replay', async () => {
    const key = randomUUID();
    const before = await stored();
    const first = await report({ key });
    const again = await report({ key });
    expect([first.status, first.replayed]).toEqual([202, undefined]);
    expect([again.status, again.replayed]).toEqual([202, 'true']);
    expect(again.body).toEqual(first.body);
    expect(await stored()).toBe(before + 1);
    expect(await report({ key, signals: [{ ...signal, grade: 'low' }] })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  test('B-6 ten at once with one key: one effect; each is answered, or told to come again', async () => {
    const key = randomUUID();
    const before = await stored();
    const answers = await Promise.all(Array.from({ length: 10 }, () => report({ key })));
    for (const { status, body } of answers)
      expect([202, 409]).toContain(status === 409 ? body['status'] : status);
    expect(answers.some(({ status }) => status === 202)).toBe(true);
    expect(await stored()).toBe(before + 1);
  });

  test('B-6 without a key nothing is changed', async () => {
    const before = await stored();
    expect(await report({ key: null })).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_missing' },
    });
    expect(await stored()).toBe(before);
  });

  test('T-21 another client’s transfer is unknown, also with the key of its owner', async () => {
    const key = randomUUID();
    await report({ key });
    const as = {
      'x-renkei-client': 'aoba-fintech',
      'x-renkei-epsp': 'epsp_01j0000000000000000000abft',
    };
    expect(await report({ key, as })).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  test('a refusal is not kept: the key is free for what is right', async () => {
    const key = randomUUID();
    const observedAt = new Date((await walk.now()) + 3_600_000).toISOString();
    expect(await report({ key, signals: [{ ...signal, observedAt }] })).toMatchObject({
      status: 422,
      body: { code: 'observed_in_future' },
    });
    expect((await report({ key })).status).toBe(202);
  });

  test('SM-3.5 signals stand in the machine record, and never refuse the transfer', async () => {
    await report();
    const kinds = await bank.admin<{ kind: string }>(
      'select distinct kind from record where transfer_id = $1',
      [transfer.transferId],
    );
    expect(kinds.map(({ kind }) => kind)).toContain('risk_signals_received');
    const offer = await walk.offered(transfer, taro);
    expect(must(await walk.confirm(transfer, taro, offer)).status).toBe('ACSC');
  });

  test('T-31 a transfer takes so many and no more', async () => {
    const left = SIGNALS_PER_TRANSFER_MAX - (await stored());
    await bank.admin(
      `insert into transfer_risk_signal (institution_id, transfer_id, kind, grade, observed_at, received_at)
       select $1, $2, 'new_device', 'low', now(), now() from generate_series(1, $3)`,
      [CHUO, transfer.transferId, left],
    );
    expect(await report()).toMatchObject({ status: 422, body: { code: 'too_many_risk_signals' } });
  });
});
