import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf, SAIKAI, TransferWalk, type Party } from './transfer-stories.js';

describe('確定: from the page to the debit', () => {
  let bank: BankCoreUnderTest;
  let walk: TransferWalk;
  let taro: Party;
  let hanako: Party;
  let jiro: Party;

  beforeAll(async () => {
    bank = await startBankCore();
    walk = new TransferWalk(bank);
    taro = await partyOf(bank, CHUO, 'taro-2963');
    hanako = await partyOf(bank, CHUO, 'hanako-2963');
    jiro = await partyOf(bank, CHUO, 'jiro-2963');
  });
  afterAll(() => bank.stop());

  const to = (party: Party, bankCode = '2963') => ({
    bankCode,
    branchCode: party.branchCode,
    accountNumber: party.accountNumber,
  });

  test('SM-5.1-2-2/a same branch is 振替, third party or not: no fee, both accounts at once', async () => {
    const before = [
      await walk.balance(CHUO, taro.ledgerId),
      await walk.balance(CHUO, hanako.ledgerId),
    ];
    const result = await walk.walk({ to: to(hanako), amountYen: '12345' }, taro);
    expect(result).toMatchObject({
      ok: true,
      value: { status: 'ACSC', kind: 'furikae', feeYen: 0n },
    });
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe((before[0] ?? 0n) - 12_345n);
    expect(await walk.balance(CHUO, hanako.ledgerId)).toBe((before[1] ?? 0n) + 12_345n);
  });

  test('SM-5.1-2-1/a another branch is 振込: the fee is a posting of its own in the same group', async () => {
    const before = await walk.balance(CHUO, taro.ledgerId);
    const transfer = await walk.pushed({ to: { ...to(jiro), nameKana: 'アオバ ジロウ' } });
    const offer = await walk.offered(transfer, taro);
    expect(offer).toMatchObject({ kind: 'furikomi', feeYen: 55n, payee: { verified: true } });
    const result = await walk.confirm(transfer, taro, offer);
    expect(result).toMatchObject({ ok: true, value: { status: 'ACSC', feeYen: 55n } });
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before - 1_055n);
    const rows = await bank.admin<{ operation: string; amount: string; role: string | null }>(
      `select p.operation, p.amount, s.role from posting p
       left join system_account s on s.institution_id = p.institution_id and s.account_id = p.credit_account
       where p.institution_id = $1 and p.key = ledger_key($2) order by p.line`,
      [CHUO, transfer.transferId],
    );
    expect(rows).toEqual([
      { operation: 'transfer', amount: '1000', role: null },
      { operation: 'fee', amount: '55', role: 'fee_income' },
    ]);
  });

  test('SM-5.4-1 to another institution of ours: debited at once, credited once, then sent', async () => {
    const payee = await partyOf(bank, SAIKAI, 'hanako-2825');
    const before = await walk.balance(SAIKAI, payee.ledgerId);
    const transfer = await walk.pushed({ to: to(payee, '2825'), amountYen: '70000' });
    const offer = await walk.offered(transfer, taro);
    expect(offer.feeYen).toBe(440n);
    const confirmed = await walk.confirm(transfer, taro, offer);
    expect(confirmed.ok).toBe(true);
    expect(await walk.settled(transfer)).toMatchObject({ status: 'ACSC', aftercare: null });
    expect(await walk.balance(SAIKAI, payee.ledgerId)).toBe(before + 70_000n);
  });

  test('SM-5.4-2/a an unknown account there: the amount comes back once, the fee does not', async () => {
    const before = await walk.balance(CHUO, taro.ledgerId);
    const nobody = { bankCode: '2825', branchCode: '001', accountNumber: '0000000' };
    const transfer = await walk.pushed({ to: nobody, amountYen: '5000' });
    const offer = await walk.offered(transfer, taro);
    await walk.confirm(transfer, taro, offer);
    expect(await walk.settled(transfer)).toMatchObject({
      status: 'ACSC',
      aftercare: 'returned',
      statusReason: 'no_such_account',
    });
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before - 220n);
  });
});
