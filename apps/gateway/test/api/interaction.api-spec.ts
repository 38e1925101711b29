import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, authorizeUrl, CONSENT } from './approve.js';
import { Browser } from './browser.js';
import { accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
});
afterAll(() => gateway.stop());

const errorOf = (page: string) => /id="oauth-error">([a-z_]+)</.exec(page)?.[1];

async function begun(browser = new Browser(gateway), details: object = accountInformation()) {
  const pushed = await minato.push(details);
  const opened = await browser.open(authorizeUrl(minato, pushed));
  return { pushed, browser, approvalUrl: opened.location };
}

describe('T-05 only the browser that began a request finishes it', () => {
  test('T-05 an approval sent to a victim: the victim’s browser gets no code, nor does anybody', async () => {
    const { approvalUrl } = await begun();
    const back = gateway.bank.decide(approvalUrl, APPROVED);
    const asked = gateway.bank.callsTo('approvals/results').length;
    const victim = await new Browser(gateway).open(back);
    expect([victim.status, errorOf(victim.page)]).toEqual([400, 'interaction_cookie_missing']);
    // The result was not even fetched, so no grant stands behind it.
    expect(gateway.bank.callsTo('approvals/results')).toHaveLength(asked);
  });

  test('T-05 the result of one request does not finish another of the same browser', async () => {
    const browser = new Browser(gateway);
    const [mine, other] = [await begun(browser), await begun(browser)];
    const handle = new URL(gateway.bank.decide(other.approvalUrl, APPROVED)).search;
    const mineBack = new URL(gateway.bank.decide(mine.approvalUrl, APPROVED));
    const crossed = await browser.open(`${mineBack.origin}${mineBack.pathname}${handle}`);
    expect([crossed.status, errorOf(crossed.page)]).toEqual([400, 'handle_unknown']);
  });

  test('two tabs do not disturb each other', async () => {
    const browser = new Browser(gateway);
    const [one, two] = [await begun(browser), await begun(browser)];
    for (const { approvalUrl, pushed } of [one, two]) {
      const returned = await browser.open(gateway.bank.decide(approvalUrl, APPROVED));
      const finished = new URL((await browser.open(returned.location)).location);
      expect(finished.searchParams.get('state')).toBe(pushed.state);
      expect(finished.searchParams.get('code')).toBeTruthy();
    }
  });

  test('T-05 no session is left: the next request asks the bank again, whoever was there', async () => {
    const browser = new Browser(gateway);
    for (const subject of ['taro', 'hanako']) {
      const { approvalUrl } = await begun(browser);
      const consent = { ...CONSENT, consentId: `cns_of_${subject}` };
      const back = gateway.bank.decide(approvalUrl, { ...APPROVED, subject, consent });
      const finished = await browser.open((await browser.open(back)).location);
      expect(new URL(finished.location).searchParams.get('code')).toBeTruthy();
    }
    expect(browser.cookieNames().filter((name) => name.includes('session'))).toEqual([]);
  });

  test('a handle works once; a made-up one never', async () => {
    const { approvalUrl, browser } = await begun();
    const back = gateway.bank.decide(approvalUrl, APPROVED);
    const made = await browser.open(`${back.split('?')[0]}?handle=${'A'.repeat(43)}`);
    expect(errorOf(made.page)).toBe('handle_unknown');
    expect((await browser.open(back)).status).toBe(303);
    const again = await browser.open(back);
    expect(again.status).toBe(400);
  });

  test('a process that dies between result and grant: the same return makes one grant', async () => {
    const { approvalUrl, browser, pushed } = await begun();
    const consent = { ...CONSENT, consentId: 'cns_of_a_crash' };
    const back = gateway.bank.decide(approvalUrl, { ...APPROVED, consent });
    // What the library saves last fails, as when the process ends there.
    await gateway.asOwner(`
      create function fail_here() returns trigger language plpgsql as
        $$ begin raise exception 'the process ends here'; end $$;
      create trigger fail_here before insert on oidc_artifact
        for each row when (new.model = 'Grant') execute function fail_here()`);
    const died = await browser.open(back);
    await gateway.asOwner('drop function fail_here cascade');
    expect(died.status).toBe(500);
    const finished = await browser.open((await browser.open(back)).location);
    const code = new URL(finished.location).searchParams.get('code') ?? '';
    expect((await minato.redeem(code, pushed)).status).toBe(200);
    const grants = await gateway.asOwner(
      'select grant_id from consent_grant where consent_id = $1',
      ['cns_of_a_crash'],
    );
    expect(grants).toHaveLength(1);
  });

  test('the last answer is lost: the same browser asks again and lands at the same place', async () => {
    const { approvalUrl, pushed, browser } = await begun();
    const back = await browser.open(gateway.bank.decide(approvalUrl, APPROVED));
    // A browser that never hears the answer keeps its cookies: here a copy of it does.
    const deaf = browser.copy();
    const [lost, twin] = await Promise.all([
      deaf.open(back.location),
      browser.copy().open(back.location),
    ]);
    const heard = await browser.open(back.location);
    expect([lost.location, twin.location]).toEqual([heard.location, heard.location]);
    expect(heard.status).toBe(lost.status);
    const code = new URL(heard.location).searchParams.get('code') ?? '';
    expect((await minato.redeem(code, pushed)).status).toBe(200);
  });

  test('T-05 nobody else is led to where it landed, and the database does not tell where', async () => {
    const { approvalUrl, browser } = await begun();
    const back = await browser.open(gateway.bank.decide(approvalUrl, APPROVED));
    const landed = await browser.open(back.location);
    const stranger = await new Browser(gateway).open(back.location);
    expect([stranger.status, stranger.location]).toEqual([400, '']);
    const rows = await gateway.asOwner<{ all: string }>(
      `select string_agg(x::text, ' ') as all from oidc_artifact x`,
    );
    const code = new URL(landed.location).searchParams.get('code') ?? '';
    expect(code).not.toBe('');
    expect(rows[0]?.all).not.toContain(code);
  });

  test('a process that dies in the last step leaves all of it undone', async () => {
    const { approvalUrl, browser } = await begun();
    const back = await browser.open(gateway.bank.decide(approvalUrl, APPROVED));
    await gateway.asOwner(`create function lose() returns trigger language plpgsql as
      $$ begin raise exception 'lost'; end $$`);
    await gateway.asOwner(`create trigger lose before insert on oidc_artifact for each row
      when (new.model = 'AuthorizationCode') execute function lose()`);
    const failed = await browser.copy().open(back.location);
    expect(failed.location).not.toContain('code=');
    await gateway.asOwner('drop function lose cascade');
    const landed = await browser.open(back.location);
    expect(new URL(landed.location).searchParams.get('code')).toBeTruthy();
  });

  test('T-03 every cookie is secure, unseen by scripts, and of this host alone', async () => {
    const pushed = await minato.push(accountInformation());
    const { headers } = await new Browser(gateway).open(authorizeUrl(minato, pushed));
    const cookies = headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__(Host|Secure)-/);
      expect(cookie).toMatch(/; secure/i);
      expect(cookie).toMatch(/; httponly/i);
      expect(cookie).not.toMatch(/; domain=/i);
    }
  });

  test('the bank silent at the return: a page, and the same return works later', async () => {
    const { approvalUrl, browser, pushed } = await begun();
    const back = gateway.bank.decide(approvalUrl, APPROVED);
    gateway.bank.refusals.set('approvals/results', 'silence');
    const silent = await browser.open(back);
    gateway.bank.refusals.clear();
    expect([silent.status, errorOf(silent.page)]).toEqual([503, 'core_unavailable']);
    const finished = await browser.open((await browser.open(back)).location);
    expect(new URL(finished.location).searchParams.get('state')).toBe(pushed.state);
  });
});

