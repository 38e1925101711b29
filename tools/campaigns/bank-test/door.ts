import type { Database } from '#libs/platform';
import type {
  LedgerAnswer,
  LedgerOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import {
  isPlain,
  NOT_PLAIN,
  postMany,
  postOne,
  type Statements,
} from '../../../apps/bank-core/src/accounts/storage/order.store.pg.js';
import { statementsOf } from '../../../apps/bank-core/src/accounts/storage/posting.store.pg.js';
import { sqlStateOf } from '../../../apps/bank-core/src/accounts/storage/sql-state.js';

/** Nobody can say what became of the order: the same key tells the truth. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
}

/** Refused before anything was asked; it may come again. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

/** A way by which orders reach the ledger. Rejects with {@link Unknown} or {@link Busy}. */
export interface Door {
  readonly name: string;
  place(institutionId: number, order: LedgerOrder): Promise<LedgerAnswer>;
}

const KNOWN_KEY = '23505';

/** Calls of the functions without a writer in front, each a transaction of its own, or inside a longer one. */
export class DirectDoor implements Door {
  constructor(
    readonly name: string,
    private readonly database: Database,
    private readonly statements: Statements,
    private readonly way: 'single' | 'transaction',
  ) {}

  place(institutionId: number, order: LedgerOrder): Promise<LedgerAnswer> {
    return this.#truthfully(async () => {
      const [answer] =
        this.way === 'single'
          ? await this.#single(institutionId, order)
          : await this.#transaction(institutionId, [order]);
      return answer!;
    });
  }

  /** Several orders in one call; its outcome is everybody's. */
  placeAll(institutionId: number, orders: readonly LedgerOrder[]): Promise<LedgerAnswer[]> {
    return this.#truthfully(() => this.#transaction(institutionId, orders));
  }

  async #single(institutionId: number, order: LedgerOrder): Promise<LedgerAnswer[]> {
    const batch = { institutionId, orders: [order] };
    if (isPlain(order)) {
      try {
        return [await postOne(this.statements, institutionId, order)];
      } catch (error) {
        const state = sqlStateOf(error);
        if (state !== NOT_PLAIN && state !== KNOWN_KEY) throw error;
        return postMany(this.statements, { ...batch, mayBeKnown: true });
      }
    }
    return this.#again((mayBeKnown) => postMany(this.statements, { ...batch, mayBeKnown }));
  }

  #transaction(institutionId: number, orders: readonly LedgerOrder[]): Promise<LedgerAnswer[]> {
    return this.#again((mayBeKnown) =>
      this.database.inInstitution(institutionId, (tx) =>
        postMany(statementsOf(tx), { institutionId, orders, mayBeKnown }),
      ),
    );
  }

  /** Insert first, and look for the keys only where one is known. */
  async #again<Value>(run: (mayBeKnown: boolean) => Promise<Value>): Promise<Value> {
    try {
      return await run(false);
    } catch (error) {
      if (sqlStateOf(error) !== KNOWN_KEY) throw error;
      return run(true);
    }
  }

  async #truthfully<Value>(run: () => Promise<Value>): Promise<Value> {
    try {
      return await run();
    } catch (error) {
      throw new Unknown(error instanceof Error ? error.message : String(error));
    }
  }
}
