import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenAssertion, type Refusal, type Result } from '#libs/kernel';
import { GroupCommit, type Failure } from './domain/group-commit.js';
import type { LedgerAnswer, LedgerOrder } from './domain/ledger-order.js';
import {
  isPlain,
  NOT_PLAIN,
  postMany,
  postOne,
  type Statements,
} from './storage/order.store.pg.js';
import { sqlStateOf } from './storage/sql-state.js';

/** How the ledger's writers group what waits; measured in docs/ledger.md. */
export const LEDGER_LANES = {
  batchMax: 512,
  waitingMax: 8_192,
  attempts: 4,
  lanesMax: 2,
  furtherLaneFrom: 256,
};

/** Per writer, as many as a machine for a bank has cores to spare. */
export const LEDGER_CONNECTIONS = 4;

/** Together longer than a server takes to come back from its log, usually; in milliseconds. */
const RESTS_MS = [50, 350, 1_500];

/** Lets a server that restarts come back before a batch is tried again. */
export const restBetweenTries = (attempt: number): Promise<void> =>
  sleep(RESTS_MS[attempt - 1] ?? RESTS_MS.at(-1));

/** SQLSTATE classes and codes that say nothing about the items: connection, resources, operator, locks. */
const PASSING = /^(08|53|57|40|55P03|25P0)/;

/** What a failed call says about its items; without an SQLSTATE the connection was lost (ledger.md 3.2). */
export function judgeLedgerFailure(error: unknown): Failure {
  const state = sqlStateOf(error);
  if (state === '23505') return 'known_key';
  // Nothing was sent: an order that cannot be written down breaks its batch, not the connection.
  if (error instanceof BrokenAssertion || error instanceof TypeError) return 'poisonous';
  return state === undefined || PASSING.test(state) ? 'passing' : 'poisonous';
}

/** The group-commit writers of the ledger, one per institution, over a few connections of their own. */
export class LedgerWriter {
  private readonly writers = new Map<number, GroupCommit<LedgerOrder, LedgerAnswer>>();

  constructor(private readonly connections: Statements) {}

  /**
   * Posts the order, whole or not at all; the answer comes when it is durable, `ledger_busy` at once when too many
   * wait. Rejects when nobody can say what became of it: the same key asked again tells the truth.
   */
  place(
    institutionId: number,
    order: LedgerOrder,
  ): Promise<Result<LedgerAnswer, Refusal<'ledger_busy'>>> {
    return this.writerOf(institutionId).submit(order);
  }

  async idle(): Promise<void> {
    for (const writer of this.writers.values()) await writer.idle();
  }

  private writerOf(institutionId: number): GroupCommit<LedgerOrder, LedgerAnswer> {
    let writer = this.writers.get(institutionId);
    if (!writer) {
      writer = new GroupCommit(
        {
          keyOf: (order: LedgerOrder) => order.key,
          run: (orders, mayBeKnown) => this.post(institutionId, orders, mayBeKnown),
          judge: judgeLedgerFailure,
          rest: restBetweenTries,
        },
        LEDGER_LANES,
      );
      this.writers.set(institutionId, writer);
    }
    return writer;
  }

  /** A single plain order takes the short way: a batch has a fixed cost that it would lose to. */
  private async post(
    institutionId: number,
    orders: readonly LedgerOrder[],
    mayBeKnown: boolean,
  ): Promise<readonly LedgerAnswer[]> {
    const [order] = orders;
    if (orders.length === 1 && order && !mayBeKnown && isPlain(order)) {
      try {
        return [await postOne(this.connections, institutionId, order)];
      } catch (error) {
        if (sqlStateOf(error) !== NOT_PLAIN) throw error;
        return postMany(this.connections, { institutionId, orders, mayBeKnown: true });
      }
    }
    return postMany(this.connections, { institutionId, orders, mayBeKnown });
  }
}
