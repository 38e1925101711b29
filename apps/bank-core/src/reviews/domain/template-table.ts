import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import {
  FAMILIES,
  LEVELS,
  REACHES,
  WEIGHT_MAX,
  type ChecklistItem,
  type Family,
  type ItemReach,
  type Level,
} from './checklist-item.js';
import { DIVISIONS } from './divisions.js';

/** The columns of a template as CSV, and the keys of an item as JSON; the order is part of the form. */
export const COLUMNS = [
  'itemId',
  'division',
  'family',
  'goalJa',
  'goalEn',
  'exampleJa',
  'exampleEn',
  'appliesTo',
  'levelRequired',
  'weight',
  'critical',
  'reference',
] as const;
export type Column = (typeof COLUMNS)[number];
export type TemplateRow = Readonly<Record<Column, string>>;

export const ITEMS_MAX = 500;
const TEXT_MAX = 1_000;

/** Where a file is wrong: 1 is the first row of items, 0 the heading or the file as a whole. */
export type FileRefusal = Refusal<'file_malformed'>;
export const malformed = (row: number, column: string, why: string) =>
  refused('file_malformed', { facts: { row, column, why } });

const isText = (text: string, min = 1): boolean =>
  text.length >= min && text.length <= TEXT_MAX && text.trim() === text && isPrintable(text);

/** No file and no database carries these, and no reader sees them. */
const isPrintable = (text: string): boolean => !/[^\P{Cc}\n\r\t]/u.test(text);

const isWhole = (text: string, max: number): boolean =>
  /^[1-9]\d?$/.test(text) && Number(text) <= max;

/** What each column has to hold; the words say why a cell is refused. */
const CHECKS: Readonly<Record<Column, readonly [(text: string) => boolean, string]>> = {
  itemId: [(text) => /^[0-9]{1,2}(\.[0-9]{1,3}){1,2}$/.test(text), 'number.number'],
  division: [(text) => isWhole(text, DIVISIONS.length), `1-${DIVISIONS.length}`],
  family: [(text) => (FAMILIES as readonly string[]).includes(text), FAMILIES.join('|')],
  goalJa: [isText, `1-${TEXT_MAX} characters`],
  goalEn: [isText, `1-${TEXT_MAX} characters`],
  exampleJa: [isText, `1-${TEXT_MAX} characters`],
  exampleEn: [isText, `1-${TEXT_MAX} characters`],
  appliesTo: [(text) => reachesOf(text) !== undefined, `${REACHES.join(' ')}, in this order`],
  levelRequired: [(text) => isWhole(text, LEVELS.length), `1-${LEVELS.length}`],
  weight: [(text) => isWhole(text, WEIGHT_MAX), `1-${WEIGHT_MAX}`],
  critical: [(text) => text === 'yes' || text === 'no', 'yes|no'],
  reference: [(text) => isText(text, 0), `0-${TEXT_MAX} characters`],
};

function reachesOf(text: string): ItemReach[] | undefined {
  const named = text.split(' ');
  const known = REACHES.filter((reach) => named.includes(reach));
  return known.length > 0 && known.join(' ') === text ? known : undefined;
}

/** Reads the rows of a template. Refuses the first wrong cell with `file_malformed`, its row and its column. */
export function itemsOf(
  rows: readonly TemplateRow[],
): Result<readonly ChecklistItem[], FileRefusal> {
  if (rows.length === 0) return malformed(0, 'itemId', 'no items');
  if (rows.length > ITEMS_MAX) return malformed(ITEMS_MAX + 1, 'itemId', `at most ${ITEMS_MAX}`);
  const items = new Map<string, ChecklistItem>();
  for (const [index, row] of rows.entries()) {
    for (const column of COLUMNS) {
      const [holds, why] = CHECKS[column];
      if (!holds(row[column])) return malformed(index + 1, column, why);
    }
    if (items.has(row.itemId)) return malformed(index + 1, 'itemId', 'named twice');
    items.set(row.itemId, itemOf(row));
  }
  return accepted([...items.values()]);
}

const itemOf = (row: TemplateRow): ChecklistItem => ({
  itemId: row.itemId,
  division: Number(row.division),
  family: row.family as Family,
  goal: { ja: row.goalJa, en: row.goalEn },
  example: { ja: row.exampleJa, en: row.exampleEn },
  appliesTo: reachesOf(row.appliesTo) ?? [],
  levelRequired: Number(row.levelRequired) as Level,
  weight: Number(row.weight),
  critical: row.critical === 'yes',
  reference: row.reference,
});

export const rowOf = (item: ChecklistItem): TemplateRow => ({
  itemId: item.itemId,
  division: String(item.division),
  family: item.family,
  goalJa: item.goal.ja,
  goalEn: item.goal.en,
  exampleJa: item.example.ja,
  exampleEn: item.example.en,
  appliesTo: item.appliesTo.join(' '),
  levelRequired: String(item.levelRequired),
  weight: String(item.weight),
  critical: item.critical ? 'yes' : 'no',
  reference: item.reference,
});

/** An item as JSON: numbers, a flag and a list are what they are. */
export const jsonOf = (item: ChecklistItem): object => ({
  ...rowOf(item),
  division: item.division,
  appliesTo: item.appliesTo,
  levelRequired: item.levelRequired,
  weight: item.weight,
  critical: item.critical,
});

const NUMBERS: readonly Column[] = ['division', 'levelRequired', 'weight'];

/** Refuses a key too many, one that is missing and one of another kind, with the row and the name of the key. */
export function rowFromJson(value: unknown, row: number): Result<TemplateRow, FileRefusal> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return malformed(row, COLUMNS[0], 'an object');
  const unknown = Object.keys(value).find((key) => !(COLUMNS as readonly string[]).includes(key));
  if (unknown !== undefined) return malformed(row, unknown.slice(0, 40), 'unknown key');
  const cells: [Column, string][] = [];
  for (const column of COLUMNS) {
    const cell = cellOf(column, (value as Readonly<Partial<Record<Column, unknown>>>)[column]);
    if (cell === undefined) return malformed(row, column, 'missing or of another kind');
    cells.push([column, cell]);
  }
  return accepted(Object.fromEntries(cells) as unknown as TemplateRow);
}

function cellOf(column: Column, value: unknown): string | undefined {
  if (NUMBERS.includes(column)) return Number.isInteger(value) ? String(value) : undefined;
  if (column === 'critical') return typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined;
  if (column === 'appliesTo') return Array.isArray(value) ? value.join(' ') : undefined;
  return typeof value === 'string' ? value : undefined;
}
