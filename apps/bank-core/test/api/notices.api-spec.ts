import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { oneTimePassword } from '#libs/testing';
import { RemindHoldersJob } from '../../src/consents/remind-holders.job.js';
import { ConsentsService } from '../../src/consents/index.js';
import { DeliverNoticesJob } from '../../src/notices/deliver-notices.job.js';
import { MAIL_TRANSPORT, type MailTransport } from '../../src/notices/domain/mail-transport.js';
import { ApprovalWalk, BANK_ORIGIN, landed, stillHere } from './approval-walk.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
let delivery: DeliverNoticesJob;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
  delivery = bank.app.get(DeliverNoticesJob);
});
afterAll(() => bank.stop());

async function consented(): Promise<string> {
  const browser = walk.browser();
  const login = stillHere(await browser.open(await walk.open()));
  const page = await walk.logIn(login, browser);
  const consent = stillHere(await browser.press(page.tick('account-1'), 'next'));
  const { body } = await walk.result(landed(await browser.press(consent, 'approve')));
  return (body['consent'] as { consentId: string }).consentId;
}

/** Whoever delivers, this run or the woken job: until nothing of the consent is on its way. */
async function delivered(consentId: string): Promise<void> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    await delivery.run();
    const waiting = await bank.admin(
      'select from notice where consent_id = $1 and delivered_at is null',
      [consentId],
    );
    if (waiting.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('Not delivered.');
}

interface NoticeRow {
  id: string;
  kind: string;
  message_id: string;
  body: string;
  recipient: string;
  attempts: number;
  delivered_at: number | null;
  given_up_at: number | null;
  next_attempt_at: Date | null;
  last_failure: string | null;
}

const noticesOf = (consentId: string) =>
  bank.admin<NoticeRow>('select * from notice where consent_id = $1 order by id', [consentId]);
const mailsOf = (consentId: string) =>
  bank.admin<{ subject: string; body: string; recipient: string }>(
    `select m.* from mailbox_mail m join notice n on n.message_id = m.message_id
     where n.consent_id = $1 order by n.id`,
    [consentId],
  );
const revoke = (consentId: string) =>
  bank.database.inInstitution(CHUO, (tx) =>
    bank.app.get(ConsentsService, { strict: false }).revoke(tx, {
      institutionId: CHUO,
      consentId,
      actor: 'holder',
      reason: 'withdrawn',
      at: Date.now(),
    }),
  );

describe('receipts', () => {
  test('RKN-S1 a yes and an end are each confirmed by one mail, to the holder’s address', async () => {
    const id = await consented();
    await revoke(id);
    await revoke(id);
    await delivered(id);
    const mails = await mailsOf(id);
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('同意を受け付けました'),
      expect.stringContaining('終わりました'),
    ]);
    const [holder] = await bank.admin<{ mail_address: string }>(
      `select mail_address from holder where login_id = 'taro-2963'`,
    );
    expect(new Set(mails.map(({ recipient }) => recipient))).toEqual(
      new Set([holder?.mail_address]),
    );
    expect(mails[0]?.body).toContain(id);
  });

  test('an effect that is rolled back sends nothing', async () => {
    const id = await consented();
    const before = (await noticesOf(id)).length;
    await expect(
      bank.database.inInstitution(CHUO, async (tx) => {
        await bank.app.get(ConsentsService, { strict: false }).revoke(tx, {
          institutionId: CHUO,
          consentId: id,
          actor: 'holder',
          reason: 'withdrawn',
          at: Date.now(),
        });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await noticesOf(id)).toHaveLength(before);
  });

  test('a mail server that fails is asked again under the same Message-ID, and so after a crash', async () => {
    const id = await consented();
    await delivered(id);
    const transport = bank.app.get<MailTransport>(MAIL_TRANSPORT);
    const sent: string[] = [];
    const send = transport.send.bind(transport);
    transport.send = async (mail) => {
      sent.push(mail.messageId);
      throw Object.assign(new Error(`550 ${mail.recipient} refused`), { code: 'EENVELOPE' });
    };
    const due = () =>
      bank.admin(
        `update notice set next_attempt_at = renkei_now() - interval '1 second'
         where consent_id = $1 and next_attempt_at is not null`,
        [id],
      );
    // Begin afresh, as if it had never gone out; nothing else is on its way.
    await bank.admin(`delete from mailbox_mail m using notice n
      where n.message_id = m.message_id and n.consent_id = '${id}'`);
    await bank.admin(
      `update notice set delivered_at = null, attempts = 0, last_failure = null,
         next_attempt_at = renkei_now() - interval '1 second' where consent_id = $1`,
      [id],
    );
    await delivery.run();
    const [failed] = await noticesOf(id);
    expect(failed).toMatchObject({ last_failure: 'EENVELOPE', attempts: 1, delivered_at: null });
    expect(failed?.next_attempt_at).not.toBeNull();
    for (let n = 0; n < 8; n += 1) {
      await due();
      await delivery.run();
    }
    const [givenUp] = await noticesOf(id);
    expect(givenUp?.given_up_at).not.toBeNull();
    expect(givenUp?.last_failure).not.toContain('@');
    expect(new Set(sent.filter((one) => one === givenUp?.message_id)).size).toBe(1);
    // Sent, and the process died before it could say so: the loan runs out and it goes again.
    transport.send = async (mail) => {
      sent.push(mail.messageId);
      await send(mail);
      await due();
    };
    await bank.admin(
      `update notice set given_up_at = null, next_attempt_at = renkei_now() - interval '1 second'
       where consent_id = $1`,
      [id],
    );
    await delivery.run();
    transport.send = send;
    const [sentAtLast] = await noticesOf(id);
    expect(sentAtLast?.delivered_at).not.toBeNull();
    expect(await mailsOf(id)).toHaveLength(1);
  });
});

