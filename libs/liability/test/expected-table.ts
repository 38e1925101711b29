import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Answers to a table's questions; a row's pattern may name one answer or several. */
export type Combination = Readonly<Record<string, string>>;
type Pattern = Readonly<Record<string, string | readonly string[]>>;

export interface ExpectedRow {
  readonly clause: string;
  readonly outcome: string;
  readonly when: Pattern;
  readonly and?: Pattern;
  readonly grounds?: readonly string[];
  readonly butForFault?: readonly string[];
  readonly direction?: string;
  readonly gate?: string;
  readonly why?: string;
}

export interface ExpectedTable {
  readonly questions: Readonly<Record<string, readonly string[]>>;
  readonly classes: Readonly<Record<string, number>>;
  readonly classesWithFlags?: Readonly<Record<string, number>>;
  readonly excludedByMoreThanOneGround?: number;
  readonly rows: readonly ExpectedRow[];
}

const folder = new URL('../../../../libs/liability/test/expected/', import.meta.url);

/** Reads one of the hand-written tables. YAML 1.2: `yes` and `no` are words, not booleans. */
export const readTable = (name: 'article-14' | 'recourse'): ExpectedTable =>
  parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')) as ExpectedTable;

/** Every combination of the answers, in the order of the questions. */
export function combinations(questions: ExpectedTable['questions']): Combination[] {
  let all: Combination[] = [{}];
  for (const [question, answers] of Object.entries(questions)) {
    all = all.flatMap((one) => answers.map((answer) => ({ ...one, [question]: answer })));
  }
  return all;
}

const fits = (pattern: Pattern, one: Combination): boolean =>
  Object.entries(pattern).every(([question, wanted]) =>
    [wanted].flat().includes(one[question] ?? ''),
  );

/** The rows that cover a combination; the tables promise exactly one. */
export const rowsFor = (table: ExpectedTable, one: Combination): ExpectedRow[] =>
  table.rows.filter((row) => fits({ ...row.when, ...row.and }, one));

/** The one row that covers a combination. */
export function rowFor(table: ExpectedTable, one: Combination): ExpectedRow {
  const [row, ...others] = rowsFor(table, one);
  if (!row || others.length > 0) throw new Error(`Not one row for ${JSON.stringify(one)}.`);
  return row;
}

/** How many combinations fall into each class. */
export function countByOutcome(
  table: ExpectedTable,
  all: readonly Combination[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of all) {
    const { outcome } = rowFor(table, one);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
