import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { obtainToken } from './approve.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
const HOUR = 3_600_000;
const KEPT = ['outages', 'catalogue'];

let gateway: GatewayUnderTest;

beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());

test('house rule: a bank-core that answers in another shape is a round that failed; the process goes on', async () => {
  const minato = await Intermediary.of(gateway);
  const { accessToken } = await obtainToken(minato, accountInformation());
  // A process of its own: what nobody catches ends it.
  const other = await gateway.another('info');
  const there = new Intermediary(gateway, minato.software, minato.key, other.port);
  const read = () => there.call(ACCOUNTS, accessToken);
  await until(async () => (await read()).status === 200);

  for (const path of KEPT) gateway.bank.refusals.set(path, 'other_shape');
  for (const path of KEPT)
    await until(() => other.output().includes(`bank-core answered ${path} in a shape`));
  // What was known last holds, and whoever asks how the bank is doing hears it.
  expect((await read()).status).toBe(200);
  for (const path of ['/v1/status', '/v1/outages'])
    expect((await there.call(path, accessToken)).status).toBe(200);

  gateway.bank.refusals.clear();
  const wire = (inMs: number) => new Date(Date.now() + inMs).toISOString();
  gateway.bank.outages.push({
    outageId: 'out_01j00000000000000000000000',
    bankCode: '2963',
    kind: 'planned',
    state: 'running',
    functions: [],
    announcedAt: wire(-8 * 24 * HOUR),
    startsAt: wire(-HOUR),
    endsAt: wire(HOUR),
    endedAt: null,
  });
  // Both copies move on: the window is heard of, and then that no agreement is in force any more.
  await until(async () => (await read()).body['code'] === 'maintenance');
  Object.assign(gateway.bank.catalogue, { intermediaries: [] });
  await until(async () => (await read()).body['code'] === 'institution_not_covered');
  await other.stop();
});
