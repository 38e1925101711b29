import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApprovalWalk, LOGIN_PASSWORD, stillHere } from './approval-walk.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { refusal } from './case-walk.js';
import { officerAtWork, type OfficerAtWork } from './officers.js';
import { partyOf, SAIKAI, TransferWalk, type Party } from './transfer-stories.js';

const LOGIN_ID = 'hanako-2825';
const OWN = 'A-password-of-my-own';
const DAY_MS = 86_400_000;

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
let transfers: TransferWalk;
let clerk: OfficerAtWork;
let hanako: Party;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
  transfers = new TransferWalk(bank);
  clerk = await officerAtWork(bank, 'saikai-clerk');
  hanako = await partyOf(bank, SAIKAI, LOGIN_ID);
});
afterAll(() => bank.stop());

const letters = () => `/holders/2825/${hanako.holderId}/temporary-passwords`;

async function letter(): Promise<{ password: string; lastDay: string }> {
  const { status, body } = await clerk.post(letters(), {});
  expect(status).toBe(201);
  return { password: String(body['password']), lastDay: String(body['lastDay']) };
}

const firstUse = (temporaryPassword: string, newPassword = OWN) =>
  bank.call({
    method: 'POST',
    path: '/institutions/2825/first-uses',
    body: { loginId: LOGIN_ID, temporaryPassword, newPassword },
  });

/** Opens the pages of a transfer and logs in with `password`: the page that comes of it. */
async function towardsATransfer(password: string) {
  const { branchCode, accountNumber } = await partyOf(bank, SAIKAI, 'taro-2825');
  const to = { bankCode: '2825', branchCode, accountNumber };
  const transfer = await transfers.pushed({ institutionId: SAIKAI, to });
  const browser = walk.browser();
  const { transferId } = transfer;
  const login = stillHere(await browser.open(await walk.open({ bankCode: '2825', transferId })));
  login.fill('login', LOGIN_ID).fill('password', password);
  return { transfer, page: stillHere(await browser.press(login, 'submit')) };
}

/** Moves bank time to so many days from now. */
async function inDays(days: number): Promise<void> {
  await bank.admin('delete from sandbox_clock');
  await bank.admin('insert into sandbox_clock (offset_ms) values ($1)', [days * DAY_MS]);
}

describe('SM-13.4 the temporary password of the letter', () => {
  test('SM-13.4/b no transfer with it, nor with the password that it replaced, before first use', async () => {
    const { password } = await letter();
    for (const [typed, says] of [
      [password, '初回登録'],
      [LOGIN_PASSWORD, 'ログインできませんでした'],
    ] as const) {
      const { transfer, page } = await towardsATransfer(typed);
      expect(page.html).toContain(says);
      expect(page.has('account-1')).toBe(false);
      expect(await transfers.status(transfer)).toMatchObject({ status: 'RCVD' });
    }
    expect(await firstUse(password)).toMatchObject({ status: 200, body: { registered: true } });
    const { page } = await towardsATransfer(OWN);
    expect(page.has('account-1')).toBe(true);
    const kinds = await bank.admin<{ kind: string }>(
      `select kind from record where holder_id = $1
         and kind in ('temporary_password_mailed', 'login_refused', 'first_used', 'login') order by id`,
      [hanako.holderId],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'temporary_password_mailed',
      'login_refused',
      'login',
      'first_used',
      'login',
    ]);
  });

  test('SM-13.4 first use is once, and the letter’s password stands nowhere', async () => {
    const { password } = await letter();
    expect((await firstUse(password)).status).toBe(200);
    expect(await firstUse(password)).toMatchObject(refusal(401, 'login_failed'));
    // Who has a password of the own has nothing to be first at.
    expect(await firstUse('ABCDEFGHJKLM')).toMatchObject(refusal(401, 'login_failed'));
    const rows = await bank.admin<{ all: string }>(
      `select string_agg(to_jsonb(r)::text, ' ') as all from record r where r.holder_id = $1`,
      [hanako.holderId],
    );
    expect(rows[0]?.all).not.toContain(password);
  });

  test('SM-13.4 only a clerk of the institution has a letter sent', async () => {
    const officer = await officerAtWork(bank, 'chuo-compliance');
    expect(await officer.post(letters(), {})).toMatchObject(refusal(403, 'role_missing'));
    const nobody = '/holders/2825/hld_00000000000000000000000000/temporary-passwords';
    expect(await clerk.post(nobody, {})).toMatchObject(refusal(404, 'holder_unknown'));
  });

  test('SM-13.4/a on its last day it serves, a day later it is refused', async () => {
    const { password, lastDay } = await letter();
    const other = await letter();
    expect(other.lastDay).toBe(lastDay);
    // The later letter has taken the earlier one's place.
    expect(await firstUse(password)).toMatchObject(refusal(401, 'login_failed'));
    await inDays(61);
    expect(await firstUse(other.password)).toMatchObject(
      refusal(403, 'temporary_password_expired', 'SM-13.4'),
    );
    const { page } = await towardsATransfer(other.password);
    expect(page.html).toContain('仮パスワードの期限');
    await inDays(60);
    expect(await firstUse(other.password)).toMatchObject({ status: 200 });
    await inDays(0);
  });
});
