import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import argon2 from 'argon2';
import { Secret } from 'otpauth';
import { oneTimePassword } from '#libs/testing';
import { CredentialsService } from '../../src/credentials/index.js';
import { PasswordHasher } from '../../src/platform/password-hasher.js';
import {
  ApprovalWalk,
  CONFIRMATION_PASSWORD,
  landed,
  LOGIN_PASSWORD,
  stillHere,
} from './approval-walk.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf, type Party } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
let credentials: CredentialsService;
let taro: Party;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
  credentials = bank.app.get(CredentialsService);
  taro = await partyOf(bank, CHUO, 'taro-2963');
});
afterAll(() => bank.stop());

/** Every test begins with holders who are active and have failed nowhere. */
beforeEach(async () => {
  await bank.admin(`update holder set service_state = 'active'`);
  await bank.admin('update credential_password set consecutive_failures = 0');
  await bank.admin('update credential_otp set consecutive_failures = 0, last_used_step = 0');
  await bank.admin('delete from login_failure');
});

const logIn = (password: string, loginId = 'taro-2963', source = '192.0.2.1') =>
  credentials.checkLogin({
    institutionId: CHUO,
    loginId,
    password,
    source,
    interactionId: randomUUID(),
  });
const outcomeOf = async (login: ReturnType<typeof logIn>) => {
  const result = await login;
  return result.ok ? 'in' : result.refusal.code;
};
const stateOf = async (loginId = 'taro-2963') => {
  const [row] = await bank.admin<{ service_state: string }>(
    'select service_state from holder where institution_id = $1 and login_id = $2',
    [CHUO, loginId],
  );
  return row?.service_state;
};

describe('T-31 a server that is too busy to compare a password', () => {
  const failures = async () =>
    bank.admin<{ kind: string; n: number }>(
      `select kind, consecutive_failures as n from credential_password
       where institution_id = $1 and holder_id = $2 order by kind`,
      [CHUO, taro.holderId],
    );

  test('T-16 asks to come back and counts no failure: a flood locks out nobody', async () => {
    const hasher = bank.app.get(PasswordHasher);
    const flood = Array.from({ length: 60 }, () => hasher.verify(undefined, 'x'));
    const ended = Promise.allSettled(flood);
    const entry = {
      institutionId: CHUO,
      holderId: taro.holderId,
      confirmationPassword: CONFIRMATION_PASSWORD,
      otp: undefined,
      contentHash: 'sha256:0',
      transferId: 'trf_01j00000000000000000000000',
      interactionId: randomUUID(),
    };
    jest.spyOn(hasher, 'verify').mockRejectedValue((await ended).find(isRejected)?.reason);
    await expect(logIn(LOGIN_PASSWORD)).rejects.toMatchObject({ code: 'core_unavailable' });
    await expect(credentials.checkConfirmation(entry)).rejects.toMatchObject({
      code: 'core_unavailable',
    });
    jest.restoreAllMocks();
    expect(await failures()).toEqual([
      { kind: 'confirmation', n: 0 },
      { kind: 'login', n: 0 },
    ]);
    expect(await outcomeOf(logIn(LOGIN_PASSWORD))).toBe('in');
  });
});

const isRejected = (one: PromiseSettledResult<unknown>): one is PromiseRejectedResult =>
  one.status === 'rejected';

