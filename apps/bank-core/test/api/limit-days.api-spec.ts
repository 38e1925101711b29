import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, must, partyOf, TransferWalk, type Party, type Push } from './transfer-stories.js';

describe('SM-5.3 the day and the measure of the limit', () => {
  let bank: BankCoreUnderTest;
  let walk: TransferWalk;
  let taro: Party;
  let push: Push;

  beforeAll(async () => {
    bank = await startBankCore();
    walk = new TransferWalk(bank);
    taro = await partyOf(bank, CHUO, 'taro-2963');
    const { branchCode, accountNumber } = await partyOf(bank, CHUO, 'jiro-2963');
    push = { to: { bankCode: '2963', branchCode, accountNumber }, amountYen: '1000' };
  });
  afterAll(() => bank.stop());
  beforeEach(async () => {
    await bank.admin('delete from limit_use');
  });

  /** Sets bank time through the sandbox's clock, as every server and every function reads it. */
  const setTime = async (at: number) => {
    await bank.admin('delete from sandbox_clock');
    const now = await walk.now();
    await bank.admin('insert into sandbox_clock (offset_ms) values ($1)', [at - now]);
  };
  const setParameter = (id: string, value: unknown) =>
    bank.admin(
      'update parameter_value set value = $1 where institution_id = $2 and parameter = $3',
      [JSON.stringify(value), CHUO, id],
    );
  const charged = () =>
    bank.admin<{ subject: string; day: string; requested: string; designated: string }>(
      'select subject, on_date::text as day, requested, designated from limit_use order by on_date',
    );

  test('SM-5.3-3/b opened at 23:58, received at 00:01: the new day, and the page is shown again', async () => {
    const day = CivilDate.inTokyo(await walk.now()).plusDays(1);
    await setTime(day.at('23:58'));
    const transfer = await walk.pushed(push);
    const offer = await walk.offered(transfer, taro);
    expect(offer.designatedOn).toEqual(day);
    await setTime(day.plusDays(1).at('00:01'));
    // The date is part of what was shown, so what was confirmed is not what would now be done.
    expect(await walk.confirm(transfer, taro, offer)).toMatchObject({
      refusal: { code: 'content_changed' },
    });
    must(await walk.confirm(transfer, taro, await walk.offered(transfer, taro)));
    const next = day.plusDays(1).toString();
    expect(await charged()).toEqual([
      { subject: taro.holderId, day: next, requested: '1000', designated: '1000' },
    ]);
    await bank.admin('delete from sandbox_clock');
  });

  test('SM-5.3-3 a draft for a day that is over is not confirmed on the next', async () => {
    const day = CivilDate.inTokyo(await walk.now()).plusDays(3);
    await setTime(day.at('23:58'));
    const transfer = must(
      await walk.service.prepare({
        institutionId: CHUO,
        clientId: 'minato-kakei',
        epspId: 'epsp_01j0000000000000000000mnat',
        chainPartnerId: 'none',
        interactionId: 'i',
        instructionId: 'dated',
        creditor: { accountType: '1', nameKana: 'アオバ', ...push.to },
        amountYen: '1000',
        requestedDate: day.toString(),
      }),
    );
    const offer = await walk.offered(transfer, taro);
    await setTime(day.plusDays(1).at('00:01'));
    expect(await walk.confirm(transfer, taro, offer)).toMatchObject({
      refusal: { code: 'date_not_allowed' },
    });
    await bank.admin('delete from sandbox_clock');
    expect(await charged()).toEqual([]);
  });

  test('SM-5.3-1a whether the fee counts is the parameter’s to say', async () => {
    await setParameter('P.sm.limit.includesFee', true);
    must(await walk.walk(push, taro));
    await setParameter('P.sm.limit.includesFee', false);
    expect(await charged()).toMatchObject([{ requested: '1055', designated: '1055' }]);
  });

  test('SM-5.3-1a the limit may span the contract or one account', async () => {
    await setParameter('P.sm.limit.scope', 'account');
    must(await walk.walk(push, taro));
    await setParameter('P.sm.limit.scope', 'contract');
    expect(new Set((await charged()).map(({ subject }) => subject))).toEqual(
      new Set([taro.accountId]),
    );
  });

  test('SM-5.3-2 a lowered cap holds for the next request, without notice', async () => {
    const transfer = await walk.pushed(push);
    const offer = await walk.offered(transfer, taro);
    await setParameter('P.sm.limit.cap', { withOtp: '999', withoutOtp: '0' });
    const answer = await walk.confirm(transfer, taro, offer);
    await setParameter('P.sm.limit.cap', { withOtp: '10000000', withoutOtp: '500000' });
    expect(answer).toMatchObject({ refusal: { code: 'limit_exceeded' } });
    expect(await charged()).toEqual([]);
  });

  test('INT-12 a parameter that nobody set is a refusal, never a default', async () => {
    const [kept] = await bank.admin<{ value: unknown }>(
      `delete from parameter_value where institution_id = $1 and parameter = 'P.sm.transfer.fee' returning value`,
      [CHUO],
    );
    const transfer = await walk.pushed(push);
    expect(await walk.offer(transfer, taro)).toMatchObject({
      refusal: { code: 'parameter_unset', facts: { parameter: 'P.sm.transfer.fee' } },
    });
    await bank.admin(
      `insert into parameter_value (institution_id, parameter, effective_from, value, entered_by, approved_by, sample)
       values ($1, 'P.sm.transfer.fee', '2022-07-01', $2, 'a', 'b', true)`,
      [CHUO, JSON.stringify(kept?.value)],
    );
    expect((await walk.offer(transfer, taro)).ok).toBe(true);
  });
});
