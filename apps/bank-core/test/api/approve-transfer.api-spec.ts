import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { refused } from '#libs/kernel';
import { oneTimePassword, type FormBrowser, type Page } from '#libs/testing';
import { ExpireApprovalsJob } from '../../src/approvals/expire-approvals.job.js';
import { TransferWriter } from '../../src/transfers/transfer-writer.js';
import { ApprovalWalk, CONFIRMATION_PASSWORD, landed, stillHere } from './approval-walk.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf, TransferWalk, type Party } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
let transfers: TransferWalk;
let taro: Party;
let hanako: Party;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
  transfers = new TransferWalk(bank);
  taro = await partyOf(bank, CHUO, 'taro-2963');
  hanako = await partyOf(bank, CHUO, 'hanako-2963');
});
afterAll(() => bank.stop());
beforeEach(async () => {
  await bank.admin('update credential_otp set last_used_step = 0, consecutive_failures = 0');
});

/** A page that shows one transfer of taro's to hanako, the payer chosen. */
async function shown(amountYen = '1234') {
  const { branchCode, accountNumber } = hanako;
  const to = { bankCode: '2963', branchCode, accountNumber, nameKana: 'ミナト タロウ' };
  const transfer = await transfers.pushed({ to, amountYen });
  const browser = walk.browser();
  const { transferId } = transfer;
  const login = stillHere(await browser.open(await walk.open({ transferId })));
  const payer = await walk.logIn(login, browser);
  const page = stillHere(await browser.press(payer.tick('account-1'), 'next'));
  return { transfer, browser, page };
}

async function confirm(page: Page, browser: FormBrowser, password = CONFIRMATION_PASSWORD) {
  const person = bank.people.find(({ loginId }) => loginId === 'taro-2963');
  const code = oneTimePassword(person?.totpSecretBase32 ?? '', await transfers.now());
  page.fill('confirmation-password', password).fill('otp', code);
  return browser.press(page, 'approve');
}

