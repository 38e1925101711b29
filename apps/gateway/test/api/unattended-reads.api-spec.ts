import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import { ACCOUNT } from './fake-reads.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type AnotherProcess, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
const POSTINGS = `${ACCOUNTS}/${ACCOUNT}/transactions?limit=1`;
const PRESENT = { headers: { 'x-fapi-customer-ip-address': '192.0.2.7' } };
const PER_DAY = 4;

let gateway: GatewayUnderTest;
let second: AnotherProcess;
let minato: Intermediary;
let there: Intermediary;

beforeAll(async () => {
  gateway = await startGateway({ unattendedPerDay: PER_DAY });
  second = await gateway.another();
  minato = await Intermediary.of(gateway);
  there = new Intermediary(gateway, minato.software, minato.key, second.port);
});
afterAll(async () => {
  await second.stop();
  await gateway.stop();
});

let consents = 0;
/** A token of a consent of its own: what one test uses up, no other misses. */
async function token(): Promise<string> {
  consents += 1;
  const consent = { ...CONSENT, consentId: `cns_of_unattended_reads_${consents}` };
  const { accessToken } = await obtainToken(minato, accountInformation(), { ...APPROVED, consent });
  return accessToken;
}

/** How many reads of the day are left; nothing where the read was not counted. */
const leftOf = ({ headers }: Answer): number | undefined => {
  const [, left] = /"unattended";r=(\d+)/.exec(headers.get('ratelimit') ?? '') ?? [];
  return left === undefined ? undefined : Number(left);
};
const nextOf = ({ status, body }: Answer): string => {
  const { next } = (body['links'] ?? {}) as { next?: string };
  if (next === undefined) throw new Error(`No further page: ${status}.`);
  return next;
};

describe('users.md A 36 a cursor lifts no limit of what is read while nobody waits', () => {
  test.each([
    ['accounts, which have no pages', ACCOUNTS, 200],
    ['balances, which have none', `${ACCOUNTS}/${ACCOUNT}/balances`, 200],
    ['postings, by a cursor that we never made', `${ACCOUNTS}/${ACCOUNT}/transactions`, 400],
  ])('%s', async (_title, path, status) => {
    const accessToken = await token();
    const answers: Answer[] = [];
    for (let nth = 0; nth <= PER_DAY; nth += 1)
      answers.push(await minato.call(`${path}?cursor=${nth}`, accessToken));
    const passed = Array.from({ length: PER_DAY }, () => status);
    expect(answers.map((answer) => answer.status)).toEqual([...passed, 429]);
    expect(answers.at(-1)?.body).toMatchObject({ 'violated-policies': ['unattended'] });
  });

  test('a cursor of postings goes on nowhere else', async () => {
    const accessToken = await token();
    const next = nextOf(await minato.call(POSTINGS, accessToken));
    const cursor = new URL(next, gateway.origin).searchParams.get('cursor') ?? '';
    const balances = `${ACCOUNTS}/${ACCOUNT}/balances?cursor=${cursor}`;
    expect(leftOf(await minato.call(balances, accessToken))).toBe(PER_DAY - 1);
    // And nothing of it was used up there.
    expect(leftOf(await minato.call(next, accessToken))).toBeUndefined();
  });

  test('one resource is one, however it is spelt', async () => {
    const accessToken = await token();
    const spelt = [ACCOUNTS, '/v1/banks/2963/%61ccounts', '/v1/banks/%32963/accounts'];
    const left: (number | undefined)[] = [];
    for (const path of spelt) left.push(leftOf(await minato.call(path, accessToken)));
    expect(left).toEqual([PER_DAY - 1, PER_DAY - 2, PER_DAY - 3]);
  });

  test('further pages of a read belong to it, on whichever process', async () => {
    const accessToken = await token();
    let page = await minato.call(POSTINGS, accessToken);
    expect(leftOf(page)).toBe(PER_DAY - 1);
    for (const by of [there, minato, there, minato]) {
      page = await by.call(nextOf(page), accessToken);
      expect([page.status, leftOf(page)]).toEqual([200, undefined]);
    }
    expect(page.body['links']).not.toHaveProperty('next');
  });

  test('a page that is read again is a new read, and so is what it leads to', async () => {
    const accessToken = await token();
    const next = nextOf(await minato.call(POSTINGS, accessToken));
    const answers: Answer[] = [];
    for (let nth = 0; nth <= PER_DAY; nth += 1) answers.push(await minato.call(next, accessToken));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
    expect(answers.map(leftOf)).toEqual([undefined, 2, 1, 0, 0]);
    // What each of them was told goes on once, like the first.
    const further = nextOf(answers[1]!);
    expect((await minato.call(further, accessToken)).status).toBe(200);
    expect((await minato.call(further, accessToken)).status).toBe(429);
  });

  test('a cursor that one process has seen is known to all', async () => {
    const accessToken = await token();
    const next = nextOf(await minato.call(POSTINGS, accessToken));
    expect(leftOf(await minato.call(next, accessToken))).toBeUndefined();
    // How many are left each process knows only nearly: another may hold one in hand.
    expect(leftOf(await there.call(next, accessToken))).toBeDefined();
  });

  test('two at once with one cursor: it is new to one of them', async () => {
    const accessToken = await token();
    const next = nextOf(await minato.call(POSTINGS, accessToken));
    const answers = await Promise.all(
      [minato, there, minato].map((by) => by.call(next, accessToken)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const counted = answers.map(leftOf).filter((left) => left !== undefined);
    expect(counted).toHaveLength(2);
  });

  test('what was begun with the customer there goes on as one read when he or she is gone', async () => {
    const accessToken = await token();
    const begun = await minato.call(POSTINGS, accessToken, PRESENT);
    expect(leftOf(begun)).toBeUndefined();
    const alone = await minato.call(nextOf(begun), accessToken);
    expect(leftOf(alone)).toBe(PER_DAY - 1);
    expect(leftOf(await minato.call(nextOf(alone), accessToken))).toBeUndefined();
    expect(leftOf(await minato.call(nextOf(begun), accessToken))).toBe(PER_DAY - 2);
  });

  test('the cursor of another consent is nobody’s here', async () => {
    const next = nextOf(await minato.call(POSTINGS, await token()));
    expect(leftOf(await minato.call(next, await token()))).toBe(PER_DAY - 1);
  });
});