describe('SM-9.2 consecutive wrong entries stop the whole service', () => {
  test('SM-9.2/a four wrong, right, four wrong: not locked', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 4; count += 1)
        expect(await outcomeOf(logIn('wrong'))).toBe('login_failed');
      expect(await outcomeOf(logIn(LOGIN_PASSWORD))).toBe('in');
    }
    expect(await stateOf()).toBe('active');
  });

  test('SM-9.2/b the fifth wrong one locks; the right one is refused from then on', async () => {
    for (let count = 0; count < 4; count += 1) await logIn('wrong');
    expect(await stateOf()).toBe('active');
    await logIn('wrong');
    expect(await stateOf()).toBe('locked');
    expect(await outcomeOf(logIn(LOGIN_PASSWORD))).toBe('login_failed');
    const [record] = await bank.admin<{ content: object }>(
      `select content from record where kind = 'service_locked' and holder_id = $1
       order by id desc limit 1`,
      [taro.holderId],
    );
    expect(record?.content).toMatchObject({
      clause: 'SM-9.2',
      reading: 'INT-25',
      kind: 'login',
      attempt: 5,
      threshold: 5,
    });
  });

  test('SM-9.2/c two browsers at once count together, and no more guesses get through than five', async () => {
    const locks = async () => {
      const rows = await bank.admin(
        `select 1 from record where kind = 'service_locked' and holder_id = $1`,
        [taro.holderId],
      );
      return rows.length;
    };
    const before = await locks();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, i) => outcomeOf(logIn('wrong', 'taro-2963', `192.0.2.${i}`))),
    );
    expect(new Set(outcomes)).toEqual(new Set(['login_failed']));
    expect(await stateOf()).toBe('locked');
    expect(await locks()).toBe(before + 1);
  });

  test('SM-9.2/d what becomes of reservations is no default: every institution has set it', async () => {
    const rows = await bank.admin<{ value: string }>(
      `select value #>> '{}' as value from parameter_value
       where parameter = 'P.sm.lock.reservations' and approved_by <> entered_by`,
    );
    expect(rows.map(({ value }) => value)).toEqual(Array.from({ length: 15 }, () => 'run'));
  });

  test('SM-9.2/e a lock freezes the consents at once, never revokes them, and they thaw with it', async () => {
    const consentId = await consented();
    const read = () =>
      bank.call({ path: '/institutions/2963/accounts', as: { consent: consentId } });
    expect(await read()).toMatchObject({ status: 200 });
    for (let count = 0; count < 5; count += 1) await logIn('wrong');
    expect(await read()).toMatchObject({ status: 403, body: { code: 'holder_unavailable' } });
    const stateNow = async () => {
      const [row] = await bank.admin<{ state: string; state_reason: string }>(
        'select state, state_reason from consent where id = $1',
        [consentId],
      );
      return row;
    };
    expect(await stateNow()).toEqual({ state: 'frozen', state_reason: 'holder_locked' });
    await bank.database.inInstitution(CHUO, (tx) =>
      credentials.unlock(tx, CHUO, taro.holderId, { by: 'branch', form: '1' }, Date.now()),
    );
    expect(await stateNow()).toMatchObject({ state: 'authorised' });
    expect(await read()).toMatchObject({ status: 200 });
    expect(await outcomeOf(logIn(LOGIN_PASSWORD))).toBe('in');
  });

  test('T-29 why a holder is unavailable is never told: lock and stop are one answer', async () => {
    const consentId = await consented();
    const answers: unknown[] = [];
    for (const state of ['locked', 'stopped']) {
      await bank.admin('update holder set service_state = $1 where id = $2', [
        state,
        taro.holderId,
      ]);
      const { status, body } = await bank.call({
        path: '/institutions/2963/accounts',
        as: { consent: consentId },
      });
      const { instance: _, ...rest } = body;
      answers.push({ status, rest });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 403, rest: { code: 'holder_unavailable' } });
    expect(JSON.stringify(answers)).not.toMatch(/lock|stop|SM-9/i);
  });

  async function consented(): Promise<string> {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const accounts = await walk.logIn(login, browser);
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    const end = landed(await browser.press(consent, 'approve'));
    const { body } = await walk.result(end);
    return (body['consent'] as { consentId: string }).consentId;
  }
});

