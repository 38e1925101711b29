import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { FormBrowser, isLanding } from '#libs/testing';
import { InformationFlow } from '../../src/approvals/information-flow.js';
import { PageFlow } from '../../src/approvals/page-flow.js';
import { APP_ORIGIN, ApprovalWalk, GATEWAY_ORIGIN, landed, stillHere } from './approval-walk.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';

const hashOfText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const WAITING_FOR_THE_LINK = `select 1 from pg_stat_activity where datname = current_database()
  and wait_event_type = 'Lock' and query like 'select lock_link_shared%'`;

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
});
afterAll(() => bank.stop());

describe('the consent pages', () => {
  test('T-05 what one browser was about to do does not reach a request handed over afresh', async () => {
    const requestKey = 'handed-over-twice';
    const browser = walk.browser();
    const url = await walk.open({ requestKey });
    const accounts = await walk.logIn(stillHere(await browser.open(url)), browser);
    stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    const flow = bank.app.get(PageFlow);
    const read = await flow.byHandle(url.pathname.split('/').at(-1) ?? '');
    if (!read) throw new Error('There is no such request.');
    const information = bank.app.get(InformationFlow);
    const endsAt = await information.endsAt(read);

    const fresh = await walk.open({ requestKey });
    const wording = { version: 'x', text: 'x', hash: hashOfText('x') };
    expect(await information.agree(read, wording, endsAt)).toMatchObject({ ok: true });
    expect(await information.choose(read, read.accountIds)).toBeUndefined();
    const [after] = await bank.admin(
      `select a.stage, a.holder_id, (select count(*)::int from consent where wording_version = 'x') as consents
       from federation.approval a where a.request_key = $1`,
      [requestKey],
    );
    expect(after).toEqual({ stage: 'handed_over', holder_id: null, consents: 0 });
    expect(stillHere(await walk.browser().open(fresh)).url.pathname).toMatch(/login$/);
  });

  test('RKN-S4c a yes that waited for a stop to commit becomes no consent', async () => {
    const requestKey = 'agreed-while-being-stopped';
    const browser = walk.browser();
    const url = await walk.open({ requestKey });
    const accounts = await walk.logIn(stillHere(await browser.open(url)), browser);
    stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    const read = await bank.app.get(PageFlow).byHandle(url.pathname.split('/').at(-1) ?? '');
    if (!read) throw new Error('There is no such request.');
    const information = bank.app.get(InformationFlow);
    const endsAt = await information.endsAt(read);

    const stop = new pg.Client({ connectionString: bank.databases.bank.adminUrl });
    await stop.connect();
    await stop.query('begin');
    await stop.query('select lock_link_exclusive(4::smallint)');
    const wording = { version: 'y', text: 'y', hash: hashOfText('y') };
    const answer = information.agree(read, wording, endsAt);
    while ((await bank.admin(WAITING_FOR_THE_LINK)).length === 0);
    await stop.query(
      `insert into link_state values
         (4, $1, '*', '*', 'suspended', 'RKN-S4c', 'test', 'test', renkei_now())`,
      [read.epspId],
    );
    await stop.query('commit');
    await stop.end();
    expect(await answer).toMatchObject({ ok: false, refusal: { code: 'linkage_suspended' } });
    await bank.admin(`delete from link_state where measure_id = 'test'`);
    expect(await bank.admin(`select 1 from consent where wording_version = 'y'`)).toEqual([]);
  });

  test('T-16 a log-in id that no database could hold is a malformed form, not a failure', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const again = stillHere(
      await browser.press(login.fill('login', 'taro\u0000').fill('password', 'x'), 'submit'),
    );
    expect(again.status).toBe(400);
    expect(again.html).toContain('form_malformed');
  });

  test('log-in, account, consent: the gateway learns the consent once, the bank keeps the wording', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    expect(login.text('who')).toBe('依頼している事業者');
    expect(login.html).toContain('株式会社みなと家計');
    const accounts = await walk.logIn(login, browser);
    expect(accounts.choices(/^account-\d+$/).length).toBeGreaterThanOrEqual(2);
    expect(accounts.html).not.toContain('checked');
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    expect(consent.html).toContain('家計簿の作成');
    const end = landed(await browser.press(consent, 'approve'));
    expect(end.landedAt.origin).toBe(GATEWAY_ORIGIN);
    expect([...end.landedAt.searchParams.keys()]).toEqual(['handle']);

    const result = await walk.result(end);
    expect(result).toMatchObject({
      status: 200,
      body: {
        outcome: 'approved',
        reason: null,
        bankCode: '2963',
        consent: {
          permissions: ['accounts_read', 'balances_read'],
          purpose: 'household_accounting',
          accountIds: [expect.stringMatching(/^acc_/)],
        },
        transfer: null,
      },
    });
    // A gateway that died before it kept the answer is told the same again; another client never is.
    expect(await walk.result(end)).toEqual(result);
    expect(await walk.result(end, aoba)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    const { consentId } = result.body['consent'] as { consentId: string };
    const [kept] = await bank.admin<{ wording: string; state: string }>(
      `select w.wording, c.state from consent c join consent_wording w
         on w.institution_id = c.institution_id and w.hash = c.wording_hash where c.id = $1`,
      [consentId],
    );
    expect(kept?.state).toBe('authorised');
    for (const line of consent.html.matchAll(/<li>([^<]+)<\/li>/g))
      expect(kept?.wording).toContain(line[1]);
  });

  test('RKN-C1a/d the consent names the intermediary and the chain partner behind it', async () => {
    const partner = 'cp_01j0000000000000000000tsbm';
    const browser = walk.browser();
    const url = await walk.open({ as: { ...aoba, partner } });
    const accounts = await walk.logIn(stillHere(await browser.open(url)), browser);
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    expect(consent.html).toContain('あおばフィンテック株式会社');
    expect(consent.html).toContain('つばめ貯金');
  });

  test('every page has a way back that allows nothing', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const back = landed(await browser.press(login, 'cancel'));
    const { body } = await walk.result(back);
    expect(body).toMatchObject({ outcome: 'refused', reason: 'user_cancelled', consent: null });
    expect(body).toMatchObject({ subject: null });
  });

  test('nothing is ticked and nothing goes on without a choice', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const accounts = await walk.logIn(login, browser);
    const again = stillHere(await browser.press(accounts, 'next'));
    expect(again.status).toBe(422);
    expect(again.has('error-summary')).toBe(true);
    expect(again.html).toContain('href="#account-1"');
  });

  test('a foreign account is no account: nothing is chosen', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const accounts = await walk.logIn(login, browser);
    const sent = accounts.press('next');
    sent.fields.append('account', 'acc_01j00000000000000000000000');
    const again = stillHere(await browser.submit(accounts, sent));
    expect(again.status).toBe(422);
  });

  test('where the request names no institution, the holder picks one first', async () => {
    const browser = walk.browser();
    const choice = stillHere(await browser.open(await walk.open({ bankCode: null })));
    expect(choice.html).not.toContain('value="2950"');
    const [, id] = /id="(institution-\d+)" name="institution" value="2963"/.exec(choice.html) ?? [];
    const login = stillHere(await browser.press(choice.tick(id ?? ''), 'next'));
    expect(login.html).toContain('中央労働金庫');
    const accounts = await walk.logIn(login, browser);
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    const end = landed(await browser.press(consent, 'approve'));
    expect((await walk.result(end)).body).toMatchObject({ bankCode: '2963' });
  });

  test('English where it is asked for, and the switch keeps the page', async () => {
    const browser = walk.browser('en');
    const login = stillHere(await browser.open(await walk.open({ locale: 'en' })));
    expect(login.html).toContain('<html lang="en">');
    expect(login.html).toContain('Minato Kakei');
    const japanese = stillHere(await browser.open(new URL('?lang=ja', login.url)));
    expect(japanese.url.pathname).toBe(login.url.pathname);
    expect(japanese.html).toContain('<html lang="ja">');
  });

  test('two intermediaries know the same holder by different subjects, one always by the same', async () => {
    const subjectFor = async (as?: Parameters<typeof walk.open>[0]) => {
      const browser = walk.browser();
      const login = stillHere(await browser.open(await walk.open(as)));
      const accounts = await walk.logIn(login, browser);
      const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
      const end = landed(await browser.press(consent, 'approve'));
      return (await walk.result(end, as?.as)).body['subject'];
    };
    const first = await subjectFor();
    expect(first).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(await subjectFor()).toBe(first);
    expect(await subjectFor({ as: aoba })).not.toBe(first);
  });
});

