import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, authorizeUrl, CONSENT } from './approve.js';
import { Browser } from './browser.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
});
afterAll(() => gateway.stop());

/** From the push to the holder's yes; what is left is the browser's way back. */
async function agreed(consentId: string) {
  const pushed = await minato.push(accountInformation());
  const browser = new Browser(gateway);
  const { location } = await browser.open(authorizeUrl(minato, pushed));
  const consent = { ...CONSENT, consentId };
  return { pushed, browser, back: gateway.bank.decide(location, { ...APPROVED, consent }) };
}

type Agreed = Awaited<ReturnType<typeof agreed>>;

/** The browser goes back, and on to where the intermediary takes over. */
async function landed({ browser, back }: Agreed): Promise<URL> {
  const { status, location } = await browser.open(back);
  expect(status).toBe(303);
  return new URL((await browser.open(location)).location);
}

function expectDenied(end: URL, { pushed }: Agreed, code: string): void {
  expect(Object.fromEntries(end.searchParams)).toEqual({
    error: 'access_denied',
    error_description: expect.stringMatching(new RegExp(`^${code}: `)),
    state: pushed.state,
    iss: gateway.origin,
  });
}

/** What the gateway keeps of the consent's grants, and whether anything can still be issued on them. */
const grantsOf = (consentId: string) =>
  gateway.asOwner<{ ended_code: string | null; artifacts: number }>(
    `select g.ended_code, (select count(*)::int from oidc_artifact a
         where a.grant_id = g.grant_id or (a.model = 'Grant'
           and a.id = translate(rtrim(encode(sha256(convert_to(g.grant_id, 'UTF8')), 'base64'), '='), '+/', '-_'))
       ) as artifacts
     from consent_grant g where g.consent_id = $1`,
    [consentId],
  );

const cursor = async () =>
  (
    await gateway.asOwner<{ cursor: string }>(
      `select cursor from feed_cursor where feed = 'consents'`,
    )
  )[0]?.cursor;

/** The feed tells the end, and this gateway has carried it out on whatever it knows by then. */
async function toldByFeed(
  consentId: string,
  [state, reason]: readonly [state: string, reason: string] = ['revoked', 'withdrawn'],
): Promise<void> {
  const before = await cursor();
  gateway.bank.changeConsent(consentId, state, reason);
  await until(async () => (await cursor()) !== before);
}

/** Stops the browser's return at the bank's second answer: the first was given, and the grant is kept. */
async function returnedUntilTheSecondAnswer({ browser, back }: Agreed) {
  const first = gateway.bank.hold('approvals/results');
  const returned = browser.open(back);
  await first.arrived;
  const second = gateway.bank.hold('approvals/results');
  first.release();
  await second.arrived;
  return { returned, release: () => second.release() };
}

describe('a consent that ends between the holder’s yes and the code', () => {
  test.each([
    ['RKN-S1/c withdrawn', 'consent_revoked'],
    ['RKN-S1/c over its term', 'consent_expired'],
    ['RKN-D6 its holder has left', 'customer_left'],
  ] as const)('%s before the return: no code and no grant', async (_, code) => {
    const consentId = `cns_${code}_before`;
    const begun = await agreed(consentId);
    // The end was told when nothing of the consent was here, and is not told again.
    await toldByFeed(consentId);
    gateway.bank.endConsent(consentId, code);
    expectDenied(await landed(begun), begun, code);
    expect(await grantsOf(consentId)).toEqual([]);
  });

  test('RKN-S1/c while its grant was being kept, and told before: the grant is ended, and no code given', async () => {
    const consentId = 'cns_ended_in_the_window';
    const begun = await agreed(consentId);
    await toldByFeed(consentId);
    const { returned, release } = await returnedUntilTheSecondAnswer(begun);
    // Without the second answer this grant would live on: nothing that could end it is still to come.
    expect(await grantsOf(consentId)).toEqual([{ ended_code: null, artifacts: 1 }]);
    gateway.bank.endConsent(consentId, 'consent_revoked');
    release();
    const { location } = await returned;
    expectDenied(new URL((await begun.browser.open(location)).location), begun, 'consent_revoked');
    expect(await grantsOf(consentId)).toEqual([{ ended_code: 'consent_revoked', artifacts: 0 }]);
  });

  test.each([
    ['RKN-S1/c withdrawn', 'consent_revoked', ['revoked', 'withdrawn']],
    ['RKN-S1/c over its term', 'consent_expired', ['expired', 'term_over']],
    ['RKN-D6 its holder has left', 'customer_left', ['revoked', 'customer_left']],
  ] as const)('%s on the last step of the browser: no code', async (_, code, end) => {
    const consentId = `cns_${code}_on_the_last_step`;
    const begun = await agreed(consentId);
    const { location } = await begun.browser.open(begun.back);
    await toldByFeed(consentId, end);
    expect(await grantsOf(consentId)).toEqual([{ ended_code: code, artifacts: 0 }]);
    expectDenied(new URL((await begun.browser.open(location)).location), begun, code);
  });

  test('RKN-S1/c over its term before the feed has told it: no code on the last step either', async () => {
    const consentId = 'cns_over_before_it_was_told';
    const begun = await agreed(consentId);
    const { location } = await begun.browser.open(begun.back);
    await gateway.asOwner(
      `update consent_grant set expires_at = clock_timestamp() where consent_id = $1`,
      [consentId],
    );
    await gateway.ageArtifacts('Grant', 400 * 86_400);
    expectDenied(new URL((await begun.browser.open(location)).location), begun, 'consent_expired');
  });

  test('RKN-S1/c after the code was given: it is worth nothing', async () => {
    const consentId = 'cns_ended_after_the_code';
    const begun = await agreed(consentId);
    const code = (await landed(begun)).searchParams.get('code') ?? '';
    expect(code).not.toBe('');
    await toldByFeed(consentId);
    const { status, body } = await minato.redeem(code, begun.pushed);
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
  });

  test('the bank silent at the second question: no code yet, and the same return works later', async () => {
    const begun = await agreed('cns_asked_about_later');
    const { returned, release } = await returnedUntilTheSecondAnswer(begun);
    gateway.bank.refusals.set('approvals/results', 'silence');
    release();
    expect((await returned).status).toBe(503);
    gateway.bank.refusals.clear();
    const code = (await landed(begun)).searchParams.get('code') ?? '';
    expect((await minato.redeem(code, begun.pushed)).status).toBe(200);
    expect(await grantsOf('cns_asked_about_later')).toHaveLength(1);
  });
});
