import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RegistrationLog } from '../../src/clients/storage/registration-log.store.pg.js';
import { SweepRegistrations } from '../../src/clients/sweep-registrations.job.js';
import { CallCountStore } from '../../src/participants/storage/call-count.store.pg.js';
import { SweepCounts } from '../../src/participants/sweep-counts.job.js';
import { HostClock } from '../../src/platform/host-clock.js';
import { RateStore } from '../../src/platform/rates/rate.store.js';
import { SweepRates } from '../../src/platform/rates/sweep-rates.job.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

type Provided<Part> = abstract new (...asked: never[]) => Part;
const part = <Part>(type: Provided<Part>): Part => gateway.app.get(type, { strict: false });

const RATES = `insert into rate_use (key, window_nth, quota, used, granted, ends_at)
  select sha256(n::text::bytea), 1, 1, 1, 0, clock_timestamp() - interval '1 minute'
  from generate_series(1, 2500) n`;
const STATEMENTS = `insert into registration_jti (issuer, jti_hash, expires_at)
  select 'https://issuer.example', sha256(n::text::bytea), clock_timestamp() - interval '2 hours'
  from generate_series(1, 2500) n`;
const COUNTS = `insert into call_count (process, epsp_id, span, began_at, bank_code, code, fault, calls,
    total_ms, buckets)
  select gen_random_uuid(), 'epsp_gone', 'minute', clock_timestamp() - interval '4 hours', '', '',
    'nobody', 1, 1, '{1}'
  from generate_series(1, 11000)`;

const LEFT = {
  rate_use: 'ends_at < clock_timestamp()',
  registration_jti: `issuer = 'https://issuer.example'`,
  call_count: `epsp_id = 'epsp_gone'`,
} as const;

test.each([
  ['rate_use', RATES, () => new SweepRates(part(RateStore))],
  ['registration_jti', STATEMENTS, () => new SweepRegistrations(part(RegistrationLog))],
  ['call_count', COUNTS, () => new SweepCounts(part(CallCountStore), part(HostClock))],
] as const)('T-31 what %s has too many of for one bite is gone without a pause', async (...row) => {
  const [table, insert, jobOf] = row;
  await gateway.asOwner(insert);
  const job = jobOf();
  job.onApplicationBootstrap();
  const left = `select 1 from ${table} where ${LEFT[table]} limit 1`;
  await until(async () => (await gateway.asOwner(left)).length === 0);
  job.onModuleDestroy();
  expect(await gateway.asOwner(left)).toEqual([]);
});
