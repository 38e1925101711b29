import { elapsedMs, stopwatch } from '../../machine-clock.js';
import { ledgerKey, orderHash } from '../../../apps/bank-core/src/accounts/domain/ledger-key.js';
import type {
  LedgerAnswer,
  LedgerOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';

/** One order of the workload on its way through the campaign. */
export interface Planned {
  readonly institutionId: number;
  readonly order: LedgerOrder;
  /** A key that was used before, with the same content or another. */
  readonly isOldKey: boolean;
}

/** invoke … ok | rejected | unknown, in the words of Jepsen; one key may have several. */
export interface Operation extends Planned {
  /** The row's key and hash. */
  readonly key: string;
  readonly hash: string;
  readonly door: string;
  readonly invokedAt: number;
  answeredAt?: number;
  answer?: LedgerAnswer;
  /** How often nobody could say what became of it. */
  unknowns: number;
}

/** Where a door gave an answer after a blow: its recovery. */
interface Watch {
  readonly door: string;
  readonly since: number;
  readonly recovered: (ms: number) => void;
}

const REASON_MAX = 80;

/** Everything that was asked in one round, on one monotonic clock. */
export class History {
  readonly operations: Operation[] = [];
  readonly #orders = new Map<string, LedgerOrder>();
  #watches: Watch[] = [];
  busy = 0;
  unknowns = 0;
  /** Why nobody could say what became of an order, and how often. */
  readonly reasons = new Map<string, number>();

  invoke(planned: Planned, door: string): Operation {
    const [key, hash] = [ledgerKey(planned.order.key), orderHash(planned.order)];
    const operation = { ...planned, key, hash, door, invokedAt: stopwatch(), unknowns: 0 };
    this.operations.push(operation);
    const name = named(planned.institutionId, key, hash);
    // The first of that content is the one that is decided; it may come again with the date of another day.
    if (!this.#orders.has(name)) this.#orders.set(name, planned.order);
    return operation;
  }

  answer(operation: Operation, answer: LedgerAnswer, door: string, askedAt: number): void {
    operation.answeredAt = stopwatch();
    operation.answer = answer;
    this.#watches = this.#watches.filter((watch) => {
      if (watch.door !== door || askedAt < watch.since) return true;
      watch.recovered(elapsedMs(watch.since));
      return false;
    });
  }

  unknown(operation: Operation, reason: string): void {
    operation.unknowns += 1;
    this.unknowns += 1;
    const words = reason.replace(/\d+/g, 'n').slice(0, REASON_MAX) || 'connection lost';
    this.reasons.set(words, (this.reasons.get(words) ?? 0) + 1);
  }

  /** The order that a row stands for; undefined where nobody asked for it. */
  orderOf(institutionId: number, key: string, hash: string): LedgerOrder | undefined {
    return this.#orders.get(named(institutionId, key, hash));
  }

  /** Milliseconds until `door` answers something that was asked from now on. */
  recoveryOf(door: string): Promise<number> {
    return new Promise((recovered) => {
      this.#watches.push({ door, since: stopwatch(), recovered });
    });
  }

  /** Doors that have not answered since their blow. */
  get silentDoors(): readonly string[] {
    return [...new Set(this.#watches.map(({ door }) => door))];
  }
}

const named = (institutionId: number, key: string, hash: string): string =>
  `${institutionId} ${key} ${hash}`;
