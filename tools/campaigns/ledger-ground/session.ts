import pg from 'pg';
import type {
  LedgerAnswer,
  LedgerOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { LedgerWriter } from '../../../apps/bank-core/src/accounts/ledger-writer.js';
import type { Statements } from '../../../apps/bank-core/src/accounts/storage/order.store.pg.js';

/** What was asked of the ledger and what it said; no answer where the caller got an error instead. */
export interface Asked {
  readonly order: LedgerOrder;
  readonly answer: LedgerAnswer | undefined;
}

/**
 * The wall that an error of the database names; undefined for what a sound ledger raises in its ordinary running:
 * a single posting that is not plain, and a key that is known.
 */
export function wallOf(error: unknown): string | undefined {
  if (!(error instanceof pg.DatabaseError)) return `connection: ${String(error)}`;
  const { code, constraint, message } = error;
  if (code === 'RK001' || (code === '23505' && constraint === 'posting_pkey')) return undefined;
  if (code === '23505') return `unique key ${constraint}`;
  if (code === '23514') return `check ${constraint}`;
  if (code === '40P01') return 'deadlock report';
  if (message.startsWith('lost update')) return 'lost update counted and raised';
  return `${code}: ${message}`;
}

/** One session of the application role with a group-commit writer of its own: what one process would be. */
export class Session {
  private constructor(
    readonly pid: number,
    readonly client: pg.Client,
    private readonly writer: LedgerWriter,
  ) {}

  static async open(url: string, onWall: (wall: string) => void): Promise<Session> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const watched: Statements = {
      async query(statement) {
        try {
          return await client.query<object>({ ...statement, values: [...statement.values] });
        } catch (error) {
          const wall = wallOf(error);
          if (wall) onWall(wall);
          throw error;
        }
      },
    };
    return new Session(rows[0]?.pid ?? 0, client, new LedgerWriter(watched));
  }

  /** The writer decides the way, as in the product: one plain order is posted singly, several as a batch. */
  async place(institutionId: number, order: LedgerOrder): Promise<Asked> {
    try {
      const placed = await this.writer.place(institutionId, order);
      return { order, answer: placed.ok ? placed.value : undefined };
    } catch {
      return { order, answer: undefined };
    }
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
