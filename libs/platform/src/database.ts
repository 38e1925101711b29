import { assert, type Instant } from '#libs/kernel';
import pg from 'pg';
import { PreparingClient } from './preparing-client.js';

/**
 * What a statement is run through: a client inside a transaction. Rows are typed by the caller's column list.
 * Statements that do not wait for each other travel together, in the order in which they were asked.
 */
export interface Transaction {
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

/** int8 is a bigint, timestamptz an Instant (ms), date and numeric stay text: no host time zone enters. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === INT8) return (text: string) => BigInt(text);
      if (oid === TIMESTAMPTZ) return (text: string): Instant => Date.parse(text);
      if (oid === DATE || oid === NUMERIC) return (text: string) => text;
    }
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

export interface DatabaseOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly applicationName: string;
}

/**
 * Longer than any statement of a server may take: reads and sweeps are bounded, and whoever waits for an answer over
 * HTTP has gone by then. Migrations and seeds have connections of their own.
 */
const ANSWER_WITHIN_MS = 120_000;
/** Longer than any batch takes, also on a machine that stalls. */
const BATCH_WITHIN_MS = 30_000;
/** Linux asks a silent peer for a sign of life after two hours; Node asks ten times more, a second apart. */
const SILENCE_MS = 10_000;

/** Single statements, and reads, take a quarter each of the connections that a server may open. */
const SHARE = 4;

/** The connections of one server to its own database. Every statement on tenant tables runs inside one institution. */
export class Database {
  /** For single statements outside any transaction, such as reference data and bank time. */
  readonly pool: pg.Pool;
  /** The same for whoever asks either outside or inside a transaction. */
  readonly singles: Transaction;
  /**
   * Transactions have connections of their own: one that waits inside for a single statement can then never
   * be waiting for a connection that only another such transaction would give back.
   */
  private readonly transactions: pg.Pool;
  private readonly readers: pg.Pool;
  /** The institution that a reading connection stands in. */
  private readonly standsIn = new WeakMap<pg.PoolClient, number>();
  private readonly reserved: pg.Pool[] = [];

  constructor(private readonly options: DatabaseOptions) {
    const share = Math.max(1, Math.floor(options.connectionsMax / SHARE));
    this.pool = poolOf(options, share);
    this.singles = throughOne(this.pool);
    this.readers = poolOf({ ...options, readsOnly: true }, share);
    this.transactions = poolOf(options, Math.max(1, options.connectionsMax - 2 * share));
  }

  /** Runs `work` in one transaction (READ COMMITTED) and rolls back when it throws. */
  transaction<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    return this.opened('begin', async (handle, begun) => {
      await begun;
      return work(handle);
    });
  }

  private async opened<Value>(
    opening: string,
    work: (handle: Handle, begun: Promise<unknown>) => Promise<Value>,
  ): Promise<Value> {
    const client = await this.transactions.connect();
    const handle = new Handle(client);
    const lost = { error: undefined as Error | undefined };
    const onError = (error: Error) => (lost.error = error);
    client.on('error', onError);
    try {
      const begun = client.query(opening);
      begun.catch(() => undefined);
      const value = await work(handle, begun);
      handle.close();
      const { command } = await client.query('commit');
      // COMMIT of a transaction that has failed says ROLLBACK, and no error.
      assert(command === 'COMMIT', `The transaction ended with ${command}.`);
      client.off('error', onError);
      client.release();
      return value;
    } catch (error) {
      handle.close();
      await client.query('rollback').catch((broken: Error) => (lost.error = broken));
      client.off('error', onError);
      client.release(lost.error);
      throw error;
    }
  }

  /** As `transaction`, with row-level security set to one institution for its length (T-20). */
  inInstitution<Value>(
    institutionId: number,
    work: (tx: Transaction) => Promise<Value>,
  ): Promise<Value> {
    // A number cannot carry anything else into the text.
    const opening = `begin; set local renkei.institution = '${Number(institutionId)}'`;
    return this.opened(opening, async (handle, begun) => {
      // It travels with the first statements. Where it fails they stand alone and in no institution: they meet no row
      // of a tenant and write none, and the ledger refuses what asks it from there (statementsOf).
      const value = await work(handle);
      await begun;
      return value;
    });
  }

