import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { accepted, type Result } from '#libs/kernel';
import { isBoundedJson } from '#libs/platform';
import { neutral, plain } from './domain/cell.js';
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
  const text = utf8(bytes);
  if (text === undefined) return malformed(0, COLUMNS[0], 'UTF-8');
  const table = tableOf(text);
  if (!table.ok) return table;
  const [heading = [], ...rows] = table.value;
  const wrong = COLUMNS.findIndex((column, at) => heading[at] !== column);
  if (wrong !== -1) return malformed(0, COLUMNS[wrong] ?? '', 'heading');
  if (heading.length > COLUMNS.length)
    return malformed(0, heading[COLUMNS.length] ?? '', 'unknown column');
  const short = rows.findIndex((row) => row.length !== COLUMNS.length);
  if (short !== -1) {
    const length = rows[short]?.length ?? 0;
    const column = COLUMNS[Math.min(length, COLUMNS.length - 1)] ?? '';
    return malformed(short + 1, column, `${length} of ${COLUMNS.length} cells`);
  }
  return itemsOf(rows.map(rowFromCells));
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

function tableOf(text: string): Result<string[][], FileRefusal> {
  try {
    return accepted(parse(text, { relax_column_count: true, skip_empty_lines: true }));
  } catch (error) {
    // The parser counts the heading as its first record.
    const { records = 1, code = '' } = error as { records?: number; code?: string };
    return malformed(Math.max(0, records), COLUMNS[0], code);
  }
}

const rowFromCells = (cells: readonly string[]): TemplateRow =>
  Object.fromEntries(
    COLUMNS.map((column, at) => [column, plain(cells[at] ?? '')]),
  ) as unknown as TemplateRow;

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
