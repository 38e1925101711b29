import type { Database, Transaction } from '#libs/platform';

/** What a transaction was cut with. */
export class Cut extends Error {
  override readonly name = 'Cut';
}

/**
 * Cuts the database connection of bank-core at the n-th statement from now, inside its transaction, as the death of the
 * process would: the server ends the backend, whatever was not committed is gone. Past the last statement the cut comes
 * after the commit and before anybody has heard of it.
 */
export class Cutter {
  private left = Number.POSITIVE_INFINITY;
  private afterCommit = false;
  cuts = 0;

  constructor(private readonly database: Database) {
    const transaction = database.transaction.bind(database);
    database.transaction = async (work) => {
      const value = await transaction((tx) => work(this.watched(tx)));
      if (this.afterCommit) {
        this.disarm();
        this.cuts += 1;
        throw new Cut('after the commit');
      }
      return value;
    };
  }

  /** Arms it; `afterCommit` cuts behind the next commit instead of inside. */
  arm(statements: number, afterCommit: boolean): void {
    this.left = afterCommit ? Number.POSITIVE_INFINITY : statements;
    this.afterCommit = afterCommit;
  }

  disarm(): void {
    this.left = Number.POSITIVE_INFINITY;
    this.afterCommit = false;
  }

  private watched(tx: Transaction): Transaction {
    return {
      query: async (sql, values) => {
        this.left -= 1;
        if (this.left > 0) return tx.query(sql, values);
        this.disarm();
        this.cuts += 1;
        await tx.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
        throw new Cut('inside the transaction');
      },
    };
  }
}
