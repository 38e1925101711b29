import type { Words } from '#libs/kernel';
import type { DocumentPart, DocumentTable, LabelledValue, SealedDocument } from './document.js';
import { headOf, sealOf } from './document-html.js';
import { frame } from './document-words.js';
import { forPeople } from './for-people.js';

/** A piece of a page as plain data: it crosses to the drawing thread as a message. */
export interface Piece {
  readonly [member: string]: unknown;
}

/** A page definition; everything in it but the page numbers is decided here. */
export interface PageDefinition {
  readonly info: { readonly title: string; readonly subject: string; readonly keywords: string };
  readonly issuedAt: string;
  readonly footer: string;
  readonly content: readonly Piece[];
}

const GREY = '#445566';
const LINE = '#c4cad4';

/** A text from outside is only ever a string; signs that do not print are left out (T-26). */
const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\p{Co}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');

/** A hash or a token would run over the margin; it breaks anywhere, and copies as it is. */
const breaking = (text: string): Piece =>
  /[^\s\u3000-\u9fff]{28}/u.test(text) ? { wordBreak: 'break-all' } : {};

const ja = (text: string, more: Piece = {}): Piece => ({
  text: printable(text),
  ...breaking(text),
  ...more,
});
const en = (text: string, more: Piece = {}): Piece => ({
  text: printable(text),
  ...breaking(text),
  color: GREY,
  fontSize: 8.5,
  ...more,
});

/** Japanese with English beside; once where both are the same. */
const beside = (text: Words, more: Piece = {}): Piece => {
  const said = forPeople(text);
  if (said.ja === said.en) return ja(said.ja, more);
  const { fontSize } = more;
  const small = fontSize === undefined ? {} : { fontSize };
  const columns = [ja(said.ja, { width: '55%' }), en(said.en, { width: '45%', ...small })];
  return { columns, ...more };
};

/** Both on one line: for names, which are short. */
const inline = (said: Words, more: Piece = {}): Piece =>
  said.ja === said.en
    ? ja(said.ja, more)
    : { text: [ja(said.ja, more), en(`  ${said.en}`, { fontSize: 8 })] };

/** Latin signs on a whole line of the page. */
const LINE_CHARS = 96;
const GAP_CHARS = 3;

/** Below each other where its column, a share of the line in percent, is too narrow for both. */
const cellOf = (text: Words, share: number): Piece => {
  const said = forPeople(text);
  const chars = wide(said.ja) + said.en.length + 2 * GAP_CHARS;
  if (said.ja === said.en || chars <= (share * LINE_CHARS) / 100) return inline(said);
  return { stack: [ja(said.ja), en(said.en)] };
};

const values = (rows: readonly LabelledValue[], labels = '28%'): Piece => ({
  layout: 'lines',
  margin: [0, 2, 0, 6],
  table: {
    widths: [labels, '*'],
    dontBreakRows: true,
    body: rows.map(({ label, value }) => [inline(label, { bold: true }), beside(value)]),
  },
});

const NARROWEST = 10;
const WIDEST = 44;

/** Shares of the line in percent: a column's longest text and its gap, within bounds; together they fill the line. */
function widthsOf(rows: readonly (readonly Words[])[]): number[] {
  const [columns = []] = rows;
  const weights = columns.map((_, at) => {
    const chars = rows.map((row) => charsOf(row[at] ?? { ja: '', en: '' }));
    return Math.min(Math.max(...chars, NARROWEST), WIDEST) + GAP_CHARS;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.floor((weight * 10_000) / sum) / 100);
}

/** A Japanese sign is about as wide as two Latin ones. */
const wide = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 0);

/** Digits are wider than letters, and an id that breaks is hard to read. */
const ID_WIDTH = 1.15;

const charsOf = (text: Words): number => {
  const said = forPeople(text);
  const chars = Math.max(wide(said.ja), said.en.length);
  return /^[\w-]{16,}$/.test(said.ja) ? Math.ceil(chars * ID_WIDTH) : chars;
};

function list({ columns, rows }: DocumentTable): Piece {
  const shares = widthsOf([columns, ...rows]);
  return {
    layout: 'lines',
    margin: [0, 2, 0, 6],
    table: {
      headerRows: 1,
      // A heading of columns stays with the first of its rows.
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: shares.map((share) => `${share}%`),
      body: [
        columns.map((name) => inline(name, { bold: true })),
        ...rows.map((row) => row.map((text, at) => cellOf(text, shares[at] ?? 0))),
      ],
    },
  };
}

const part = (of: DocumentPart, index: number): Piece[] => [
  {
    stack: [
      ja(`${index + 1}. ${of.heading.ja}`, { bold: true, fontSize: 11.5 }),
      en(of.clauses?.length ? `${of.heading.en}  [${of.clauses.join(', ')}]` : of.heading.en),
    ],
    headlineLevel: 1,
    margin: [0, 10, 0, 4],
  },
  ...(of.paragraphs ?? []).map((text) => beside(text, { margin: [0, 0, 0, 4], columnGap: 10 })),
  ...(of.values?.length ? [values(of.values)] : []),
  ...(of.table ? [list(of.table)] : []),
];

const SHORT_CHARS = 800;

/** Whether a part is short enough to go with the seal to the last page, so that no seal stands there alone. */
const isShort = ({ heading, paragraphs = [], values: rows = [], table }: DocumentPart): boolean => {
  const texts = [heading, ...paragraphs, ...rows.flatMap(({ label, value }) => [label, value])];
  const chars = texts.reduce((sum, said) => sum + wide(said.ja) + said.en.length, 0);
  return table === undefined && chars <= SHORT_CHARS;
};

const sealPieces = (sealed: SealedDocument): Piece[] => [
  {
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: 480, y2: 0, lineColor: LINE }],
    margin: [0, 8, 0, 4],
  },
  inline(frame.seal, { bold: true }),
  beside(frame.sealNote, { margin: [0, 3, 0, 3], fontSize: 7.5, columnGap: 10 }),
  { ...values(sealOf(sealed), '34%'), fontSize: 7.5 },
];

/** How a document stands on A4 pages: decided from the document alone, so that it draws alike for ever. */
export function layoutOf(sealed: SealedDocument): PageDefinition {
  const { document, seal } = sealed;
  const parts = document.parts.map(part);
  const last = document.parts.at(-1);
  const withSeal = last && isShort(last) ? (parts.pop() ?? []) : [];
  return {
    info: { title: document.title.ja, subject: document.subject, keywords: seal.hash },
    issuedAt: document.issuedAt,
    footer: `${seal.id}   ${seal.hash}`,
    content: [
      ja(document.title.ja, { bold: true, fontSize: 17 }),
      en(document.title.en, { fontSize: 11, margin: [0, 0, 0, 8] }),
      values(headOf(sealed)),
      ...parts.flat(),
      { unbreakable: true, stack: [...withSeal, ...sealPieces(sealed)] },
    ],
  };
}
