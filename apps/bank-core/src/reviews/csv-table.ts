import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { accepted, type Result } from '#libs/kernel';
import { isBoundedJson } from '#libs/platform';
import { neutral, plain } from './domain/cell.js';
import { ANSWER_COLUMNS, type AnswerRow } from './domain/answer-columns.js';
import { answerRows, type AnswerGround } from './domain/answer-table.js';
import type { ChecklistItem } from './domain/checklist-item.js';
import {
  COLUMNS,
  itemsOf,
  malformed,
  rowFromJson,
  rowOf,
  type FileRefusal,
  type TemplateRow,
} from './domain/template-table.js';

export const TEMPLATE_BYTES_MAX = 1024 * 1024;
/** 500 items with the longest answers would be 20 MiB; people write less. */
export const ANSWERS_BYTES_MAX = 4 * 1024 * 1024;
/** Every institution may ask in words of its own. */
const ANSWER_ROWS_MAX = 5_000;

/** RFC 4180 with the mark by which spreadsheets know UTF-8; no cell is taken for a formula (T-25). */
export function csvOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(neutral));
  return stringify([[...columns], ...cells], { bom: true, record_delimiter: '\r\n' });
}

export const templateCsv = (items: readonly ChecklistItem[]): string =>
  csvOf(
    COLUMNS,
    items.map((item) => {
      const row = rowOf(item);
      return COLUMNS.map((column) => row[column]);
    }),
  );

type Items = Result<readonly ChecklistItem[], FileRefusal>;

/** Reads a template as CSV. Refuses what is wrong first, with its row and its column. */
export function itemsFromCsv(bytes: Uint8Array): Items {
  const rows = rowsOf(bytes, COLUMNS);
  return rows.ok ? itemsOf(rows.value) : rows;
}

/** The answers of a checklist, and the items that have none yet. */
export const answersCsv = (ground: AnswerGround): string =>
  csvOf(
    ANSWER_COLUMNS,
    answerRows(ground).map((row) => ANSWER_COLUMNS.map((column) => row[column])),
  );

/** Reads a table of answers; what stands in its cells is judged by whoever knows what was asked. */
export function answersFromCsv(bytes: Uint8Array): Result<readonly AnswerRow[], FileRefusal> {
  const rows = rowsOf(bytes, ANSWER_COLUMNS);
  if (rows.ok && rows.value.length > ANSWER_ROWS_MAX)
    return malformed(ANSWER_ROWS_MAX + 1, ANSWER_COLUMNS[0], `at most ${ANSWER_ROWS_MAX}`);
  return rows;
}

/** The rows below a heading that has exactly these columns. Refuses what is wrong first. */
function rowsOf<Column extends string>(
  bytes: Uint8Array,
  columns: readonly Column[],
): Result<Readonly<Record<Column, string>>[], FileRefusal> {
  const [first = ''] = columns;
  const text = utf8(bytes);
  if (text === undefined) return malformed(0, first, 'UTF-8');
  const table = tableOf(text, first);
  if (!table.ok) return table;
  const [heading = [], ...rows] = table.value;
  const wrong = columns.findIndex((column, at) => heading[at] !== column);
  if (wrong !== -1) return malformed(0, columns[wrong] ?? '', 'heading');
  if (heading.length > columns.length)
    return malformed(0, heading[columns.length] ?? '', 'unknown column');
  const short = rows.findIndex((row) => row.length !== columns.length);
  if (short !== -1) {
    const length = rows[short]?.length ?? 0;
    const column = columns[Math.min(length, columns.length - 1)] ?? '';
    return malformed(short + 1, column, `${length} of ${columns.length} cells`);
  }
  return accepted(
    rows.map(
      (cells) =>
        Object.fromEntries(
          columns.map((column, at) => [column, plain(cells[at] ?? '')]),
        ) as Readonly<Record<Column, string>>,
    ),
  );
}

/** Reads a template as JSON: a list of items under `items`, with the names of the columns as keys. */
export function itemsFromJson(bytes: Uint8Array): Items {
  const text = utf8(bytes);
  if (text === undefined) return malformed(0, 'items', 'UTF-8');
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return malformed(0, 'items', 'JSON');
  }
  const listed = (file as { readonly items?: unknown } | null)?.items;
  if (!isBoundedJson(file) || !Array.isArray(listed)) return malformed(0, 'items', 'a list');
  const rows: TemplateRow[] = [];
  for (const [index, value] of listed.entries()) {
    const row = rowFromJson(value, index + 1);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  return itemsOf(rows);
}

function tableOf(text: string, first: string): Result<string[][], FileRefusal> {
  try {
    return accepted(parse(text, { relax_column_count: true, skip_empty_lines: true }));
  } catch (error) {
    // The parser counts the heading as its first record.
    const { records = 1, code = '' } = error as { records?: number; code?: string };
    return malformed(Math.max(0, records), first, code);
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