describe('handles, sessions and forms', () => {
  test('a handle opens the pages once; another browser learns nothing from it', async () => {
    const url = await walk.open();
    const mine = walk.browser();
    const login = stillHere(await mine.open(url));
    expect(stillHere(await mine.open(url)).url.pathname).toBe(login.url.pathname);
    const stranger = stillHere(await walk.browser().open(url));
    expect(stranger.status).toBe(410);
    expect(stranger.text('oauth-error')).toBe('handle_used');
    const page = stillHere(await walk.browser().open(login.url));
    expect(page.text('oauth-error')).toBe('session_missing');
  });

  test('the same request handed over again voids the earlier handle and its pages', async () => {
    const requestKey = 'the same pushed request';
    const first = await walk.open({ requestKey });
    const browser = walk.browser();
    const login = stillHere(await browser.open(first));
    const second = await walk.open({ requestKey });
    const old = stillHere(await browser.press(login, 'submit'));
    expect(old.text('oauth-error')).toBe('session_missing');
    expect(stillHere(await walk.browser().open(first)).text('oauth-error')).toBe('handle_unknown');
    expect(stillHere(await walk.browser().open(second)).has('login')).toBe(true);
  });

  test('T-05 the session changes at the log-in and a log-in is never skipped', async () => {
    const cookies: string[] = [];
    const fetch = walk.fetchFrom('127.0.0.1');
    const browser = new FormBrowser({
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        cookies.push(...answer.headers.getSetCookie());
        return answer;
      },
      stopsAt: () => false,
    });
    const login = stillHere(await browser.open(await walk.open()));
    await walk.logIn(login, browser);
    const values = cookies.map((cookie) => /=([^;]+)/.exec(cookie)?.[1]);
    expect(new Set(values).size).toBe(2);
    for (const cookie of cookies)
      expect(cookie).toMatch(
        /^__Host-renkei-apr_\w+=\S+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Lax$/,
      );
    const next = stillHere(await browser.open(await walk.open()));
    expect(next.has('login')).toBe(true);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}, 'form_not_ours'],
    ['no origin at all', { origin: undefined }, {}, 'form_not_ours'],
    ['a token of another page', {}, { interaction: 'x'.repeat(43) }, 'form_not_ours'],
    ['no token at all', {}, { interaction: undefined }, 'form_malformed'],
  ])('T-05 a form from %s changes nothing', async (_, headers, fields, code) => {
    const { login, cookie } = await loginWithCookie();
    const sent = login.press('cancel');
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) sent.fields.delete(name);
      else sent.fields.set(name, value);
    }
    const post = (more: Record<string, string | undefined>) => {
      const all = {
        origin: 'https://bank.localhost:8444',
        cookie,
        'content-type': 'application/x-www-form-urlencoded',
        ...more,
      };
      const given = Object.entries(all).filter(([, value]) => value !== undefined);
      return bank.app.inject({
        method: 'POST',
        url: sent.url.pathname,
        headers: Object.fromEntries(given),
        payload: sent.fields.toString(),
      });
    };
    const answer = await post(headers);
    expect(answer.body).toContain(`>${code}<`);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    const [row] = await bank.admin<{ outcome: string | null }>(
      'select outcome from federation.approval where id = $1',
      [login.url.pathname.split('/')[2]],
    );
    expect(row?.outcome).toBeNull();
  });

  /** A log-in page with the cookie that a browser would send, to send something else with it. */
  async function loginWithCookie() {
    const jar = new Map<string, string>();
    const fetch = walk.fetchFrom('127.0.0.1');
    const browser = new FormBrowser({
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        for (const one of answer.headers.getSetCookie()) {
          const [pair = ''] = one.split(';');
          jar.set(pair.split('=')[0] ?? '', pair);
        }
        return answer;
      },
      stopsAt: () => false,
    });
    const login = stillHere(await browser.open(await walk.open()));
    return { login, cookie: [...jar.values()].join('; ') };
  }

  test('an unknown field is refused, as a page', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const sent = login.fill('login', 'taro-2963').fill('password', 'x').press('submit');
    sent.fields.append('admin', 'true');
    const page = stillHere(await browser.submit(login, sent));
    expect([page.status, page.text('oauth-error')]).toEqual([400, 'form_malformed']);
  });

  test('a second click finds its way: log-in, choice and consent are safe to repeat', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const sent = login
      .fill('login', 'taro-2963')
      .fill('password', 'Login-Password-1')
      .press('submit');
    const [one, two] = await Promise.all([
      browser.submit(login, sent),
      browser.submit(login, sent),
    ]);
    expect([isLanding(one), isLanding(two)]).toEqual([false, false]);
    expect(stillHere(two).has('account-1')).toBe(true);
    const accounts = stillHere(await browser.open(login.url));
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    const agree = consent.press('approve');
    const ends = await Promise.all([
      browser.submit(consent, agree),
      browser.submit(consent, agree),
    ]);
    const [a, b] = ends.map((end) => landed(end).landedAt.href);
    expect(a).toBe(b);
    const [count] = await bank.admin<{ n: string }>(
      `select count(*) n from federation.approval a join consent c on c.id = a.consent_id
       where a.id = $1`,
      [login.url.pathname.split('/')[2]],
    );
    expect(count?.n).toBe('1');
  });

  test('T-06 every page forbids framing, scripts and inline styles, errors included', async () => {
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open()));
    const error = stillHere(await walk.browser().open(login.url));
    const unknown = stillHere(await walk.browser().open(new URL('/approve/nothing', login.url)));
    for (const page of [login, error, unknown]) {
      expect(page.headers.get('content-type')).toContain('text/html');
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`frame-ancestors 'none'`);
      expect(policy).toContain(`default-src 'none'`);
      expect(policy).not.toContain('unsafe');
      expect(page.html).not.toMatch(/<script| style=|javascript:/i);
    }
    const policy = login.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(
      `form-action 'self' https://bank.localhost:8444 ${GATEWAY_ORIGIN} ${APP_ORIGIN}`,
    );
  });
});
