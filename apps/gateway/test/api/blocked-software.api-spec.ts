import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { instantToWire } from '#libs/kernel';
import { seed } from '../../seeds/index.js';
import { SoftwareDesk } from '../../src/clients/index.js';
import { authorizeUrl, obtainToken } from './approve.js';
import { anHourFor, decisionOn, OFFICERS } from './bank-decision.js';
import { Browser } from './browser.js';
import { accountInformation, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';
import { authenticates, Registrant } from './registrant.js';
import { newSoftware } from './software.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let desk: SoftwareDesk;

beforeAll(async () => {
  gateway = await startGateway();
  desk = new SoftwareDesk(gateway.databases.gateway.ownerUrl);
});
afterAll(async () => {
  await desk.close();
  await gateway.stop();
});

const ACCOUNTS = '/v1/banks/2963/accounts';
const PRESENT = { headers: { 'x-fapi-customer-ip-address': '192.0.2.7' } };
const told = ({ status, body }: Answer) => [status, body['code'] ?? body['error'] ?? 'good'];
const BLOCKED = [403, 'software_blocked'];

/** Software of its own, so that no test stands in the way of another. */
async function software(clientId: string): Promise<Intermediary> {
  const made = await newSoftware(clientId, MINATO);
  await seed(gateway.databases.gateway.ownerUrl, { clients: [made.seed] });
  return Intermediary.of(gateway, made);
}

const blocked = async (clientId: string) => {
  const block = anHourFor(clientId);
  expect(await desk.block(block)).toEqual({ ok: true, value: undefined });
  return block;
};
const lifted = async (clientId: string) =>
  expect(await desk.lift(decisionOn(clientId, 'cleared up'))).toEqual({
    ok: true,
    value: undefined,
  });

describe('software that two officers block', () => {
  test('users.md A.3 gets no data on any process, ends consents, and goes on as it was once lifted', async () => {
    const client = await software('block-reads');
    const other = await gateway.another();
    const there = new Intermediary(gateway, client.software, client.key, other.port);
    const { accessToken, refreshToken } = await obtainToken(client, accountInformation());
    const read = (by = client, token = accessToken) => by.call(ACCOUNTS, token, PRESENT);
    // From here on the token lies in the cache of both processes.
    expect(told(await read())).toEqual([200, 'good']);
    expect(told(await read(there))).toEqual([200, 'good']);

    const block = await blocked('block-reads');
    for (const by of [client, there]) await until(async () => (await read(by)).status === 403);
    expect((await read()).body).toMatchObject({
      code: 'software_blocked',
      clause: 'INT-13',
      facts: { until: instantToWire(block.until) },
    });
    const events = await client.ownToken('events');
    expect(told(await client.call('/v1/event-subscriptions', events))).toEqual(BLOCKED);
    // A refresh loses nothing, and opens nothing.
    const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const fresh = String((await client.token(refresh)).body['access_token']);
    expect(told(await read(client, fresh))).toEqual(BLOCKED);
    // What stays open: the outcome of what it moved (B-7), and withdrawals.
    const outcomes = await client.ownToken('transfers:status');
    const outcome = '/v1/banks/2963/transfers?instructionId=x';
    expect(told(await client.call(outcome, outcomes))).toEqual([404, 'not_found']);
    const own = await client.ownToken('consents');
    expect(told(await client.call('/v1/banks/2963/consents', own))).toEqual([200, 'good']);
    const consent = '/v1/banks/2963/consents/cns_01j00000000000000000000009';
    const ended = await client.call(`${consent}?reason=customer_request`, own, {
      method: 'DELETE',
    });
    expect(ended.status).toBe(204);

    await lifted('block-reads');
    for (const by of [client, there]) await until(async () => (await read(by)).status === 200);
    await other.stop();
  });

  test('users.md A.3 pushes no request, and what it pushed before opens no page', async () => {
    const client = await software('block-pushes');
    const pushed = await client.push(accountInformation());
    await blocked('block-pushes');
    const refused = await client.post('/par', client.request(accountInformation()).params);
    expect(told(refused)).toEqual([400, 'unauthorized_client']);
    expect(refused.body['error_description']).toMatch(/^software_blocked: /);
    const { location } = await new Browser(gateway).open(authorizeUrl(client, pushed));
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringMatching(/^software_blocked: /),
      state: pushed.state,
    });
    await lifted('block-pushes');
    await client.push(accountInformation());
  });

  test('users.md A.3 is inactive on the public register, and says of the block no more', async () => {
    await software('block-listed');
    await blocked('block-listed');
    const answer = await gateway.fetch(`${gateway.origin}/v1/register/applications`);
    const { data } = (await answer.json()) as { data: Record<string, unknown>[] };
    const entry = data.find(({ clientId }) => clientId === 'block-listed');
    expect(Object.keys(entry!).sort()).toEqual(['clientId', 'epspId', 'name', 'status']);
    expect(entry?.['status']).toBe('inactive');
  });

  test('INT-13 a block is over by itself', async () => {
    const client = await software('block-over');
    const { accessToken } = await obtainToken(client, accountInformation());
    const read = () => client.call(ACCOUNTS, accessToken, PRESENT);
    await blocked('block-over');
    await until(async () => (await read()).status === 403);
    await gateway.asOwner(
      `update software_block set since = since - interval '1 hour', until = clock_timestamp()
       where client_id = 'block-over'`,
    );
    await until(async () => (await read()).status === 200);
    expect(await desk.blocks()).not.toContainEqual(
      expect.objectContaining({ clientId: 'block-over' }),
    );
    // Over is not lifted: there is nothing left to lift, and a new block may begin.
    expect(await desk.lift(decisionOn('block-over'))).toMatchObject({
      refusal: { code: 'software_not_blocked' },
    });
    await blocked('block-over');
  });

  test('T-12 keeps its registration: it is not deleted to begin anew, with whatever proof', async () => {
    const minato = await Registrant.registered(gateway);
    await blocked(minato.clientId);
    expect((await minato.manage('GET', '')).status).toBe(200);
    const gone = await minato.manage('DELETE', '', undefined, minato.own);
    expect([gone.status, gone.body['error']]).toEqual([409, 'registration_blocked']);
    const again = await minato.register({ software_statement: await minato.fresh() });
    expect([again.status, again.body['client_id']]).toEqual([200, minato.clientId]);
    await lifted(minato.clientId);
    expect((await minato.manage('DELETE', '', undefined, minato.own)).status).toBe(204);
  });

  test.each([
    ['T-12 a block', 'software_block', 409, 'registration_blocked'],
    ['T-09 a report of its key', 'compromised_key', 403, 'key_proof_invalid'],
  ] as const)(
    '%s that commits while it is being deleted is not overtaken',
    async (_title, decision, status, error) => {
      const minato = await Registrant.registered(gateway);
      const { clientId, own } = minato;
      const { default: pg } = await import('pg');
      const officers = new pg.Client({ connectionString: gateway.databases.gateway.ownerUrl });
      await officers.connect();
      try {
        const [holder] = (await officers.query<{ pid: number }>('select pg_backend_pid() as pid'))
          .rows;
        const waiting = () =>
          gateway.asOwner('select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', [
            holder?.pid,
          ]);
        await officers.query('begin');
        await officers.query('select from client where client_id = $1 for no key update', [
          clientId,
        ]);
        const asked = minato.manage('DELETE', '', undefined, own);
        // It has read and proven everything and waits for the officers, who have not yet written.
        await until(async () => (await waiting()).length > 0);
        if (decision === 'software_block')
          await officers.query(
            `insert into software_block (proposal_id, client_id, reason, decided_by, until)
             values ('overtaken', $1, 'x', '{a,b}', clock_timestamp() + interval '1 hour')`,
            [clientId],
          );
        else
          await officers.query(
            `insert into compromised_key (mark, client_id, kid, reason, reported_by)
             select thumbprint, client_id, kid, 'x', 'a, b' from client_key where client_id = $1`,
            [clientId],
          );
        await officers.query('commit');
        const answer = await asked;
        expect([answer.status, answer.body['error']]).toEqual([status, error]);
      } finally {
        await officers.end();
      }
      const [row] = await gateway.asOwner<{ status: string }>(
        'select status from client where client_id = $1',
        [clientId],
      );
      expect(row?.status).toBe('active');
    },
  );
});

