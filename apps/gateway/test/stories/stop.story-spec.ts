import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fillAsHolder } from '#libs/testing';
import { machineNow } from '../../../../tools/machine-clock.js';
import {
  AOBA,
  householdRequest,
  isEnd,
  isPage,
  MINATO,
  paymentRequest,
  Scene,
  TSUBAME,
  until,
} from './scene.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene.close());

const untilTomorrow = () => {
  const tomorrow = new Date(machineNow() + 24 * 3_600_000).toISOString();
  return tomorrow.replace(/\.\d+Z$/, '+00:00');
};

const hold = (epsp: string, bank: string, more: string[] = []) =>
  scene.staff(
    'hold',
    ...['--bank', bank, '--epsp', epsp, '--basis', 'story', '--until', untilTomorrow(), ...more],
  );
const release = (epsp: string, bank: string, more: string[] = []) =>
  scene.staff('release', ...['--bank', bank, '--epsp', epsp, ...more]);

/** bank-core is not asked at this push: what refuses it is the gateway's own copy. */
const isRefusedAtThePush = (software: ReturnType<Scene['intermediary']>, bank: string) =>
  software.push('accounts', householdRequest(bank)).then(
    () => false,
    ({ error_description: told }: { error_description?: string }) =>
      told?.startsWith('linkage_suspended: ') ?? false,
  );

/** From taro's account at 2825. */
function payment(title: string, payee: string, amount: string) {
  const { bankCode, accounts } = scene.person(payee);
  const [debit] = scene.person('taro-2825').accounts;
  const [to] = accounts;
  return paymentRequest({
    bankCode: '2825',
    instructionId: `${title}-${randomUUID()}`,
    debit: debit!,
    creditor: {
      bank: bankCode,
      branch: to!.branchCode,
      type: to!.accountType,
      number: to!.accountNumber,
      kana: 'レンケイ ハナコ',
    },
    amount,
  });
}

const quoteOf = ({ debit_account: debit, creditor, amount }: ReturnType<typeof payment>) => ({
  debitBranchCode: debit.branch_code,
  creditor: {
    bankCode: creditor.bank_code,
    branchCode: creditor.branch_code,
    accountType: creditor.account_type,
    accountNumber: creditor.account_number,
  },
  amount,
});

