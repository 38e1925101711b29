import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#libs/kernel';
import { Metrics } from '#libs/platform';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

const SUBMISSION = newId('sub', 0);
const CORE = `participants/self/security/submissions/${SUBMISSION}/answers`;
const ANSWERS = `/v1/participants/me/checklists/${SUBMISSION}/answers`;
const PROMISED = 30_000_000;

let gateway: GatewayUnderTest;
let minato: Intermediary;
let own: string;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  own = await minato.ownToken('participants');
});
afterAll(() => gateway.stop());

const table = (bytes: number) => ({
  headers: {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="answers.csv"',
  },
  bytes: Buffer.alloc(bytes, 'a,b\n'),
});

test('RKN-S3a a table of answers as long as the contract promises arrives whole', async () => {
  gateway.bank.answers.set(CORE, table(PROMISED));
  const { status, text } = await minato.call(ANSWERS, own);
  expect([status, text.length]).toEqual([200, PROMISED]);
  expect(text.endsWith('a,b\n')).toBe(true);
});

test.each([
  ['a table beyond that', CORE, ANSWERS, 32 * 1024 * 1024 + 1],
  ['a list of reviews beyond 4 MiB', 'participants/self/security/reviews', '', 4_194_305],
] as const)('T-31 %s is our own error, and nobody is told to come back', async (...row) => {
  const [, core, asked, bytes] = row;
  gateway.bank.answers.set(core, table(bytes));
  const refused = await minato.call(asked || '/v1/participants/me/reviews', own);
  expect([refused.status, refused.body['code']]).toEqual([500, 'internal_error']);
  expect(refused.headers.get('retry-after')).toBeNull();
  const figures = await gateway.app.get(Metrics, { strict: false }).text();
  expect(figures).toMatch(/bank_core_call_seconds_count\{[^}]*outcome="too_large"\} [12]/);
  // Of these calls: a machine that starves may well miss a heartbeat of another meanwhile.
  expect(figures).not.toMatch(/bank_core_call_seconds_count\{[^}]*security[^}]*outcome="silent"\}/);
});