describe('the desk of two officers', () => {
  test('T-17 refuses what cannot be, and blocks once however many try', async () => {
    await software('block-once');
    const code = (verdict: Awaited<ReturnType<SoftwareDesk['lift']>>) =>
      verdict.ok ? 'done' : verdict.refusal.code;
    expect(code(await desk.block(anHourFor('nobody')))).toBe('software_not_found');
    expect(code(await desk.lift(decisionOn('block-once')))).toBe('software_not_blocked');
    const soon = anHourFor('block-once');
    expect(code(await desk.block({ ...soon, until: Date.now() - 1 }))).toBe('block_end_wrong');
    const long = Date.now() + 31 * 86_400_000;
    expect(code(await desk.block({ ...soon, until: long }))).toBe('block_end_wrong');
    const verdicts = await Promise.all(
      Array.from({ length: 4 }, () => desk.block(anHourFor('block-once'))),
    );
    expect(verdicts.map(code).sort()).toEqual([
      'done',
      ...Array.from({ length: 3 }, () => 'software_already_blocked'),
    ]);
    expect(await desk.blocks()).toContainEqual(
      expect.objectContaining({
        clientId: 'block-once',
        epspId: MINATO,
        reason: 'suspected fraud',
        decidedBy: [...OFFICERS],
      }),
    );
    await lifted('block-once');
    const record = await gateway.asOwner<{ act: string; actor: string; reason: string }>(
      `select act, actor, facts ->> 'reason' as reason from registration_record
       where client_id = 'block-once' order by record_id`,
    );
    const actor = OFFICERS.join(', ');
    expect(record).toEqual([
      { act: 'software_blocked', actor, reason: 'suspected fraud' },
      { act: 'software_unblocked', actor, reason: 'cleared up' },
    ]);
  });

  test('T-09 reports a key that leaked: it proves nothing any more, and neither does what it obtained', async () => {
    const minato = await Registrant.registered(gateway);
    const { clientId, own } = minato;
    expect(await authenticates(minato, own)).toBe(true);
    const report = { ...decisionOn(clientId, 'found in a public repository'), kid: own.kid };
    expect(await desk.reportKey({ ...report, kid: 'another' })).toMatchObject({
      refusal: { code: 'software_key_not_found' },
    });
    expect(await desk.reportKey(report)).toEqual({ ok: true, value: undefined });
    await until(async () => !(await authenticates(minato, own)));
    expect((await minato.manage('GET', '/keys')).body['keys']).toMatchObject([
      { kid: own.kid, standing: 'compromised' },
    ]);
    expect(await desk.reportKey(report)).toMatchObject({
      refusal: { code: 'key_already_compromised' },
    });
    const [row] = await gateway.asOwner<{ reason: string; reported_by: string }>(
      'select reason, reported_by from compromised_key where client_id = $1',
      [clientId],
    );
    expect(row).toEqual({ reason: report.reason, reported_by: OFFICERS.join(', ') });
  });
});