describe('T-16 probing and spraying', () => {
  test('unknown, wrong and locked ids get the same bytes', async () => {
    await bank.admin(`update holder set service_state = 'locked' where login_id = 'hanako-2963'`);
    const pages: string[] = [];
    for (const loginId of ['taro-2963', 'hanako-2963', 'nobody-at-all']) {
      const browser = walk.browser('ja', '192.0.2.77');
      const login = stillHere(await browser.open(await walk.open()));
      login.fill('login', loginId).fill('password', 'wrong-password');
      const page = stillHere(await browser.press(login, 'submit'));
      const changing = [/apr_[0-9a-z]{26}/g, /[0-9a-f-]{36}/g, /value="[\w-]{43}"/g];
      pages.push(
        `${page.status} ${changing.reduce((text, one) => text.replaceAll(one, '…'), page.html)}`,
      );
    }
    expect(pages[0]).toContain('窓口');
    expect(pages[0]).not.toContain('taro');
    expect(new Set(pages).size).toBe(1);
  });

  test('every one of them costs one hash of the same cost, so that time tells nothing either', async () => {
    await bank.admin(`update holder set service_state = 'locked' where login_id = 'hanako-2963'`);
    const hashed = jest.spyOn(argon2, 'verify');
    const costs: string[][] = [];
    for (const loginId of ['taro-2963', 'hanako-2963', 'nobody']) {
      hashed.mockClear();
      await logIn('wrong', loginId, '198.51.100.1');
      costs.push(hashed.mock.calls.map(([hash]) => hash.split('$').slice(0, 4).join('$')));
    }
    hashed.mockRestore();
    const once = ['$argon2id$v=19$m=19456,p=1,t=2'];
    expect(costs).toEqual([once, once, once]);
  });

  test('a source that failed on ten ids is slowed before any counter moves; others are not', async () => {
    const source = '203.0.113.9';
    for (let id = 0; id < 10; id += 1) await logIn('wrong', `guess-${id}`, source);
    // The first pause is one second: on a loaded machine it would be over before the page is open.
    await bank.admin(`update login_failure set failed_at = renkei_now() + interval '1 minute'`);
    expect(await outcomeOf(logIn('wrong', 'taro-2963', source))).toBe('login_slowed');
    const [row] = await bank.admin<{ consecutive_failures: number }>(
      `select consecutive_failures from credential_password
       where institution_id = $1 and holder_id = $2 and kind = 'login'`,
      [CHUO, taro.holderId],
    );
    expect(row?.consecutive_failures).toBe(0);
    expect(await outcomeOf(logIn(LOGIN_PASSWORD, 'taro-2963', '192.0.2.200'))).toBe('in');
    const browser = walk.browser('ja', source);
    const login = stillHere(await browser.open(await walk.open()));
    login.fill('login', 'taro-2963').fill('password', LOGIN_PASSWORD);
    const page = stillHere(await browser.press(login, 'submit'));
    expect(page.status).toBe(429);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  test('T-30 what is kept about a source names neither the address nor the id', async () => {
    await logIn('wrong', 'somebody', '203.0.113.50');
    const rows = await bank.admin<{ row: string }>('select f::text as row from login_failure f');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toMatch(/203\.0\.113|somebody/);
  });
});

describe('what a confirmation needs', () => {
  const secret = () =>
    bank.people.find(({ loginId }) => loginId === 'taro-2963')?.totpSecretBase32 ?? '';
  const now = async () => {
    const [row] = await bank.admin<{ ms: string }>(
      'select (extract(epoch from renkei_now()) * 1000)::bigint as ms',
    );
    return Number(row?.ms);
  };
  const confirm = (confirmationPassword: string, otp: string | undefined) =>
    credentials.checkConfirmation({
      institutionId: CHUO,
      holderId: taro.holderId,
      confirmationPassword,
      otp,
      contentHash: 'sha256:the content that was shown',
      transferId: 'trf_01j00000000000000000000000',
      interactionId: randomUUID(),
    });
  const code = async (steps = 0) => oneTimePassword(secret(), (await now()) + steps * 30_000);

  test('SM-7.3a one factor alone is refused, both pass and are recorded by name, bound to the content', async () => {
    expect((await confirm(CONFIRMATION_PASSWORD, undefined)).ok).toBe(false);
    expect((await confirm('wrong', await code())).ok).toBe(false);
    await bank.admin('update credential_otp set last_used_step = 0');
    const result = await confirm(CONFIRMATION_PASSWORD, await code());
    expect(result).toEqual({
      ok: true,
      value: { factors: ['confirmation_password', 'one_time_password'] },
    });
    const [record] = await bank.admin<{ content: object; text: string }>(
      `select content, content::text as text from record where kind = 'factors_matched'
       and holder_id = $1 order by id desc limit 1`,
      [taro.holderId],
    );
    expect(record?.content).toMatchObject({
      reading: 'INT-30',
      matched: ['confirmation_password', 'one_time_password'],
      contentHash: 'sha256:the content that was shown',
    });
    expect(record?.text).not.toContain(CONFIRMATION_PASSWORD);
  });

  test('SM-7.2/b one step early or late passes, two do not', async () => {
    for (const [steps, expected] of [
      [-1, true],
      [1, true],
      [-3, false],
      [3, false],
    ] as const) {
      await bank.admin('update credential_otp set last_used_step = 0, consecutive_failures = 0');
      expect((await confirm(CONFIRMATION_PASSWORD, await code(steps))).ok).toBe(expected);
    }
  });

  test('SM-7.2/c a code that was just used is refused, ten times at once too', async () => {
    const otp = await code();
    const results = await Promise.all(
      Array.from({ length: 4 }, () => confirm(CONFIRMATION_PASSWORD, otp)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await confirm(CONFIRMATION_PASSWORD, otp)).ok).toBe(false);
  });

  test('SM-8.2/b, INT-25 a wrong code counts on its own; it never locks the service', async () => {
    for (let count = 0; count < 6; count += 1) await confirm(CONFIRMATION_PASSWORD, '000000');
    expect(await stateOf()).toBe('active');
    expect((await confirm(CONFIRMATION_PASSWORD, await code())).ok).toBe(false);
    await bank.admin('update credential_otp set consecutive_failures = 0, last_used_step = 0');
    expect((await confirm(CONFIRMATION_PASSWORD, await code())).ok).toBe(true);
  });

  test('SM-9.2/b five wrong confirmation passwords lock, whatever the code', async () => {
    for (let count = 0; count < 5; count += 1) await confirm('wrong', '000000');
    expect(await stateOf()).toBe('locked');
  });

  test('T-22 nothing at rest opens an account: hashes and wrapped seeds only', async () => {
    const rows = await bank.admin<{ text: string }>(
      `select p::text as text from credential_password p
       union all select o::text from credential_otp o`,
    );
    const kept = rows.map(({ text }) => text).join('\n');
    for (const { loginPassword, confirmationPassword, totpSecretBase32 } of bank.people) {
      for (const value of [loginPassword, confirmationPassword, totpSecretBase32])
        expect(kept).not.toContain(value);
    }
    expect(kept).not.toContain(Secret.fromBase32(secret()).hex.toLowerCase());
    const hashes = await bank.admin<{ hash: string }>('select hash from credential_password');
    for (const { hash } of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
  });
});
