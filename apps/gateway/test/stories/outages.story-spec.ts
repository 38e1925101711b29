import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  browserOf,
  consented,
  push,
  reading,
} from '../../../../tools/campaigns/gateway-ground/consented.js';
import type { WireAnswer } from '../../../../tools/campaigns/gateway-ground/door.js';
import {
  bodyOf,
  codeOf,
  Software,
  type OwnTokens,
  type PushedRequest,
} from '../../../../tools/campaigns/gateway-ground/software.js';
import { openStage, type Stage } from '../../../../tools/campaigns/gateway-ground/stage.js';
import {
  approve,
  fillAsHolder,
  isLanding,
  type FormBrowser,
  type Landing,
  type Page,
} from '../../../../tools/http/index.js';
import { machineNow } from '../../../../tools/machine-clock.js';
import type { DemoPerson } from '../../../../tools/start/seeds.js';
import { cutDatabase, mendDatabase } from './cut-database.js';
import { isEnd, isPage, until } from './scene.js';

const BANK = '2963';

let stage: Stage;
let software: Software;
let tokens: OwnTokens;

beforeAll(async () => {
  stage = await openStage({ nodes: 1 });
  software = new Software(stage.clients[0]!, stage.origin);
  tokens = await consented(stage, software, person(`taro-${BANK}`), stage.doors[0]!);
});
afterAll(() => stage?.stop());

const person = (loginId: string): DemoPerson =>
  stage.people.find((each) => each.loginId === loginId)!;
const read = (token = tokens.accessToken, bankCode = BANK): Promise<WireAnswer> =>
  software.ask(stage.doors[0]!, () => software.call(token, `/v1/banks/${bankCode}/accounts`));