describe('the confirmation page of one transfer', () => {
  test('T-07 it shows the stored bytes, the payee marked unverified, fee, kind, limits and clauses', async () => {
    const { page } = await shown();
    for (const text of ['1,234円', 'ﾐﾅﾄ ﾀﾛｳ', '未確認', '振替', 'SM-5.3-1b', '株式会社みなと家計'])
      expect(page.html).toContain(text);
    expect(page.has('mail-password')).toBe(false);
  });

  test('SM-7.3c both factors fix exactly what was shown; the gateway learns the state', async () => {
    const before = await transfers.balance(CHUO, hanako.ledgerId);
    const { transfer, browser, page } = await shown();
    const end = landed(await confirm(page, browser));
    expect((await walk.result(end)).body).toMatchObject({
      outcome: 'approved',
      subject: expect.stringMatching(/^.{22}$/),
      consent: null,
      transfer: { transferId: transfer.transferId, status: 'ACSC' },
    });
    expect(await transfers.balance(CHUO, hanako.ledgerId)).toBe(before + 1234n);
  });

  test('a wrong factor is told without saying which, and the page can be tried again', async () => {
    const { transfer, browser, page } = await shown();
    const again = stillHere(await confirm(page, browser, 'wrong'));
    expect(again.status).toBe(422);
    expect(again.has('error-summary')).toBe(true);
    expect((await transfers.status(transfer)).status).toBe('ACTC');
    await bank.admin('update credential_otp set last_used_step = 0');
    landed(await confirm(again, browser));
    expect((await transfers.status(transfer)).status).toBe('ACSC');
  });

  test('SM-3.4-1-4 a holder locked meanwhile has not cancelled: the transfer is rejected, and says why', async () => {
    const { transfer, browser, page } = await shown();
    await bank.admin(`update holder set service_state = 'locked' where id = $1`, [taro.holderId]);
    await confirm(page, browser);
    const status = await transfers.status(transfer);
    await bank.admin(`update holder set service_state = 'active' where id = $1`, [taro.holderId]);
    expect(status).toMatchObject({ status: 'RJCT', statusReason: 'holder_unavailable' });
  });

  test('a full queue is told with 503; nothing is fixed, and the page can be sent again', async () => {
    const { transfer, browser, page } = await shown();
    const writer = bank.app.get(TransferWriter);
    const full = refused('ledger_busy', { facts: { retryAfterSeconds: 1 } });
    const busy = jest.spyOn(writer, 'fix').mockResolvedValueOnce(full);
    const again = stillHere(await confirm(page, browser));
    expect(busy).toHaveBeenCalledTimes(1);
    busy.mockRestore();
    expect(again.status).toBe(503);
    expect(again.html).toContain('混み合っています');
    expect((await transfers.status(transfer)).status).toBe('ACTC');
    await bank.admin('update credential_otp set last_used_step = 0');
    landed(await confirm(again, browser));
    expect((await transfers.status(transfer)).status).toBe('ACSC');
  });

  test('T-02 another content hash fixes nothing and costs the holder no attempt', async () => {
    const { transfer, browser, page } = await shown();
    const sent = page.fill('confirmation-password', 'x').fill('otp', '000000').press('approve');
    sent.fields.set('content', `sha256:${'0'.repeat(64)}`);
    const again = stillHere(await browser.submit(page, sent));
    expect(again.status).toBe(422);
    expect((await transfers.status(transfer)).status).toBe('ACTC');
    const [row] = await bank.admin<{ n: number }>(
      `select consecutive_failures as n from credential_password
       where holder_id = $1 and kind = 'confirmation'`,
      [taro.holderId],
    );
    expect(row?.n).toBe(0);
  });

  test('a second click on 確定 debits once and ends at the same address', async () => {
    const before = await transfers.balance(CHUO, hanako.ledgerId);
    const { browser, page } = await shown('500');
    const [one, two] = await Promise.all([confirm(page, browser), confirm(page, browser)]);
    expect(landed(one).landedAt.href).toBe(landed(two).landedAt.href);
    expect(await transfers.balance(CHUO, hanako.ledgerId)).toBe(before + 500n);
  });

  test('going back abandons the transfer; it cannot be confirmed afterwards', async () => {
    const { transfer, browser, page } = await shown();
    const end = landed(await browser.press(page, 'cancel'));
    expect((await walk.result(end)).body).toMatchObject({
      outcome: 'refused',
      reason: 'user_cancelled',
    });
    expect((await transfers.status(transfer)).status).toBe('CANC');
    expect(landed(await confirm(page, browser)).landedAt.href).toBe(end.landedAt.href);
    expect((await transfers.status(transfer)).status).toBe('CANC');
  });

  test('SM-R3.2 a request whose time is over leaves the transfer to the one that still asks', async () => {
    const first = await shown();
    const { transferId } = first.transfer;
    await bank.admin(
      `update federation.approval set expires_at = created_at where transfer_id = $1`,
      [transferId],
    );
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open({ transferId })));
    await bank.app.get(ExpireApprovalsJob).run();
    const payer = await walk.logIn(login, browser);
    const page = stillHere(await browser.press(payer.tick('account-1'), 'next'));
    landed(await confirm(page, browser));
    expect((await transfers.status(first.transfer)).status).toBe('ACSC');
    const outcomes = await bank.admin(
      'select outcome from federation.approval where transfer_id = $1 order by created_at',
      [transferId],
    );
    expect(outcomes).toEqual([{ outcome: 'expired' }, { outcome: 'approved' }]);
  });

  test('T-02, T-14 a request in another name than the one that pushed opens no page', async () => {
    const partner = 'cp_01j0000000000000000000kdma';
    const { branchCode, accountNumber } = hanako;
    const creditor = { bankCode: '2963', branchCode, accountType: '1', accountNumber };
    const { status, body } = await bank.call({
      method: 'POST',
      path: '/institutions/2963/transfers',
      as: { ...aoba, partner },
      body: {
        instructionId: 'behind-a-partner',
        creditor: { ...creditor, nameKana: 'ミナト ハナコ' },
        amountYen: '100',
      },
    });
    expect(status).toBe(201);
    const transferId = String(body['transferId']);
    const open = (as: typeof aoba) => walk.handOver({ transferId, as });
    expect(await open(aoba)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await open({ ...aoba, partner })).status).toBe(201);
  });

  test('SM-5.3-1b above the limit the page says so, names the clause and leads back', async () => {
    const { page } = await shown('5000000');
    expect(page.html).toContain('limit_exceeded');
    expect(page.html).toContain('SM-5.3-1b');
    expect([page.has('approve'), page.has('cancel')]).toEqual([false, true]);
  });

  test('SM-9.2 five wrong confirmation passwords end the request, told to the gateway neutrally', async () => {
    const { browser, page } = await shown();
    let at = page;
    for (let count = 0; count < 5; count += 1) at = stillHere(await confirm(at, browser, 'wrong'));
    const end = stillHere(await browser.open(at.url));
    expect(end.url.pathname).toMatch(/ended$/);
    const result = await walk.result({ landedAt: end.press('cancel').url });
    expect(result.body).toMatchObject({ outcome: 'refused', reason: 'holder_unavailable' });
    await bank.admin(`update holder set service_state = 'active'`);
    await bank.admin('update credential_password set consecutive_failures = 0');
  });
});
