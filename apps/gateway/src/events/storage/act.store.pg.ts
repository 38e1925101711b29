import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform';

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
}
