import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withConnection } from '../../../../tools/databases/index.js';
import { consented, push, reading } from '../../../../tools/campaigns/gateway-ground/consented.js';
import type { WireAnswer } from '../../../../tools/campaigns/gateway-ground/door.js';
import {
  bodyOf,
  codeOf,
  Software,
  type OwnTokens,
} from '../../../../tools/campaigns/gateway-ground/software.js';
import { openStage, type Stage } from '../../../../tools/campaigns/gateway-ground/stage.js';
import { until } from './scene.js';

const BANK = '2963';

let stage: Stage;
let software: Software;
let tokens: OwnTokens;

beforeAll(async () => {
  stage = await openStage({ nodes: 1 });
  software = new Software(stage.clients[0]!, stage.origin);
  const person = stage.people.find(({ bankCode }) => bankCode === BANK)!;
  tokens = await consented(stage, software, person, stage.doors[0]!);
});
afterAll(() => stage?.stop());

const read = (token = tokens.accessToken): Promise<WireAnswer> =>
  software.ask(stage.doors[0]!, () => software.call(token, `/v1/banks/${BANK}/accounts`));
const refresh = (): Promise<WireAnswer> => {
  const form = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
  return software.ask(stage.doors[0]!, () => software.post('/token', form));
};
const pushed = (): Promise<WireAnswer> => {
  const { params } = software.request('accounts', reading(BANK));
  return software.ask(stage.doors[0]!, () => software.post('/par', params));
};

/** Says nothing of its inside, names its code in both languages, and when to come again. */
function expectUnavailable(answer: WireAnswer, code: string): void {
  expect([answer.status, codeOf(answer)]).toEqual([503, code]);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(answer.text).not.toMatch(/postgres|ECONN|127\.0\.0\.1|\.js:|stack/i);
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
    expectUnavailable(await pushed(), 'core_unavailable');
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

describe('the gateway’s database is down', () => {
  const name = () => stage.databases.gateway.name;
  const admin = (sql: string): Promise<unknown> => {
    const url = new URL(stage.databases.gateway.adminUrl);
    url.pathname = '/postgres';
    return withConnection(url.toString(), (client) => client.query(sql));
  };
  const cut = async (): Promise<void> => {
    await admin(`alter database ${name()} with allow_connections false`);
    await admin(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name()}'`,
    );
  };
  const mend = (): Promise<unknown> =>
    admin(`alter database ${name()} with allow_connections true`);
  afterAll(() => mend());

  test('reads, pushes and refreshes are answered 503, and the process stays alive', async () => {
    const { url } = await push(software, stage.doors[0]!, 'accounts', reading(BANK));
    await cut();
    const answer = await read();
    expectUnavailable(answer, 'temporarily_unavailable');
    expect(bodyOf(answer)).toMatchObject({ facts: { bankCode: BANK } });
    expectUnavailable(await refresh(), 'temporarily_unavailable');
    expectUnavailable(await pushed(), 'temporarily_unavailable');
    const page = await stage.doors[0]!.ask({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { accept: 'text/html' },
    });
    expect([page.status, page.text.includes('temporarily_unavailable')]).toEqual([503, true]);
    expect((await stage.doors[0]!.ask({ method: 'GET', path: '/healthz' })).status).toBe(200);
  });

  test('when it is back everything goes on, the same grant included, without a restart', async () => {
    await mend();
    await until(async () => (await refresh()).status === 200);
    await until(async () => (await read()).status === 200);
    await push(software, stage.doors[0]!, 'accounts', reading(BANK));
  });
});