describe('the hand-over', () => {
  test('T-02 the browser goes to the bank’s origin and to no other, whatever the answer says', async () => {
    const pushed = await minato.push(accountInformation());
    gateway.bank.approvalOrigin = 'https://evil.example';
    const answer = await new Browser(gateway).open(authorizeUrl(minato, pushed));
    gateway.bank.approvalOrigin = gateway.bank.bankOrigin;
    expect(answer.location).not.toContain('evil.example');
    expect(answer.status).toBeGreaterThanOrEqual(303);
  });

  test('a transfer is handed over by its id, and its content by nobody but the push (T-02)', async () => {
    await begun(new Browser(gateway), transferInitiation('handed-over'));
    const body = gateway.bank.callsTo('approvals').at(-1)?.body as Record<string, unknown>;
    const transfer = [...gateway.bank.transfers.values()].find(
      (t) => t.instructionId === 'handed-over',
    );
    expect(body).toMatchObject({ kind: 'transfer_initiation', transferId: transfer?.transferId });
    expect(Object.keys(body).sort()).toEqual(
      [
        'bankCode',
        'expiresAt',
        'kind',
        'locale',
        'redirectOrigin',
        'requestKey',
        'returnUrl',
        'transferId',
      ].sort(),
    );
  });

  test('RKN-S4c the bank refuses the hand-over: access_denied with the code, state and iss', async () => {
    const pushed = await minato.push(accountInformation());
    gateway.bank.refusals.set('approvals', { status: 403, code: 'linkage_suspended' });
    const answer = await new Browser(gateway).open(authorizeUrl(minato, pushed));
    gateway.bank.refusals.clear();
    const { searchParams } = new URL(answer.location);
    expect(Object.fromEntries(searchParams)).toEqual({
      error: 'access_denied',
      error_description: expect.stringMatching(/^linkage_suspended: /),
      state: pushed.state,
      iss: gateway.origin,
    });
  });
});
