import { Database } from '#libs/platform';
import { CasesService } from '../../../apps/bank-core/src/cases/index.js';
import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { aClaim, CaseWalk, at } from '../../../apps/bank-core/test/api/case-walk.js';
import { CHUO } from '../../../apps/bank-core/test/api/transfer-stories.js';
import { elapsedMs, stopwatch } from '../../machine-clock.js';

const EVENTS = 30;
const ROUNDS = 101;

export interface PageCost {
  /** Over the console's API: session, page, answer. */
  readonly httpMs: number;
  readonly serviceMs: number;
  /** Statements that the page sent to the database. */
  readonly statements: number;
  readonly events: number;
}

/** One busy case among all the others: medians over HTTP and of the service, and the statements of one page. */
export async function casePage(bank: BankCoreUnderTest): Promise<PageCost> {
  const walk = await CaseWalk.start(bank);
  const caseId = await walk.reported({ lossYen: '1000000' });
  await walk.facts(caseId, aClaim({ transfers: [await walk.misuse(at('2026-03-20'), '9')] }));
  await walk.post(caseId, 'scope', { scope: 'service', evidence: ['ev'] });
  for (let i = 0; i < EVENTS; i += 1) await walk.pay(caseId, 'EPSP', '1000');
  const cases = bank.app.get(CasesService, { strict: false });
  const database = bank.app.get(Database, { strict: false });
  const asked = { statements: 0 };
  const query = database.pool.query.bind(database.pool) as (...args: unknown[]) => Promise<unknown>;
  const { pool } = database as unknown as { pool: { query: unknown } };
  pool.query = (...args: unknown[]) => {
    asked.statements += 1;
    return query(...args);
  };
  await cases.page(CHUO, caseId);
  const { statements } = asked;
  pool.query = query;
  const serviceMs = await median(() => cases.page(CHUO, caseId));
  const httpMs = await median(() => walk.page(caseId));
  return { httpMs, serviceMs, statements, events: EVENTS + 2 };
}

async function median(act: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 10; i += 1) await act();
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const since = stopwatch();
    await act();
    times.push(elapsedMs(since));
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}
