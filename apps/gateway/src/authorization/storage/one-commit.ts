import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Transaction } from '#libs/platform';

interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Lets a request commit once. The library stores piece by piece; where half of it would be worth nothing, or worse, a
 * process that dies in between must leave none of it.
 */
export class OneCommit {
  private readonly current = new AsyncLocalStorage<Transaction>();

  constructor(private readonly database: Database) {}

  /** True within `run`: what is stored now belongs to a request that commits as a whole. */
  get isOpen(): boolean {
    return this.current.getStore() !== undefined;
  }

  /** Whatever `work` stores through `rows` is committed together when it ends, or not at all. */
  run<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    return this.database.transaction((tx) => this.current.run(tx, () => work(tx)));
  }

  /** One statement: within the request's transaction where there is one, else by itself. */
  async rows<Row extends object>({ name, text, values }: Statement): Promise<Row[]> {
    const tx = this.current.getStore();
    if (tx) return tx.query<Row>(text, values);
    const statement = { text, values, ...(name ? { name } : {}) };
    return (await this.database.pool.query<Row>(statement)).rows;
  }
}
