import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { obtainToken } from './approve.js';
import { ACCOUNT } from './fake-reads.js';
import { accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type AnotherProcess, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { assertionOf } from './software.js';
import { until } from './wait-until.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
/** Planted: what of these shows up in a log, a figure or a trace has leaked (T-30). */
const PLANTED = {
  'x-fapi-customer-ip-address': '198.51.100.77',
  'x-fapi-auth-date': 'Wed, 14 Feb 2024 13:37:59 GMT',
  'user-agent': 'planted-agent-of-somebody',
  cookie: 'planted-cookie=planted-value',
};

let gateway: GatewayUnderTest;
let process: AnotherProcess | undefined;

beforeAll(async () => (gateway = await startGateway()));
afterEach(async () => {
  await process?.stop();
  process = undefined;
});
afterAll(() => gateway.stop());

/** A further process, with an intermediary who calls it and nobody else. */
async function further(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ there: Intermediary; other: AnotherProcess }> {
  const other = await gateway.another('info', environment);
  process = other;
  const key = (await Intermediary.of(gateway)).key;
  const there = new Intermediary(gateway, gateway.minato, key, other.port);
  return { there, other };
}

const ask = async ({ operationsPort }: AnotherProcess, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${operationsPort}${path}`);
  return { status: answer.status, text: await answer.text() };
};

const linesOf = ({ output }: AnotherProcess): Record<string, unknown>[] =>
  output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the private listener', () => {
  test('tells health, readiness part by part, and figures; nothing else', async () => {
    // This one waits as shipped; the others hardly notice that the bank is silent for so short a time.
    const { other } = await further({ GATEWAY_PATIENCE: '1' });
    await until(async () => (await ask(other, '/readyz')).status === 200);
    expect(JSON.parse((await ask(other, '/readyz')).text)).toEqual({
      status: 'ok',
      parts: { database: true, bank_core_links: true, bank_core_catalogue: true },
    });
    expect(await ask(other, '/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
    const figures = (await ask(other, '/metrics')).text;
    for (const name of ['process_cpu_seconds_total', 'renkei_link_lease_ms', 'renkei_proof_store'])
      expect(figures).toContain(name);
    expect((await ask(other, '/v1/status')).status).toBe(404);
    gateway.bank.beats = false;
    await until(async () => (await ask(other, '/readyz')).status === 503);
    gateway.bank.beats = true;
    await until(async () => (await ask(other, '/readyz')).status === 200);
  });
});

describe('T-30 log, figures and traces', () => {
  test('T-30 tell how each call ended and whose fault it was, and nothing that was planted', async () => {
    const { there, other } = await further();
    await until(async () => (await ask(other, '/readyz')).status === 200);
    const { accessToken } = await obtainToken(there, accountInformation());
    const id = '0a3f9e3e-6d6c-4f5b-9c1d-2f6f1f4b7d10';
    const headers = { ...PLANTED, 'x-fapi-interaction-id': id };
    const balances = `${ACCOUNTS}/${ACCOUNT}/balances?from=planted-query`;
    expect((await there.call(balances, accessToken, { headers })).status).toBe(200);
    gateway.bank.refusals.set('/balances', 'silence');
    expect((await there.call(balances, accessToken, { headers })).status).toBe(503);
    gateway.bank.refusals.clear();
    expect((await there.call('/v1/banks/planted-name/accounts', accessToken)).status).toBe(404);
    await there.push(transferInitiation('planted-instruction', { edi_text: 'PLANTED EDI' }));
    await there.post('/token', { grant_type: 'planted', client_assertion: 'planted-assertion' });
    const assertion = await assertionOf(gateway.minato, gateway.origin);
    await there.post('/par', { client_assertion: assertion, scope: 'planted-scope' });
    await until(() =>
      linesOf(other).some(({ route, status }) => route === '/par' && Number(status) >= 400),
    );

    const lines = linesOf(other).filter(({ msg }) => msg === 'request');
    const route = '/v1/banks/:bankCode/accounts/:accountId/balances';
    const reads = lines.filter((line) => line['interactionId'] === id && line['route'] === route);
    const party = { client: gateway.minato.clientId, institution: '2963', partner: 'none' };
    expect(reads.filter(({ status }) => status !== 401)).toMatchObject([
      {
        server: 'gateway',
        method: 'GET',
        status: 200,
        fault: 'nobody',
        ...party,
        customerPresent: true,
      },
      { status: 503, code: 'core_unavailable', fault: 'bank_core', level: 'warn', ...party },
    ]);
    expect(lines.find(({ route }) => route === '/token')).toMatchObject({ method: 'POST' });
    const figures = (await ask(other, '/metrics')).text;
    expect(figures).toContain(
      `renkei_http_requests_total{route="${route}",method="GET",status="503",fault="bank_core"} 1`,
    );
    expect(figures).toMatch(/renkei_bank_core_call_seconds_count\{[^}]*outcome="silent"\} 1/);
    const told = other.output() + figures;
    const account = ACCOUNT;
    for (const secret of [accessToken, assertion, account, 'planted', 'PLANTED', '198.51.100.77'])
      expect(told.includes(secret)).toBe(false);
    for (const secret of ['14 Feb 2024', '2024-02-14', 'eyJ', '1234567', 'ロウキン'])
      expect(told.includes(secret)).toBe(false);
  });

  test('a trace that comes in goes on to bank-core, and to the collector that is named', async () => {
    const bodies: string[] = [];
    const collector = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString('utf8')));
      request.on('end', () => response.end('{}'));
    });
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}`;
    const { there, other } = await further({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    await until(async () => (await ask(other, '/readyz')).status === 200);
    const { accessToken } = await obtainToken(there, accountInformation());
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { ...PLANTED, traceparent: `00-${trace}-00f067aa0ba902b7-01` };
    expect((await there.call(ACCOUNTS, accessToken, { headers })).status).toBe(200);
    const passedOn = gateway.bank.callsTo('2963/accounts').at(-1)?.headers['traceparent'];
    expect(passedOn).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(passedOn).not.toContain('00f067aa0ba902b7');
    await until(() => Promise.resolve(bodies.join('').includes(trace)));
    const sent = bodies.join('');
    expect(sent).toContain('GET /v1/banks/:bankCode/accounts');
    for (const told of ['renkei.interaction_id', 'renkei.customer_present'])
      expect(sent).toContain(told);
    for (const secret of [accessToken, 'planted', '198.51.100.77', '14 Feb 2024', '2024-02-14'])
      expect(sent.includes(secret)).toBe(false);
    await other.stop();
    process = undefined;
    collector.close();
  });

  test('without a collector the caller’s own trace goes on unchanged, a malformed one does not', async () => {
    const minato = await Intermediary.of(gateway);
    const { accessToken } = await obtainToken(minato, accountInformation());
    const good = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const passed = async (traceparent: string) => {
      await minato.call(ACCOUNTS, accessToken, { headers: { traceparent } });
      return gateway.bank.callsTo('2963/accounts').at(-1)?.headers['traceparent'];
    };
    expect(await passed(good)).toBe(good);
    expect(await passed(`${good}, ${good}`)).toBeUndefined();
    expect(await passed(good.replace(/[1-9a-f]/g, '0'))).toBeUndefined();
  });
});

describe('R18 on SIGTERM', () => {
  test('R18 readiness turns red first, what is under way is answered, and the process ends', async () => {
    const { there, other } = await further({ GATEWAY_DRAIN_SECONDS: '4' });
    await until(async () => (await ask(other, '/readyz')).status === 200);
    const { accessToken } = await obtainToken(there, accountInformation());
    const held = gateway.bank.hold('/accounts');
    const underWay = there.call(ACCOUNTS, accessToken);
    await held.arrived;
    const stopped = other.stop();
    process = undefined;
    await until(async () => (await ask(other, '/readyz')).status === 503);
    expect(JSON.parse((await ask(other, '/readyz')).text)).toMatchObject({ status: 'draining' });
    // Still served while the balancer has not noticed, on a connection that ends with the answer.
    const late = await there.send('GET', '/.well-known/openid-configuration');
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
    held.release();
    expect((await underWay).status).toBe(200);
    await stopped;
  });
});
