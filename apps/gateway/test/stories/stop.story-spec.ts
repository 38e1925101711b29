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
    await until(() =>
      minato.push('accounts', householdRequest('2963')).then(
        () => false,
        ({ error_description: told }: { error_description?: string }) =>
          told?.startsWith('linkage_suspended: ') ?? false,
      ),
    );

    await release(MINATO, '2963');
    await until(async () => (await read(here, '2963')).status === 200);
  });

  test('X-21 a confirmation under way when the hold commits is refused, and nothing is debited', async () => {
    const minato = scene.intermediary(MINATO);
    const taro = await scene.freshFactors('taro-2825');
    const hanako = scene.person('hanako-2825');
    const detail = paymentRequest({
      bankCode: '2825',
      instructionId: `stop-${randomUUID()}`,
      debit: taro.accounts[0]!,
      creditor: {
        bank: '2825',
        branch: hanako.accounts[0]!.branchCode,
        type: hanako.accounts[0]!.accountType,
        number: hanako.accounts[0]!.accountNumber,
        kana: 'レンケイ ハナコ',
      },
      amount: '1000',
    });
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
