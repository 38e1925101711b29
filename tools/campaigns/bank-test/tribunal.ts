import type { Arena } from './arena.js';
import { differencesOfTransfers } from './confirm-door.js';
import type { History } from './history.js';
import {
  judgeAnswers,
  judgeDates,
  judgeDoubles,
  judgeOrder,
  rowName,
  type FirstLine,
  type Wrong,
} from './judge.js';
import { Replay } from './replay.js';
import {
  accountRows,
  everyFirstLine,
  nextTransaction,
  rowsOfKeys,
  rowsSince,
  type PostingRow,
} from './rows.js';

interface Told {
  readonly hash: string;
  readonly status: string;
}

/** Judges each round while everything rests, and in the end whatever was ever acknowledged. */
export class Tribunal {
  readonly #replays: readonly Replay[];
  readonly #dates = new Map<string, string>();
  readonly #told = new Map<string, Told>();
  #since = 0n;
  /** Rows that took effect in another order than that of their transactions' numbers. */
  outOfNumber = 0;

  constructor(private readonly arena: Arena) {
    this.#replays = arena.books.map((books) => new Replay(books));
  }

  async judge(history: History): Promise<Wrong[]> {
    const { admin } = this.arena;
    const next = await nextTransaction(admin);
    const rows = await rowsSince(admin, this.#since);
    this.#since = next;
    this.outOfNumber += rows.filter((row, index) => row.xid < (rows[index - 1]?.xid ?? 0n)).length;
    this.#remember(history);
    return [
      ...judgeAnswers(history.operations, await this.#firstLines(history, rows)),
      ...judgeDoubles(rows),
      ...judgeOrder(history, rows),
      ...judgeDates(rows, this.#dates),
      ...(await this.#replayed(history, rows)),
      ...(await this.#confirmed(history)),
    ];
  }

  /** Every key that was ever acknowledged, once more, and no other key. */
  async judgeAll(): Promise<Wrong[]> {
    const rows = await everyFirstLine(this.arena.admin);
    const first = new Map(rows.map((row) => [rowName(row.institution_id, row.key), row]));
    const lost = [...this.#told].flatMap(([name, told]): Wrong[] => {
      const row = first.get(name);
      if (!row)
        return [{ what: 'lost', words: `${name}, acknowledged as ${told.status}, has gone` }];
      if (row.hash === told.hash && row.status === told.status) return [];
      return [
        {
          what: 'unexplained',
          words: `${name}: told ${told.status} of ${told.hash}, is ${row.status} of ${row.hash}`,
        },
      ];
    });
    const strange = [...first.keys()].filter((name) => !this.#told.has(name));
    return [
      ...lost,
      ...judgeDoubles(rows),
      ...strange.map((name): Wrong => ({ what: 'unexplained', words: `nobody asked for ${name}` })),
    ];
  }

  #remember({ operations }: History): void {
    for (const { institutionId, key, hash, answer } of operations) {
      if (!answer || answer.status === 'key_reused') continue;
      this.#told.set(rowName(institutionId, key), { hash, status: answer.status });
    }
  }

  /** By institution and key; those that were posted in an earlier round are looked up. */
  async #firstLines(
    { operations }: History,
    rows: readonly PostingRow[],
  ): Promise<Map<string, FirstLine>> {
    const found = new Map<string, FirstLine>();
    for (const row of rows) {
      if (row.line === 1) found.set(rowName(row.institution_id, row.key), row);
    }
    for (const { institutionId } of this.arena.books) {
      const missing = operations
        .filter((operation) => operation.institutionId === institutionId)
        .map(({ key }) => key)
        .filter((key) => !found.has(rowName(institutionId, key)));
      for (const row of await rowsOfKeys(this.arena.admin, institutionId, missing)) {
        found.set(rowName(institutionId, row.key), row);
      }
    }
    return found;
  }

  /** Every transfer stands as its posting does, with one record and, where money leaves, one message. */
  async #confirmed({ operations }: History): Promise<Wrong[]> {
    const { admin, books, confirm } = this.arena;
    const found: Wrong[] = [];
    for (const { institutionId } of books) {
      const ids = operations
        .filter((one) => one.door === confirm.name && one.institutionId === institutionId)
        .map(({ order }) => order.key);
      const words = await differencesOfTransfers(admin, institutionId, ids);
      found.push(...words.map((each): Wrong => ({ what: 'unexplained', words: each })));
    }
    return found;
  }

  async #replayed(history: History, rows: readonly PostingRow[]): Promise<Wrong[]> {
    const found: string[] = [];
    for (const replay of this.#replays) {
      const { institutionId } = replay.books;
      const own = rows.filter((row) => row.institution_id === institutionId);
      found.push(...replay.follow(own, (...name) => history.orderOf(...name)));
      found.push(...replay.differencesOf(await accountRows(this.arena.admin, institutionId)));
    }
    return found.map((words) => ({ what: 'unexplained', words: `replay: ${words}` }));
  }
}
