import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#libs/platform';

/** One change that a caller asked for under a key of its own. */
export interface Act {
  readonly clientId: string;
  /** The operation with its ids, such as `event-subscriptions/sub_…/keys`. */
  readonly route: string;
  readonly key: string;
}

/** What was done for which key; never forgotten. */
@Injectable()
export class ActStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** False where another transaction works on the key at this moment. */
  async takeTurn(tx: Transaction, { clientId, route, key }: Act): Promise<boolean> {
    const [turn] = await tx.query<{ taken: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 1630)) as taken',
      [JSON.stringify([clientId, route, key])],
    );
    return turn?.taken === true;
  }

  async find(
    tx: Transaction,
    { clientId, route, key }: Act,
  ): Promise<{ fingerprint: string; answer: Buffer } | undefined> {
    const [kept] = await tx.query<{ fingerprint: string; answer: Buffer }>(
      `select fingerprint, answer from event_act
       where client_id = $1 and route = $2 and key = $3`,
      [clientId, route, key],
    );
    return kept;
  }

  async keep(tx: Transaction, act: Act, fingerprint: string, answer: Buffer): Promise<void> {
    await tx.query(
      `insert into event_act (client_id, route, key, fingerprint, answer)
       values ($1, $2, $3, $4, $5)`,
      [act.clientId, act.route, act.key, fingerprint, answer],
    );
  }

  /** What is kept behind `after` in the order of the primary key. */
  async answersAfter(
    after: Act | undefined,
    limit: number,
  ): Promise<(Act & { readonly answer: Buffer })[]> {
    const { rows } = await this.database.pool.query<Act & { answer: Buffer }>(
      `select client_id as "clientId", route, key, answer from event_act
       where (client_id, route, key) > ($1, $2, $3) order by client_id, route, key limit $4`,
      [after?.clientId ?? '', after?.route ?? '', after?.key ?? '', limit],
    );
    return rows;
  }

  /** Puts the answer, sealed anew, in the place of the bytes that were read. Answers how many rows it found. */
  async reseal({ clientId, route, key }: Act, from: Buffer, to: Buffer): Promise<number> {
    const { rowCount } = await this.database.pool.query(
      `update event_act set answer = $5
       where client_id = $1 and route = $2 and key = $3 and answer = $4`,
      [clientId, route, key, from, to],
    );
    return rowCount ?? 0;
  }
}
