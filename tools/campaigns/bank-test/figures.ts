import type { History } from './history.js';
import type { Wrong } from './judge.js';
import type { NemesisName } from './nemeses/index.js';

/** Keys as the issue names them; lost, doubled, unexplained and bad_reads must be 0. */
export interface BankTestFigures {
  rounds: number;
  operations: number;
  acknowledged: number;
  rejected: number;
  unknown: number;
  lost: number;
  doubled: number;
  unexplained: number;
  bad_reads: number;
  recovery_ms_p50: number | null;
  recovery_ms_max: number | null;
  reads: number;
}

/** Blows after which something had to be started again: their recovery is the campaign's figure. */
const KILLS: ReadonlySet<string> = new Set<NemesisName>([
  'kill_postmaster',
  'kill_backend',
  'kill_writer',
  'disk_full',
]);

interface Deeds {
  times: number;
  unknown: number;
  readonly recoveryMs: number[];
  /** What it said of itself the last time. */
  last: string;
}

/** Counts everything over the rounds. */
export class Figures {
  readonly #wrong = { lost: 0, doubled: 0, unexplained: 0 };
  readonly #deeds = new Map<string, Deeds>();
  readonly #reasons = new Map<string, number>();
  readonly #statuses = new Map<string, number>();
  #rounds = 0;
  #operations = 0;
  #rejected = 0;
  #acknowledged = 0;
  #unknown = 0;

  countRound({ operations, reasons }: History, wrong: readonly Wrong[]): void {
    this.#rounds += 1;
    this.#operations += operations.length;
    this.#unknown += operations.filter(({ unknowns }) => unknowns > 0).length;
    for (const { answer } of operations) {
      if (!answer) continue;
      if (answer.status === 'posted') this.#acknowledged += 1;
      else this.#rejected += 1;
      add(this.#statuses, answer.status, 1);
    }
    for (const [reason, count] of reasons) add(this.#reasons, reason, count);
    this.countWrong(wrong);
  }

  countWrong(wrong: readonly Wrong[]): void {
    for (const { what } of wrong) this.#wrong[what] += 1;
  }

  deed(name: string, words: string, unknown: number, recoveryMs: readonly number[]): void {
    const deeds = this.#deeds.get(name) ?? { times: 0, unknown: 0, recoveryMs: [], last: '' };
    deeds.times += 1;
    deeds.unknown += unknown;
    deeds.recoveryMs.push(...recoveryMs);
    deeds.last = words;
    this.#deeds.set(name, deeds);
  }

  all(reads: number, badReads: number): BankTestFigures {
    const kills = [...this.#deeds].filter(([name]) => KILLS.has(name));
    const recoveries = kills.flatMap(([, { recoveryMs }]) => recoveryMs);
    return {
      rounds: this.#rounds,
      operations: this.#operations,
      acknowledged: this.#acknowledged,
      rejected: this.#rejected,
      unknown: this.#unknown,
      ...this.#wrong,
      bad_reads: badReads,
      recovery_ms_p50: median(recoveries),
      recovery_ms_max: largest(recoveries),
      reads,
    };
  }

  /** What stands behind the figures: every nemesis, every answer, every reason of an unknown outcome. */
  conditions(): Readonly<Record<string, unknown>> {
    const nemeses = [...this.#deeds].map(([name, { times, unknown, recoveryMs, last }]) => [
      name,
      {
        times,
        unknown_answers: unknown,
        recovery_ms_p50: median(recoveryMs),
        recovery_ms_max: largest(recoveryMs),
        last,
      },
    ]);
    return {
      nemeses: Object.fromEntries(nemeses),
      answers: Object.fromEntries(descending(this.#statuses)),
      unknown_because: Object.fromEntries(descending(this.#reasons)),
    };
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

const descending = (counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].sort(([, a], [, b]) => b - a);

const largest = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round(Math.max(...values));

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor((sorted.length - 1) / 2)]!);
}