const refresh = (): Promise<WireAnswer> => {
  const form = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
  return software.ask(stage.doors[0]!, () => software.post('/token', form));
};
const pushed = (): Promise<WireAnswer> => {
  const { params } = software.request('accounts', reading(BANK));
  return software.ask(stage.doors[0]!, () => software.post('/par', params));
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSIDE = /postgres|ECONN|127\.0\.0\.1|\.js:|stack/i;

/** Says nothing of its inside, when to come again, and under which id it is known (B-26). */
function expectComeAgain(answer: WireAnswer, code: string): void {
  expect([answer.status, codeOf(answer)]).toEqual([503, code]);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(answer.headers['x-fapi-interaction-id']).toMatch(UUID);
  expect(answer.text).not.toMatch(INSIDE);
}

/** The API names its code in both languages (B-4). */
function expectUnavailable(answer: WireAnswer, code: string): void {
  expectComeAgain(answer, code);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const body = bodyOf(answer);
  expect(body).toMatchObject({
    status: 503,
    instance: `urn:uuid:${String(answer.headers['x-fapi-interaction-id'])}`,
    detail_ja: expect.stringMatching(/[ぁ-ん]/),
    detail_en: expect.stringMatching(/^[A-Z][ -~]+\.$/),
    retryable: true,
  });
  expect([body['detail_ja'], body['detail_en']]).toContain(body['detail']);
}

/** The authorization server speaks OAuth (RFC 6749 section 5.2), with our own code as its first word. */
function expectOAuthUnavailable(answer: WireAnswer, code = 'temporarily_unavailable'): void {
  expectComeAgain(answer, code);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(bodyOf(answer)).toMatchObject({
    error: 'temporarily_unavailable',
    error_description: expect.stringMatching(/^[a-z_]+: [A-Z][ -~]+\.$/),
  });
}

describe('bank-core is down', () => {
  beforeAll(() => stage.bank.stop());
  afterAll(async () => {
    await stage.bank.start();
    await until(async () => (await read()).status === 200, 1200);
  });

  test('a read is answered 503 with its code and the institution, and when to come again', async () => {
    const answer = await read();
    expectUnavailable(answer, 'core_unavailable');
    expect(bodyOf(answer)).toMatchObject({ facts: { bankCode: BANK }, retryable: true });
  });

  test('so is a push, before anything is kept of it', async () => {
    expectOAuthUnavailable(await pushed(), 'core_unavailable');
  });

  test('a token can still be had: nothing of a grant is lost, and nothing depends on the bank here', async () => {
    expect((await refresh()).status).toBe(200);
  });

  test('the process is alive and not ready', async () => {
    const [door] = stage.doors;
    await until(async () => (await door!.ask({ method: 'GET', path: '/readyz' })).status === 503);
    expect((await door!.ask({ method: 'GET', path: '/healthz' })).status).toBe(200);
  });
});

describe('bank-core is back', () => {
  test('the same token reads, the same grant is refreshed, and a push is taken: by itself', async () => {
    expect((await read()).status).toBe(200);
    expect((await refresh()).status).toBe(200);
    await until(async () => (await pushed()).status === 201);
  });
});

/** What holders have under way when a database goes away. */
interface UnderWay {
  /** Pushed, and its address not yet opened. */
  readonly unopened: PushedRequest;
  /** Agreed to; the code is not yet redeemed. */
  readonly agreed: PushedRequest;
  readonly landedAt: URL;
  /** The holder is on the bank's first page. */
  readonly opened: PushedRequest;
  readonly browser: FormBrowser;
  readonly page: Page;
}

async function begin(bankCode: string): Promise<UnderWay> {
  const door = stage.doors[0]!;
  const unopened = await push(software, door, 'accounts', reading(bankCode));
  const opened = await push(software, door, 'accounts', reading(bankCode));
  const browser = browserOf(stage, software);
  const page = await browser.open(opened.url);
  isPage(page);
  const agreed = await push(software, door, 'accounts', reading(bankCode));
  const holder = person(`jiro-${bankCode}`);
  const { landedAt } = await approve(browserOf(stage, software), agreed.url, holder, machineNow);
  return { unopened, agreed, landedAt, opened, browser, page };
}

/** The holder goes on until it is over, or a page says that it cannot go on now; answers from where it was left. */
async function walk(
  browser: FormBrowser,
  page: Page,
  holder: DemoPerson,
): Promise<{ left: Page; at: Page | Landing }> {
  let left = page;
  for (let count = 0; count < 8; count += 1) {
    const at = await browser.press(left, fillAsHolder(left, holder, machineNow));
    if (isLanding(at) || at.status >= 500) return { left, at };
    left = at;
  }
  throw new Error('The approval pages do not come to an end.');
}

const exchange = (pushed: PushedRequest, landedAt: URL): Promise<WireAnswer> =>
  software.ask(stage.doors[0]!, () => software.post('/token', software.exchange(pushed, landedAt)));

/** The code is good, once, and what it was agreed to is read. */
async function redeemAndRead(
  pushed: PushedRequest,
  landedAt: URL,
  bankCode: string,
): Promise<void> {
  const answer = await exchange(pushed, landedAt);
  expect([answer.status, codeOf(answer)]).toEqual([200, '200']);
  expect((await read(software.tokensFrom(answer).accessToken, bankCode)).status).toBe(200);
}

const isWell = async (): Promise<boolean> =>
  (await refresh()).status === 200 && (await read()).status === 200;

describe('the gateway’s database is down', () => {
  const AT = '2963';
  let underWay: UnderWay;
  let stopped: Page;

  beforeAll(async () => {
    underWay = await begin(AT);
    await cutDatabase(stage.databases.gateway);
  });
  afterAll(() => mendDatabase(stage.databases.gateway));

  test('a code is not taken, and not lost: it is redeemed when the database is back', async () => {
    const { agreed, landedAt } = underWay;
    expectOAuthUnavailable(await exchange(agreed, landedAt));
    await mendDatabase(stage.databases.gateway);
    await until(isWell);
    await redeemAndRead(agreed, landedAt, AT);
    await cutDatabase(stage.databases.gateway);
  });

  test('reads, pushes and refreshes are answered 503, and the process stays alive', async () => {
    const answer = await read();
    expectUnavailable(answer, 'temporarily_unavailable');
    expect(bodyOf(answer)).toMatchObject({ facts: { bankCode: BANK } });
    expectOAuthUnavailable(await refresh());
    expectOAuthUnavailable(await pushed());
    const { url } = underWay.unopened;
    const page = await stage.doors[0]!.ask({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { accept: 'text/html' },
    });
    expect([page.status, page.text.includes('temporarily_unavailable')]).toEqual([503, true]);
    expect((await stage.doors[0]!.ask({ method: 'GET', path: '/healthz' })).status).toBe(200);
  });

  test('a holder agrees at the bank meanwhile, and on the way back is told to come again', async () => {
    const { browser, page } = underWay;
    const { at } = await walk(browser, page, person(`hanako-${AT}`));
    isPage(at);
    expect([at.status, at.url.origin]).toEqual([503, stage.origin]);
    expect(at.html).toContain('temporarily_unavailable');
    stopped = at;
  });

  test('when it is back everything goes on, the same grant included, without a restart', async () => {
    await mendDatabase(stage.databases.gateway);
    await until(isWell);
    const { unopened, opened, browser } = underWay;
    const came = await browser.open(stopped.url);
    isEnd(came);
    await redeemAndRead(opened, came.landedAt, AT);
    const taro = person(`taro-${AT}`);
    const agreed = await approve(browserOf(stage, software), unopened.url, taro, machineNow);
    await redeemAndRead(unopened, agreed.landedAt, AT);
  });
});

describe('bank-core’s database is down', () => {
  const AT = '2825';
  let underWay: UnderWay;
  let left: Page;

  beforeAll(async () => {
    underWay = await begin(AT);
    await cutDatabase(stage.databases.bank);
  });
  afterAll(() => mendDatabase(stage.databases.bank));

  test('a code that was agreed to before is still good, and what it opens when the bank is back', async () => {
    const { agreed, landedAt } = underWay;
    const answer = await exchange(agreed, landedAt);
    expect([answer.status, codeOf(answer)]).toEqual([200, '200']);
    const { accessToken } = software.tokensFrom(answer);
    expectUnavailable(await read(accessToken, AT), 'core_unavailable');
    await mendDatabase(stage.databases.bank);
    await until(async () => (await read(accessToken, AT)).status === 200);
    await cutDatabase(stage.databases.bank);
  });

  test('reads are answered 503, a refresh needs no bank, and both processes live', async () => {
    const answer = await read();
    expectUnavailable(answer, 'core_unavailable');
    expect(bodyOf(answer)).toMatchObject({ facts: { bankCode: BANK } });
    // A push is judged by the copy of the bank's register, good until bank-core's stream falls silent (T-19).
    const push = await pushed();
    if (push.status !== 201) expectOAuthUnavailable(push, 'core_unavailable');
    expect((await refresh()).status).toBe(200);
    expect((await stage.doors[0]!.ask({ method: 'GET', path: '/healthz' })).status).toBe(200);
    expect((await stage.fetch(`${stage.bankOrigin}/healthz`, { method: 'GET' })).status).toBe(200);
  });

  test('a holder’s page says so, and keeps nothing half', async () => {
    const { browser, page } = underWay;
    const stopped = await walk(browser, page, person(`hanako-${AT}`));
    isPage(stopped.at);
    expect([stopped.at.status, stopped.at.url.origin]).toEqual([503, stage.bankOrigin]);
    expect(stopped.at.html).not.toMatch(INSIDE);
    left = stopped.left;
  });

  test('when it is back everything goes on, the same page and the same grant included', async () => {
    await mendDatabase(stage.databases.bank);
    await until(isWell);
    const { unopened, opened, browser } = underWay;
    const came = (await walk(browser, left, person(`hanako-${AT}`))).at;
    isEnd(came);
    await redeemAndRead(opened, came.landedAt, AT);
    const taro = person(`taro-${AT}`);
    const agreed = await approve(browserOf(stage, software), unopened.url, taro, machineNow);
    await redeemAndRead(unopened, agreed.landedAt, AT);
  });
});
