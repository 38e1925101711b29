import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fillAsHolder, openBrowser, type TestBrowser, type TestSystem } from '#libs/testing';
import { machineNow } from '../../../../tools/machine-clock.js';
import { AOBA, isEnd, isPage, MINATO, paymentRequest, Scene, until } from './scene.js';

const KODAMA = 'cp_01j0000000000000000000kdma';

type Person = TestSystem['people'][number];

let scene: Scene;
let chromium: TestBrowser;

beforeAll(async () => {
  scene = await Scene.open();
  chromium = await openBrowser();
});
afterAll(async () => {
  await chromium.close();
  await scene.close();
});

const instruction = () => `story-${randomUUID()}`;

/** A payment from taro's first account at `bank` to somebody of the demonstration. */
function payment(bank: string, payee: Person, amount: string, instructionId = instruction()) {
  const [debit] = scene.person(`taro-${bank}`).accounts;
  const [account] = payee.accounts;
  return paymentRequest({
    bankCode: bank,
    instructionId,
    debit: debit!,
    creditor: {
      bank: payee.bankCode,
      branch: account!.branchCode,
      type: account!.accountType,
      number: account!.accountNumber,
      kana: 'レンケイ ハナコ',
    },
    amount,
  });
}

async function statusOf(instructionId: string, bank: string) {
  const minato = scene.intermediary(MINATO);
  const token = await minato.statusToken();
  return minato.get(token, `/v1/banks/${bank}/transfers`, { instructionId });
}

const moneyOf = (value: unknown) => (value as { amount: string }).amount;

