import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf, TransferWalk, type Party, type Push } from './transfer-stories.js';

describe('what stands between the page and the debit', () => {
  let bank: BankCoreUnderTest;
  let walk: TransferWalk;
  let taro: Party;
  let hanako: Party;
  let balance: bigint;

  beforeAll(async () => {
    bank = await startBankCore();
    walk = new TransferWalk(bank);
    taro = await partyOf(bank, CHUO, 'taro-2963');
    hanako = await partyOf(bank, CHUO, 'hanako-2963');
  });
  afterAll(() => bank.stop());
  beforeEach(async () => {
    await bank.admin('delete from limit_use');
    await bank.admin('delete from link_state');
    balance = await walk.balance(CHUO, taro.ledgerId);
  });

  const push = (amountYen = '1000'): Push => ({
    to: { bankCode: '2963', branchCode: hanako.branchCode, accountNumber: hanako.accountNumber },
    amountYen,
  });
  const setTaro = (column: string, value: unknown) =>
    bank.admin(`update account set ${column} = $1 where institution_id = $2 and id = $3`, [
      value,
      CHUO,
      taro.ledgerId,
    ]);
  const limitTo = (yen: bigint) =>
    bank.admin('update holder set limit_yen = $1 where institution_id = $2 and id = $3', [
      yen,
      CHUO,
      taro.holderId,
    ]);

  /** The transfer's row and its records, as they stand. */
  const standing = async (transferId: string) => [
    ...(await bank.admin('select * from transfer where id = $1', [transferId])),
    ...(await bank.admin('select * from record where transfer_id = $1 order by id', [transferId])),
  ];

  /** Pushes, opens the page, lets something happen, confirms: the refusal and what became of the transfer. */
  async function confirmedAfter(happens: () => Promise<unknown>, amountYen?: string) {
    const transfer = await walk.pushed(push(amountYen));
    const offer = await walk.offered(transfer, taro);
    await happens();
    const result = await walk.confirm(transfer, taro, offer);
    return { result, view: await walk.status(transfer) };
  }

  test('RKN-S4c/e a link stopped while the holder reads: refused, RJCT, nothing debited (X-21)', async () => {
    const { result, view } = await confirmedAfter(() =>
      bank.admin(
        `insert into link_state (institution_id, epsp_id, chain_partner_id, function, state, clause, basis,
           measure_id, since) values ($1, $2, '*', 'transfer_initiation', 'suspended', 'RKN-S4c', 't', 'm', now())`,
        [CHUO, minato.epsp],
      ),
    );
    expect(result).toMatchObject({ refusal: { code: 'linkage_suspended', clause: 'RKN-S4c' } });
    expect(view).toMatchObject({ status: 'RJCT', statusReason: 'linkage_suspended' });
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(balance);
  });

  test('SM-3.4-1-1 closed meanwhile: the holder reads why, the intermediary a neutral code (T-29)', async () => {
    const { result, view } = await confirmedAfter(() => setTaro('closed', true));
    await setTaro('closed', false);
    expect(result).toMatchObject({ refusal: { code: 'account_closed', clause: 'SM-3.4-1-1' } });
    expect(view).toMatchObject({ status: 'RJCT', statusReason: 'holder_unavailable' });
  });

  test('SM-3.4-1-3/a payments stopped after the page was opened: not processed, and not told (T-29)', async () => {
    const { result, view } = await confirmedAfter(() => setTaro('debit_stops', 1));
    await setTaro('debit_stops', 0);
    expect(result).toMatchObject({ refusal: { code: 'payment_stopped' } });
    expect(view).toMatchObject({ status: 'RJCT', statusReason: 'holder_unavailable' });
  });

  test('SM-3.4-1-2a/a,b exactly the withdrawable amount is enough; one yen short is not', async () => {
    await limitTo(10_000_000n);
    const short = await confirmedAfter(() => setTaro('held', balance - 399_999n), '400000');
    expect(short.result).toMatchObject({ refusal: { code: 'insufficient_funds' } });
    expect(short.view).toMatchObject({ status: 'RJCT', statusReason: 'insufficient_funds' });
    await setTaro('held', 0n);
    const equal = await confirmedAfter(() => setTaro('held', balance - 400_000n), '400000');
    expect(equal.result.ok).toBe(true);
    await setTaro('held', 0n);
    await limitTo(1_000_000n);
  });

  test.each([
    // Judged before the locks, with a clause; and by the day's sums, with the bases.
    [
      'SM-3.4-1-2a',
      'insufficient_funds',
      () => setTaro('held', balance),
      () => setTaro('held', 0n),
    ],
    ['SM-3.4-1-1', 'account_closed', () => setTaro('closed', true), () => setTaro('closed', false)],
    ['SM-5.3-1b', 'limit_exceeded', () => limitTo(1n), () => limitTo(1_000_000n)],
  ])(
    '%s %s asked again gets the same answer, although nothing stands against it now',
    async (_clause, code, happens, ends) => {
      const transfer = await walk.pushed(push());
      const offer = await walk.offered(transfer, taro);
      await happens();
      const first = await walk.confirm(transfer, taro, offer);
      await ends();
      expect(first).toMatchObject({ ok: false, refusal: { code } });
      const stood = await standing(transfer.transferId);
      expect(await walk.confirm(transfer, taro, offer)).toEqual(first);
      const other = {
        contentHash: offer.contentHash.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
      };
      const wrong = await walk.confirm(transfer, taro, other);
      expect(wrong.ok ? 'fixed' : wrong.refusal.code).not.toBe(code);
      expect(await standing(transfer.transferId)).toEqual(stood);
      expect(await walk.balance(CHUO, taro.ledgerId)).toBe(balance);
    },
  );

  test('T-02 what was not shown cannot be confirmed: another hash, another account, another holder', async () => {
    const transfer = await walk.pushed(push());
    const offer = await walk.offered(transfer, taro);
    const forged = { contentHash: offer.contentHash.replace(/.$/, (c) => (c === '0' ? '1' : '0')) };
    expect(await walk.confirm(transfer, taro, forged)).toMatchObject({
      refusal: { code: 'content_changed' },
    });
    expect(await walk.confirm(transfer, hanako, offer)).toMatchObject({
      refusal: { code: 'not_found' },
    });
    const foreign = { ...taro, accountId: hanako.accountId };
    expect(await walk.confirm(transfer, foreign, offer)).toMatchObject({
      refusal: { code: 'debit_not_registered' },
    });
    expect(await walk.status(transfer)).toMatchObject({ status: 'ACTC' });
    expect(await walk.confirm(transfer, taro, offer)).toMatchObject({ ok: true });
  });

  test('SM-5.2/c a second confirmation answers the same and debits nothing', async () => {
    const transfer = await walk.pushed(push());
    const offer = await walk.offered(transfer, taro);
    const first = await walk.confirm(transfer, taro, offer);
    const second = await walk.confirm(transfer, taro, offer);
    expect(second).toMatchObject({ ok: true, value: { status: 'ACSC' } });
    expect(first.ok && second.ok && first.value.formedAt === second.value.formedAt).toBe(true);
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(balance - 1_000n);
  });

  test('SM-5.1-2-2 payer and payee the same account: refused on the page', async () => {
    const self = { ...push().to, accountNumber: taro.accountNumber };
    const transfer = await walk.pushed({ to: self });
    expect(await walk.offer(transfer, taro)).toMatchObject({ refusal: { code: 'same_account' } });
  });

  test('SM-5.3-1a/a,b exactly at the limit is within it, one yen more is not, and the basis is named', async () => {
    await limitTo(100n);
    expect(await walk.walk(push('100'), taro)).toMatchObject({ ok: true });
    const transfer = await walk.pushed(push('1'));
    expect(await walk.offer(transfer, taro)).toMatchObject({
      refusal: { code: 'limit_exceeded', facts: { bases: ['request_date', 'designated_date'] } },
    });
    await limitTo(1_000_000n);
  });

  test('SM-5.3-1b/d a same-day request is charged on both bases; /e a refused one on neither', async () => {
    await walk.walk(push('300'), taro);
    const sums = () =>
      bank.admin<{ requested: string; designated: string }>(
        'select requested, designated from limit_use where subject = $1',
        [taro.holderId],
      );
    const charged = [{ requested: '300', designated: '300' }];
    expect(await sums()).toEqual(charged);
    await confirmedAfter(() => setTaro('held', balance - 300n), '400');
    await setTaro('held', 0n);
    expect(await sums()).toEqual(charged);
  });

  test('SM-R3.2 abandoned by the holder: CANC, and no confirmation any more', async () => {
    const transfer = await walk.pushed(push());
    const offer = await walk.offered(transfer, taro);
    const { institutionId, transferId } = transfer;
    await walk.service.abandon({ institutionId, transferId, reason: 'user_cancelled' });
    expect(await walk.status(transfer)).toMatchObject({
      status: 'CANC',
      statusReason: 'user_cancelled',
    });
    expect(await walk.confirm(transfer, taro, offer)).toMatchObject({
      refusal: { code: 'state_conflict' },
    });
    await walk.service.abandon({ institutionId, transferId, reason: 'expired' });
    expect(await walk.status(transfer)).toMatchObject({ status: 'CANC' });
  });

  test('SM-3.5/a every change of a transfer has its record, with factors by name and no secret', async () => {
    const transfer = await walk.pushed(push());
    await walk.confirm(transfer, taro, await walk.offered(transfer, taro));
    const rows = await bank.admin<{ kind: string; content: Record<string, unknown> }>(
      'select kind, content from record where transfer_id = $1 order by id',
      [transfer.transferId],
    );
    expect(rows.map(({ kind }) => kind)).toEqual([
      'transfer_received',
      'transfer_shown',
      'transfer_fixed',
    ]);
    expect(rows[2]?.content).toMatchObject({
      factors: ['confirmation_password', 'otp'],
      shown: { amountYen: '1000', payee: { nameKana: 'ﾐﾅﾄ ﾊﾅｺ' } },
    });
    await expect(bank.admin(`update record set kind = 'x'`)).rejects.toThrow('append-only');
  });

  test('SM-3.5 the application can neither rewrite a posting nor a balance nor claim a debit', async () => {
    const transfer = await walk.pushed(push());
    const forbidden = [
      `update posting set amount = amount + 1`,
      `delete from posting`,
      `insert into limit_use values (${CHUO}, 'x', current_date, 0, 0)`,
      `update account set balance = balance + 1 where id = ${taro.ledgerId}`,
      `update transfer set formed_at = now() where id = '${transfer.transferId}'`,
      `update transfer set status = 'ACSC' where id = '${transfer.transferId}'`,
    ];
    for (const sql of forbidden) {
      const attempt = bank.database.inInstitution(CHUO, (tx) => tx.query(sql));
      await expect(attempt).rejects.toThrow(/permission denied|violates check constraint/);
    }
  });
});