describe('a protective hold by two people (INT-13)', () => {
  test('RKN-S4c/c,d,f reads stop at the held bank only, and come back without a new consent', async () => {
    const minato = scene.intermediary(MINATO);
    const here = await scene.consented(minato, scene.person('taro-2963'), householdRequest('2963'));
    const there = await scene.consented(
      minato,
      scene.person('taro-2951'),
      householdRequest('2951'),
    );
    const read = (tokens: typeof here, bank: string) =>
      minato.get(tokens.accessToken, `/v1/banks/${bank}/accounts`);
    expect(await read(here, '2963')).toMatchObject({ status: 200 });

    await hold(MINATO, '2963');
    const refused = await read(here, '2963');
    expect(refused).toMatchObject({ status: 403, body: { code: 'linkage_suspended' } });
    expect(JSON.stringify(refused.body)).not.toMatch(/accountId|taro|balance/);
    expect(await read(there, '2951')).toMatchObject({ status: 200 });
    // bank-core refuses at once; the gateway's own copy follows with the next heartbeat.
    await until(() => isRefusedAtThePush(minato, '2963'));

    await release(MINATO, '2963');
    await until(async () => (await read(here, '2963')).status === 200);
  });

  test('X-21 a confirmation under way when the hold commits is refused, and nothing is debited', async () => {
    const minato = scene.intermediary(MINATO);
    const taro = await scene.freshFactors('taro-2825');
    const detail = payment('stop', 'hanako-2825', '1000');
    const pushed = await minato.push('transfers', detail);
    const browser = scene.browser(minato);
    let step = await browser.open(pushed.url);
    isPage(step);
    fillAsHolder(step, taro, machineNow);
    step = await browser.press(step, 'submit');
    isPage(step);
    fillAsHolder(step, taro, machineNow);

    await hold(MINATO, '2825');
    let end = await browser.press(step, 'approve');
    if ('html' in end) {
      expect(end.text('oauth-error')).not.toBe('');
      end = await browser.press(end, 'cancel');
    }
    isEnd(end);
    expect(end.landedAt.searchParams.get('error')).toBe('access_denied');
    expect(end.landedAt.searchParams.get('error_description')).toContain('linkage_suspended');
    await release(MINATO, '2825');
    const token = await minato.statusToken();
    const path = '/v1/banks/2825/transfers';
    let id = '';
    await until(async () => {
      const answer = await minato.get(token, path, { instructionId: detail.instruction_id });
      id = String(answer.body['transferId']);
      return answer.body['status'] === 'RJCT' || answer.body['status'] === 'CANC';
    });
    expect(await scene.debitsOf(id)).toBe(0);
  });

  test('RKN-S4c/c X-21 INT-21 what was confirmed before is completed, and read while the hold stands', async () => {
    const minato = scene.intermediary(MINATO);
    const detail = payment('before', 'hanako-2963', '1700');
    const pushed = await minato.push('transfers', detail);
    const holder = await scene.freshFactors('taro-2825');
    const { landedAt } = await scene.walk(minato, pushed, holder);
    const tokens = await minato.redeem(pushed, landedAt);

    await hold(MINATO, '2825');
    const own = await minato.statusToken();
    const at = (path: string) => `/v1/banks/2825/${path}`;
    // The gateway itself refuses by now what would begin something.
    await until(() => isRefusedAtThePush(minato, '2825'));
    const quote = await minato.send('POST', own, at('transfer-quotes'), {
      headers: { 'x-chain-partner-id': 'none' },
      body: quoteOf(detail),
    });
    expect(quote).toMatchObject({ status: 403, body: { code: 'linkage_suspended' } });

    const byInstruction = () =>
      minato.get(own, at('transfers'), { instructionId: detail.instruction_id });
    await until(async () => {
      const { status, body } = await byInstruction();
      expect(status).toBe(200);
      return body['status'] === 'ACSC';
    });
    const { body } = await byInstruction();
    const id = String(body['transferId']);
    for (const token of [own, tokens.accessToken])
      expect(await minato.get(token, at(`transfers/${id}`))).toMatchObject({
        status: 200,
        body: { status: 'ACSC', amount: detail.amount },
      });
    const today = String(body['formedAt']).slice(0, 10);
    const day = await minato.get(own, at(`reconciliations/${today}`));
    expect(day).toMatchObject({ status: 200, body: { businessDate: today } });
    expect(Number(day.body['count'])).toBeGreaterThan(0);
    expect(await scene.debitsOf(id)).toBe(1);
    await release(MINATO, '2825');
  });

  test('a login page that was open when the hold committed explains it and leads back', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2954');
    const pushed = await minato.push('accounts', householdRequest('2954'));
    const browser = scene.browser(minato);
    const login = await browser.open(pushed.url);
    isPage(login);
    await hold(MINATO, '2954');
    login.fill('login', holder.loginId).fill('password', holder.loginPassword);
    let step = await browser.press(login, 'submit');
    if ('html' in step) step = await browser.press(step, 'cancel');
    isEnd(step);
    expect(Object.fromEntries(step.landedAt.searchParams)).toMatchObject({
      error: 'access_denied',
      state: pushed.state,
      iss: scene.system.gatewayOrigin,
    });
    await release(MINATO, '2954');
  });

  test('RKN-C2b/e a hold on one chain partner leaves the intermediary’s own reads open', async () => {
    const aoba = scene.intermediary(AOBA);
    const holder = scene.person('taro-2972');
    const own = await scene.consented(aoba, holder, householdRequest('2972'));
    const chained = await scene.consented(aoba, holder, householdRequest('2972', TSUBAME));
    await hold(AOBA, '2972', ['--partner', TSUBAME]);
    const path = '/v1/banks/2972/accounts';
    await until(async () => (await aoba.get(chained.accessToken, path)).status === 403);
    expect(await aoba.get(own.accessToken, path)).toMatchObject({ status: 200 });
    await release(AOBA, '2972', ['--partner', TSUBAME]);
  });

  test('T-17 one person cannot hold a link alone', async () => {
    await expect(
      scene.staffAs(
        'compliance',
        'compliance',
        'hold',
        '--bank',
        '2963',
        '--epsp',
        MINATO,
        '--basis',
        'x',
        '--until',
        untilTomorrow(),
      ),
    ).rejects.toThrow(/four_eyes|同じ|same person/);
  });
});