  /**
   * For reads that want no common snapshot: statements of their own inside one institution, on a connection that can
   * write nothing. It saves what a transaction costs where there is nothing to commit.
   */
  async readInInstitution<Value>(
    institutionId: number,
    work: (tx: Transaction) => Promise<Value>,
  ): Promise<Value> {
    const client = await this.readers.connect();
    const lost = { error: undefined as Error | undefined };
    const onError = (error: Error) => (lost.error = error);
    client.on('error', onError);
    try {
      if (this.standsIn.get(client) === institutionId) return await work(throughOne(client));
      // Until this has succeeded the connection stands nowhere; what came with it is thrown away.
      this.standsIn.delete(client);
      const entered = client.query(`set renkei.institution = '${Number(institutionId)}'`);
      entered.catch(() => undefined);
      const value = await work(throughOne(client));
      await entered;
      this.standsIn.set(client, institutionId);
      return value;
    } finally {
      client.off('error', onError);
      client.release(lost.error ?? isLost(client));
    }
  }

  /** True when it answers within a second: whoever asks for readiness does not wait for it (T-31). */
  async answers(): Promise<boolean> {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), 1_000).unref());
    const answered = this.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return Promise.race([answered, late]);
  }

  /**
   * Connections of their own for one purpose, such as the ledger's writer; closed with the others. One that has not
   * answered after `answerWithinMs` is given up with all that is on its way, as every other is, only sooner: a server
   * that has vanished without a word would else hold its lane until the system notices.
   */
  reserve(connectionsMax: number, answerWithinMs = BATCH_WITHIN_MS): pg.Pool {
    const pool = poolOf({ ...this.options, answerWithinMs }, connectionsMax);
    this.reserved.push(pool);
    return pool;
  }

  async close(): Promise<void> {
    const pools = [this.pool, this.readers, this.transactions, ...this.reserved];
    await Promise.all(pools.map((pool) => pool.end()));
  }
}

/** PostgreSQL on Windows cannot look, and would refuse the connection. There the server runs beside us. */
const HANG_UP_IS_SEEN =
  process.platform === 'win32' ? '' : '-c client_connection_check_interval=5s ';

/**
 * A statement whose asker has hung up ends, with its locks: it would else run beside the one that is asked again. And
 * no setting of the role keeps the warning from us that a commit is on no standby (T3).
 */
const EVERY = `${HANG_UP_IS_SEEN}-c client_min_messages=warning`;
/** One plan for all values: each read is of one key, and planning it anew would cost more than running it. */
const READS_ONLY = `${EVERY} -c default_transaction_read_only=on -c plan_cache_mode=force_generic_plan`;

/** Its answer did not come in time, and the driver has not yet told so: nobody shall be given it from the pool. */
const isLost = (client: pg.PoolClient): boolean =>
  client instanceof PreparingClient && client.isLost;

const throughOne = (client: Pick<pg.Pool, 'query'>): Transaction => ({
  query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    (await client.query(sql, values as unknown[])).rows as Row[],
});

/**
 * A transaction as its work sees it. When it has ended nothing more is asked through it: its connection may stand in
 * somebody else's by then.
 */
class Handle implements Transaction {
  private isOver = false;

  constructor(private readonly client: pg.PoolClient) {}

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    assert(!this.isOver, 'A statement was asked of a transaction that has ended.');
    return (await this.client.query(sql, values as unknown[])).rows as Row[];
  }

  close(): void {
    this.isOver = true;
  }
}

interface PoolOptions extends DatabaseOptions {
  readonly readsOnly?: boolean;
  readonly answerWithinMs?: number;
}

function poolOf(options: PoolOptions, max: number): pg.Pool {
  const pool = new pg.Pool({
    Client: PreparingClient,
    // Whoever asks several things at once waits for one answer, not for each.
    pipeline: true,
    connectionString: options.url,
    max,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: SILENCE_MS,
    // In a pipeline the driver gives up the whole connection with the statement that is late.
    query_timeout: options.answerWithinMs ?? ANSWER_WITHIN_MS,
    options: options.readsOnly ? READS_ONLY : EVERY,
    types,
  });
  // An idle connection that the server closes reports here; without a listener the process would end.
  pool.on('error', () => undefined);
  return pool;
}

/** Opens the rows of one institution to the rest of this transaction; without it every tenant table is empty. */
export async function enterInstitution(tx: Transaction, institutionId: number): Promise<void> {
  await tx.query(`select set_config('renkei.institution', $1, true)`, [String(institutionId)]);
}