describe('a holder confirms one transfer', () => {
  test.each([
    ['ja', 360],
    ['en', 1280],
  ] as const)(
    'SM-5.1-2-2/a 振替 at one branch costs nothing and reaches the payee at once, in Chromium (%s, %i px)',
    async (language, width) => {
      const minato = scene.intermediary(MINATO);
      const taro = scene.person('taro-2963');
      const detail = payment('2963', scene.person('hanako-2963'), '1200');
      const pushed = await minato.push('transfers', detail);
      expect(await statusOf(detail.instruction_id, '2963')).toMatchObject({
        status: 200,
        body: { status: 'RCVD' },
      });

      const visitor = await chromium.newVisitor({ language, width });
      const page = await visitor.newPage();
      const end = minato.client.redirect_uri;
      const landing = page.waitForRequest((request) => request.url().startsWith(end));
      await page.route(`${end}**`, (route) => route.fulfill({ body: 'the intermediary' }));
      await page.goto(pushed.url.href);
      await page.fill('#login', taro.loginId);
      await page.fill('#password', taro.loginPassword);
      await page.click('#submit');
      await page.waitForSelector('#confirmation-password');
      expect(await page.content()).toMatch(/1,200/);
      await scene.factorsOf(taro, page);
      await page.click('#approve');
      const landedAt = new URL((await landing).url());
      await visitor.close();

      const tokens = await minato.redeem(pushed, landedAt);
      expect(tokens.details).toMatchObject([
        { type: 'transfer_initiation', transfer_id: expect.stringMatching(/^trf_/) },
      ]);
      const status = await statusOf(detail.instruction_id, '2963');
      expect(status.body).toMatchObject({ status: 'ACSC', kind: 'furikae' });
      expect(moneyOf(status.body['fee'])).toBe('0');
      expect(await scene.debitsOf(String(status.body['transferId']))).toBe(1);
    },
  );

  test('SM-5.1-2-1/b 振込 to another institution takes its fee and is sent through clearing', async () => {
    const minato = scene.intermediary(MINATO);
    const detail = payment('2963', scene.person('hanako-2825'), '3000');
    const pushed = await minato.push('transfers', detail);
    const { landedAt } = await scene.walk(minato, pushed, await scene.freshFactors('taro-2963'));
    await minato.redeem(pushed, landedAt);
    await until(async () => {
      const { body } = await statusOf(detail.instruction_id, '2963');
      return body['status'] === 'ACSC';
    });
    const { body } = await statusOf(detail.instruction_id, '2963');
    expect(body['kind']).toBe('furikomi');
    expect(BigInt(moneyOf(body['fee']))).toBeGreaterThan(0n);
    expect(await scene.debitsOf(String(body['transferId']))).toBe(1);
  });

  test('RKN-D1b what is built from a partner’s data names the partner end to end, into the records', async () => {
    const aoba = scene.intermediary(AOBA);
    const detail = {
      ...payment('2963', scene.person('hanako-2963'), '1100'),
      chain_partner: KODAMA,
    };
    const pushed = await aoba.push('transfers', detail);
    const browser = scene.browser(aoba);
    const taro = await scene.freshFactors('taro-2963');
    let step = await browser.open(pushed.url);
    isPage(step);
    fillAsHolder(step, taro, machineNow);
    step = await browser.press(step, 'submit');
    isPage(step);
    for (const name of ['あおばフィンテック', 'こだま']) expect(step.html).toContain(name);
    fillAsHolder(step, taro, machineNow);
    const end = await browser.press(step, 'approve');
    isEnd(end);
    const tokens = await aoba.redeem(pushed, end.landedAt);
    const [granted] = tokens.details as { transfer_id: string; chain_partner: string }[];
    expect(granted?.chain_partner).toBe(KODAMA);
    const recorded = (column: string, value: unknown) =>
      scene.rows<{ id: string; kind: string }>(
        `select id, kind from record where ${column} = $1 and transfer_id = $2
           and kind like 'transfer%' order by id`,
        [value, granted?.transfer_id],
      );
    const all = await recorded('transfer_id', granted?.transfer_id);
    expect(all.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['transfer_received', 'transfer_shown', 'transfer_fixed']),
    );
    // The same records are found from the partner and from the intermediary.
    expect(await recorded('chain_partner_id', KODAMA)).toEqual(all);
    expect(await recorded('epsp_id', AOBA)).toEqual(all);
  });

  test('B-2 every page of a transfer has a way back: it is cancelled, and nothing is debited', async () => {
    const minato = scene.intermediary(MINATO);
    const taro = scene.person('taro-2963');
    for (const stage of ['login', 'payer', 'confirmation'] as const) {
      const whole = payment('2963', scene.person('hanako-2963'), '1300');
      const { debit_account: _, ...withoutPayer } = whole;
      const pushed = await minato.push('transfers', withoutPayer);
      const browser = scene.browser(minato);
      let step = await browser.open(pushed.url);
      if (stage !== 'login') {
        isPage(step);
        step.fill('login', taro.loginId).fill('password', taro.loginPassword);
        step = await browser.press(step, 'submit');
      }
      if (stage === 'confirmation') {
        isPage(step);
        step = await browser.press(step.tick('account-1'), 'next');
      }
      isPage(step);
      expect(step.has('confirmation-password')).toBe(stage === 'confirmation');
      const end = await browser.press(step, 'cancel');
      isEnd(end);
      expect(Object.fromEntries(end.landedAt.searchParams)).toMatchObject({
        error: 'access_denied',
        state: pushed.state,
        iss: scene.system.gatewayOrigin,
      });
      const { body } = await statusOf(whole.instruction_id, '2963');
      expect(body['status']).toBe('CANC');
      expect(await scene.debitsOf(String(body['transferId']))).toBe(0);
    }
  });

  test('SM-5.2/c the same push again is the same transfer; other content is refused', async () => {
    const minato = scene.intermediary(MINATO);
    const detail = payment('2825', scene.person('hanako-2825'), '700');
    const first = await minato.push('transfers', detail);
    const { landedAt } = await scene.walk(minato, first, await scene.freshFactors('taro-2825'));
    await minato.redeem(first, landedAt);
    const before = await statusOf(detail.instruction_id, '2825');

    await minato.push('transfers', detail).catch(() => undefined);
    const after = await statusOf(detail.instruction_id, '2825');
    expect(after.body['transferId']).toBe(before.body['transferId']);
    expect(await scene.debitsOf(String(before.body['transferId']))).toBe(1);
    const other = { ...detail, amount: { amount: '701', currency: 'JPY' } };
    await expect(minato.push('transfers', other)).rejects.toMatchObject({
      error: 'invalid_authorization_details',
      error_description: expect.stringMatching(/^instruction_id_reused: /),
    });
  });

  test('a wrong one-time password brings the page again, and nothing is debited', async () => {
    const minato = scene.intermediary(MINATO);
    const taro = scene.person('taro-2825');
    const detail = payment('2825', scene.person('hanako-2825'), '900');
    const pushed = await minato.push('transfers', detail);
    const browser = scene.browser(minato);
    let step = await browser.open(pushed.url);
    isPage(step);
    fillAsHolder(step, taro, machineNow);
    step = await browser.press(step, 'submit');
    isPage(step);
    step.fill('confirmation-password', taro.confirmationPassword).fill('otp', '000000');
    step = await browser.press(step, 'approve');
    isPage(step);
    expect(step.has('approve')).toBe(true);
    const end = await browser.press(step, 'cancel');
    isEnd(end);
    expect(end.landedAt.searchParams.get('error')).toBe('access_denied');
    const { body } = await statusOf(detail.instruction_id, '2825');
    expect(body['status']).toBe('CANC');
    expect(await scene.debitsOf(String(body['transferId']))).toBe(0);
  });

  test('SM-13.2-2/a a connection cut after the confirmation: the status tells the truth', async () => {
    const minato = scene.intermediary(MINATO);
    const taro = await scene.freshFactors('taro-2963');
    const detail = payment('2963', scene.person('hanako-2963'), '1500');
    const pushed = await minato.push('transfers', detail);
    const browser = scene.browser(minato);
    let step = await browser.open(pushed.url);
    isPage(step);
    fillAsHolder(step, taro, machineNow);
    step = await browser.press(step, 'submit');
    isPage(step);
    fillAsHolder(step, taro, machineNow);
    // The gateway dies before the browser can come back to it: the answer is lost, the debit is not.
    scene.system.servers.gateway.kill();
    await browser.press(step, 'approve').catch(() => undefined);
    await scene.system.servers.gateway.start().catch(() => undefined);
    await until(async () => {
      const answer = await statusOf(detail.instruction_id, '2963').catch(() => undefined);
      return answer?.status === 200 && answer.body['status'] === 'ACSC';
    }, 600);
    const { body } = await statusOf(detail.instruction_id, '2963');
    expect(await scene.debitsOf(String(body['transferId']))).toBe(1);
    await minato.push('transfers', detail).catch(() => undefined);
    expect((await statusOf(detail.instruction_id, '2963')).body['transferId']).toBe(
      body['transferId'],
    );
    expect(await scene.debitsOf(String(body['transferId']))).toBe(1);
  });
});

