import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { OwnWalk } from './own-walk.js';
import { CHUO } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let own: OwnWalk;
let foreign: OwnWalk;
/** In the order in which they were reported, at three institutions by turns. */
const reported: { caseId: string; bankCode: string }[] = [];
let foreignCase: string;

beforeAll(async () => {
  bank = await startBankCore();
  own = new OwnWalk(bank);
  foreign = new OwnWalk(bank, aoba);
  for (const bankCode of ['2963', '2825', '2954', '2963', '2825', '2954'])
    reported.push({ caseId: await report(own, bankCode), bankCode });
  foreignCase = await report(foreign, '2963');
});
afterAll(() => bank.stop());

async function report(by: OwnWalk, bankCode: string): Promise<string> {
  const { status, body } = await by.post('/cases', {
    bankCode,
    reference: `incident-${randomUUID()}`,
    category: 'outage',
    lossYen: '80000',
    occurredAt: '2026-03-20T10:00:00+09:00',
    knownAt: '2026-03-31T10:00:00+09:00',
    requestIds: [],
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return String(body['caseId']);
}
const listed = async (query: string, by = own) => {
  const { body } = await by.get(`/cases${query}`);
  const cases = body['cases'] as { caseId: string; bankCode: string }[];
  return cases.map(({ caseId, bankCode }) => ({ caseId, bankCode }));
};
const newestFirst = () => [...reported].sort((one, other) => (one.caseId < other.caseId ? 1 : -1));

test('RKN-L1a the own cases of every institution stand in one order, page by page, in one round trip', async () => {
  const asked = jest.spyOn(bank.database.pool, 'query');
  expect(await listed('')).toEqual(newestFirst());
  const statements = asked.mock.calls.map(([sql]) => String(sql as unknown));
  asked.mockRestore();
  expect(statements.filter((sql) => sql.includes('own_cases'))).toHaveLength(1);
  const first = await listed('?limit=4');
  const rest = await listed(`?limit=4&before=${first.at(-1)?.caseId ?? ''}`);
  expect([...first, ...rest]).toEqual(newestFirst());
});

test('T-20 another intermediary’s case is as unknown as none, wherever it is', async () => {
  expect(await listed('', foreign)).toEqual([{ caseId: foreignCase, bankCode: '2963' }]);
  for (const { caseId } of reported) {
    expect(await own.get(`/cases/${caseId}`)).toMatchObject({ status: 200, body: { caseId } });
    expect(await foreign.get(`/cases/${caseId}`)).toMatchObject({ body: { code: 'case_unknown' } });
  }
  expect((await own.get(`/cases/${foreignCase}`)).status).toBe(404);
});

test('T-20 looking over all institutions opens none of them to what comes after', async () => {
  const elsewhere = reported.find(({ bankCode }) => bankCode === '2825')?.caseId;
  const seen = async (query: (sql: string, values?: unknown[]) => Promise<object[]>) => {
    const [found] = await query('select own_case_place($1, $2) as place', [minato.epsp, elsewhere]);
    const [listed] = await query('select count(*)::int as n from own_cases($1, null, 100)', [
      minato.epsp,
    ]);
    const [open] = await query('select count(*)::int as n from loss_case');
    return [found, listed, open];
  };
  const outside = await seen(async (sql, values = []) => {
    return (await bank.database.pool.query<object>(sql, values)).rows;
  });
  expect(outside).toEqual([{ place: expect.any(Number) }, { n: 6 }, { n: 0 }]);
  const inside = await bank.database.inInstitution(CHUO, (tx) =>
    seen((sql, values = []) => tx.query(sql, values)),
  );
  // Two of the one intermediary's and one of the other's, of this institution alone.
  expect(inside).toEqual([{ place: expect.any(Number) }, { n: 6 }, { n: 3 }]);
});
