import { Inject, Injectable } from '@nestjs/common';
import { hashOf, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import {
  CHANGE_DAYS,
  type ChangeContent,
  type ChangeState,
  type RegistrationChange,
} from '../domain/registration-change.js';
import { PROVER_IS_COMPROMISED } from './compromised.js';

interface ChangeRow {
  change_id: string;
  client_id: string;
  content: ChangeContent;
  content_hash: string;
  asked_at: Instant;
  state: ChangeState;
  decided_at: Instant | null;
}

const SELECT = `
  select c.change_id, c.client_id, c.content, c.content_hash, c.asked_at, d.decided_at,
    coalesce(d.outcome, case when c.asked_at < clock_timestamp() - interval '${CHANGE_DAYS} days'
      then 'expired' else 'pending' end) as state
  from registration_change c left join registration_decision d using (change_id)`;

/** Changes that were asked for, and what the bank said. The server may ask; it cannot decide (T-12). */
@Injectable()
export class ChangeStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Remembers the wish. The same wish, still undecided, is one wish, unless a reported key asked for it. */
  async ask(
    tx: Transaction,
    changeId: string,
    content: ChangeContent,
    provenBy: string,
  ): Promise<RegistrationChange> {
    const contentHash = hashOf(content);
    // Two equal wishes at once wait for each other here.
    await tx.query('select from client where client_id = $1 for no key update', [content.clientId]);
    const [open] = await this.rows(
      tx,
      `${SELECT} where c.client_id = $1 and c.content_hash = $2 and d.outcome is null
         and c.asked_at >= clock_timestamp() - interval '${CHANGE_DAYS} days'
         and not ${PROVER_IS_COMPROMISED}`,
      [content.clientId, contentHash],
    );
    if (open) return open;
    await tx.query(
      `insert into registration_change (change_id, client_id, content, content_hash, proven_by)
       values ($1, $2, $3, $4, $5)`,
      [changeId, content.clientId, JSON.stringify(content), contentHash, provenBy],
    );
    const [made] = await this.rows(tx, `${SELECT} where c.change_id = $1`, [changeId]);
    return made!;
  }

  async find(clientId: string, changeId: string): Promise<RegistrationChange | undefined> {
    const [found] = await this.rows(
      this.single(),
      `${SELECT} where c.client_id = $1 and c.change_id = $2`,
      [clientId, changeId],
    );
    return found;
  }

  async list(clientId: string): Promise<RegistrationChange[]> {
    return this.rows(
      this.single(),
      `${SELECT} where c.client_id = $1 order by c.asked_at desc, c.change_id limit 50`,
      [clientId],
    );
  }

  private async rows(tx: Pick<Transaction, 'query'>, sql: string, values: readonly unknown[]) {
    return (await tx.query<ChangeRow>(sql, values)).map(toChange);
  }

  private single(): Pick<Transaction, 'query'> {
    return {
      query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
        (await this.database.pool.query(sql, values as unknown[])).rows as Row[],
    };
  }
}

const toChange = (row: ChangeRow): RegistrationChange => ({
  changeId: row.change_id,
  clientId: row.client_id,
  content: row.content,
  contentHash: row.content_hash,
  askedAt: row.asked_at,
  state: row.state,
  decidedAt: row.decided_at ?? undefined,
});