describe('what bad input gets at the push', () => {
  test.each<[string, (d: ReturnType<typeof payment>) => object, string]>([
    [
      'an unknown bank',
      (d) => ({ ...d, creditor: { ...d.creditor, bank_code: '9999' } }),
      'unknown_bank',
    ],
    [
      'an unknown branch',
      (d) => ({ ...d, creditor: { ...d.creditor, branch_code: '999' } }),
      'unknown_branch',
    ],
    [
      'an amount of 0',
      (d) => ({ ...d, amount: { amount: '0', currency: 'JPY' } }),
      'amount_out_of_range',
    ],
    [
      'a negative amount',
      (d) => ({ ...d, amount: { amount: '-1', currency: 'JPY' } }),
      'amount_out_of_range',
    ],
    [
      'a fractional amount',
      (d) => ({ ...d, amount: { amount: '1.5', currency: 'JPY' } }),
      'amount_out_of_range',
    ],
    [
      'an amount above 10^12',
      (d) => ({ ...d, amount: { amount: '1000000000001', currency: 'JPY' } }),
      'amount_out_of_range',
    ],
    [
      'T-07 a name in kanji',
      (d) => ({ ...d, creditor: { ...d.creditor, name_kana: '連携花子' } }),
      'payee_name_invalid',
    ],
    [
      'T-07 a name with a bidi mark',
      (d) => ({ ...d, creditor: { ...d.creditor, name_kana: 'ハナコ\u202e' } }),
      'payee_name_invalid',
    ],
    ['an unknown property', (d) => ({ ...d, more: 1 }), ''],
    ['no chain partner and no none', ({ chain_partner: _, ...d }) => d, 'chain_partner_missing'],
    [
      'RKN-C1a/a an unknown chain partner',
      (d) => ({ ...d, chain_partner: 'cp_01j0000000000000000000zzzz' }),
      'chain_partner_unknown',
    ],
    [
      'RKN-D4 a bank that offers no writes',
      (d) => ({ ...d, bank_code: '2951' }),
      'function_not_offered',
    ],
  ])('%s', async (_title, change, code) => {
    const minato = scene.intermediary(MINATO);
    const detail = change(payment('2963', scene.person('hanako-2963'), '1000'));
    await expect(minato.push('transfers', detail as Record<string, unknown>)).rejects.toMatchObject(
      {
        error: 'invalid_authorization_details',
        error_description: expect.stringMatching(code ? new RegExp(`^${code}: `) : /./),
      },
    );
  });
});
