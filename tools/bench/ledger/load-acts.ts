import { Database } from '#libs/platform';
import type { DataSource } from 'typeorm';
import {
  LEDGER_CONNECTIONS,
  LedgerWriter,
} from '../../../apps/bank-core/src/accounts/ledger-writer.js';
import { balance } from '../../../apps/bank-core/src/accounts/storage/account.store.pg.js';
import {
  balancesAtEndOf,
  statement,
} from '../../../apps/bank-core/src/accounts/storage/statement.store.pg.js';
import { statementPeriod } from '../../../apps/bank-core/src/inquiry/domain/statement-period.js';
import { TransferWriter } from '../../../apps/bank-core/src/transfers/transfer-writer.js';
import type { Random } from '../../campaigns/oracle/random.js';
import { plansOf } from './drafts.js';
import type { Series } from './load.js';
import { ormSource, postThroughOrm } from './orm-path.js';
import { ACCOUNTS_BEFORE, DAY, INSTITUTION, orderBetween } from './population.js';

const CONNECTIONS_MAX = 16;
const PAGE = 20;
/** Within so many days any account that is paged through has more legs than a page shows. */
const FULL_PAGE_DAYS = 30;
/** P.sm.inquiry.period as it is set for all institutions. */
const PERIOD = { unit: 'calendar_months', count: 15 } as const;

/** Does the work once; false where the answer was a refusal, undefined where no work is left. */
export type Act = (random: Random) => Promise<boolean | undefined>;

interface Bank {
  readonly database: Database;
  readonly writer: LedgerWriter;
  readonly transfers: TransferWriter;
}

const banks = new Map<string, Bank>();
const sources = new Map<string, DataSource>();

function bankAt(url: string): Bank {
  let found = banks.get(url);
  if (!found) {
    const options = { url, connectionsMax: CONNECTIONS_MAX, applicationName: 'bench' };
    const database = new Database(options);
    found = {
      database,
      writer: new LedgerWriter(database.reserve(LEDGER_CONNECTIONS)),
      transfers: new TransferWriter(database.reserve(LEDGER_CONNECTIONS)),
    };
    banks.set(url, found);
  }
  return found;
}

type ActOf = (series: Series) => Promise<Act>;

/** What one of those who wait does; everything that it needs is there before the clock starts. */
export const actOf: ActOf = (series) => ACTS[series.work](series);

const ACTS: Readonly<Record<Series['work'], ActOf>> = {
  service: async ({ url, accounts, isHot }) => {
    const { writer } = bankAt(url);
    return async (random) => {
      const answer = await writer.place(INSTITUTION, orderBetween(random, accounts, isHot));
      return answer.ok && answer.value.status === 'posted';
    };
  },

  confirm: async ({ url }) => {
    const { database, transfers } = bankAt(url);
    const plans = await database.inInstitution(INSTITUTION, plansOf);
    let next = 0;
    return async () => {
      const plan = plans[next];
      next += 1;
      if (!plan) return undefined;
      const answer = await transfers.fix(INSTITUTION, plan);
      return answer.ok && answer.value.ok && answer.value.value === 'fixed';
    };
  },

  orm: async ({ url, waiting, accounts }) => {
    const source = sources.get(url) ?? (await ormSource(url, waiting));
    sources.set(url, source);
    return async (random) => {
      await postThroughOrm(source, random, accounts);
      return true;
    };
  },

  statement: async ({ url, accounts }) => {
    const { database } = bankAt(url);
    return async (random) => {
      const account = BigInt(ACCOUNTS_BEFORE + random.between(1, accounts));
      const page = await database.inInstitution(INSTITUTION, (tx) =>
        statement(tx, INSTITUTION, account, { limit: PAGE }),
      );
      return page.length > 0;
    };
  },

  /** Readers who page through the whole period that may be asked about, and begin again at its end. */
  period: async ({ url, account = 1 }) => {
    const { database } = bankAt(url);
    const period = statementPeriod({}, DAY, PERIOD);
    const cursors: bigint[] = [];
    return async () => {
      // One more than is shown tells whether there is a next page.
      const query = { ...period, after: cursors.pop(), limit: PAGE + 1 };
      const page = await database.readInInstitution(INSTITUTION, (tx) =>
        statement(tx, INSTITUTION, BigInt(ACCOUNTS_BEFORE + account), query),
      );
      const last = page[PAGE - 1];
      if (last && page.length > PAGE) cursors.push(last.sequence);
      return page.length > 0;
    };
  },

  /**
   * Readers who ask for the first page from some day of the period on: where it begins is searched for in the whole
   * history, which no cursor shortens. From every such day on there are more legs than a page, also of the small one.
   */
  first_page: async ({ url, account = 1 }) => {
    const { database } = bankAt(url);
    const { from: earliest } = statementPeriod({}, DAY, PERIOD);
    const daysMax = earliest.daysUntil(DAY) - FULL_PAGE_DAYS;
    return async (random) => {
      const from = earliest.plusDays(random.between(0, daysMax));
      const query = { ...statementPeriod({ from }, DAY, PERIOD), limit: PAGE + 1 };
      const page = await database.readInInstitution(INSTITUTION, (tx) =>
        statement(tx, INSTITUTION, BigInt(ACCOUNTS_BEFORE + account), query),
      );
      return page.length > PAGE;
    };
  },

  balances: async ({ url, account = 1 }) => {
    const { database } = bankAt(url);
    const ledgerId = BigInt(ACCOUNTS_BEFORE + account);
    const ends = [DAY.minusDays(1), DAY.minusDays(DAY.day)];
    return async () => {
      const [now, before] = await database.readInInstitution(INSTITUTION, (tx) =>
        Promise.all([
          balance(tx, INSTITUTION, ledgerId),
          balancesAtEndOf(tx, INSTITUTION, ledgerId, ends),
        ]),
      );
      // Nothing was booked since yesterday.
      return before.length === ends.length && before[0] === now.balanceYen;
    };
  },
};