describe('reminders', () => {
  const remind = () => bank.app.get(RemindHoldersJob).run();
  const endsIn = (id: string, days: number, since = 100) =>
    bank.admin(
      `update consent set expires_at = renkei_now() + make_interval(days => $2, mins => 1),
         term_since = renkei_now() - make_interval(days => $3) where id = $1`,
      [id, days, since],
    );
  const remindersOf = async (id: string) =>
    (await noticesOf(id)).filter(({ kind }) => kind === 'consent_expiring').length;

  test('RKN-S1 go out 14, 7 and 1 days before the end, each once, and are told to the intermediary too', async () => {
    const id = await consented();
    const seen: number[] = [];
    for (const days of [15, 14, 13, 13, 7, 2, 1, 0]) {
      // A term is one and the same; here the bank's day moves towards its end.
      await endsIn(id, days);
      await bank.admin(
        `update consent_reminder r set expires_at = c.expires_at from consent c
         where c.id = r.consent_id and c.id = $1`,
        [id],
      );
      await remind();
      seen.push(await remindersOf(id));
    }
    expect(seen).toEqual([0, 0, 1, 1, 1, 2, 2, 3]);
    const { body } = await bank.call({
      path: `/institutions/2963/consents/${id}/history?change=expiring`,
    });
    expect(body['data']).toHaveLength(3);
    expect((body['data'] as object[])[0]).toMatchObject({
      state: 'authorised',
      reason: { code: 'term_ends_soon', by: 'system' },
    });
  });

  test('after a pause only the reminder nearest to the end goes out', async () => {
    const id = await consented();
    await endsIn(id, 0);
    await remind();
    expect(await remindersOf(id)).toBe(1);
    await remind();
    expect(await remindersOf(id)).toBe(1);
  });

  test('a term that is shorter than the lead is not reminded of when it begins', async () => {
    const id = await consented();
    await endsIn(id, 6, 0);
    await remind();
    expect(await remindersOf(id)).toBe(0);
  });

  test('INT-12 without the parameter nobody is reminded: there is no default', async () => {
    const id = await consented();
    await endsIn(id, 3);
    const parameter = `institution_id = ${CHUO} and parameter = 'P.rkn.consent.reminders'`;
    await bank.admin(
      `update parameter_value set effective_from = effective_from + 36500 where ${parameter}`,
    );
    await remind();
    const without = await remindersOf(id);
    await bank.admin(
      `update parameter_value set effective_from = effective_from - 36500 where ${parameter}`,
    );
    expect(without).toBe(0);
    await remind();
    expect(await remindersOf(id)).toBe(1);
  });
});

describe('the letter box', () => {
  const fetch = (path: string, init: { form?: Record<string, string>; cookie?: string } = {}) =>
    bank.app.inject({
      method: init.form ? 'POST' : 'GET',
      url: path,
      headers: {
        origin: BANK_ORIGIN,
        ...(init.cookie ? { cookie: init.cookie } : {}),
        ...(init.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(init.form ? { payload: new URLSearchParams(init.form).toString() } : {}),
    });

  /** Of the federation, who looks everywhere, or of one institution. */
  const entryOf = (bankCode: string | null) => {
    const officer = bank.officers.find((one) => one.bankCode === bankCode)!;
    const code = oneTimePassword(officer.totpSecretBase32, Date.now());
    return { staff: officer.mailAddress, password: 'Staff-Password-1', code };
  };

  test('T-23 opens for an officer alone, of the own institutions, and shows what would have been sent', async () => {
    const id = await consented();
    await delivered(id);
    const closed = await fetch('/mailbox?bank=2963');
    expect(closed.body).not.toContain(id);
    const wrong = await fetch('/mailbox', { form: { ...entryOf(null), code: '000000' } });
    expect(wrong.statusCode).toBe(422);
    const opened = await fetch('/mailbox', { form: entryOf(null) });
    expect(opened.statusCode).toBe(303);
    const cookie = String(opened.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-renkei-mailbox=\S+; Path=\/; Max-Age=\d+; Secure; HttpOnly/);
    const [pair = ''] = cookie.split(';');
    const open = await fetch('/mailbox?bank=2963', { cookie: pair });
    expect(open.body).toContain(id);
    expect(open.headers['content-security-policy']).toContain(`frame-ancestors 'none'`);
    const elsewhere = await fetch('/mailbox?bank=2951', { cookie: pair });
    expect(elsewhere.body).not.toContain(id);
    const shut = await fetch('/mailbox/close', { form: {}, cookie: pair });
    expect(shut.statusCode).toBe(303);
    expect((await fetch('/mailbox?bank=2963', { cookie: pair })).body).not.toContain(id);
  });

  test('T-05 a form from elsewhere opens nothing', async () => {
    const answer = await bank.app.inject({
      method: 'POST',
      url: '/mailbox',
      headers: {
        origin: 'https://evil.example',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(entryOf(null)).toString(),
    });
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([404, undefined]);
  });
});
