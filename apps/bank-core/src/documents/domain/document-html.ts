import { canonicalJson, type Words } from '#libs/kernel';
import type { DocumentPart, DocumentTable, LabelledValue, SealedDocument } from './document.js';
import { frame } from './document-words.js';
import { forPeople } from './for-people.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

const beside = (said: Words): string => {
  const { ja, en } = forPeople(said);
  if (ja === en) return escaped(ja);
  return `<span lang="ja">${escaped(ja)}</span> <span lang="en">${escaped(en)}</span>`;
};

const valueTable = (values: readonly LabelledValue[]): string[] => [
  '<table class="values">',
  ...values.map(
    ({ label, value }) => `<tr><th scope="row">${beside(label)}</th><td>${beside(value)}</td></tr>`,
  ),
  '</table>',
];

const listTable = ({ columns, rows }: DocumentTable): string[] => [
  '<table class="list">',
  `<thead><tr>${columns.map((name) => `<th scope="col">${beside(name)}</th>`).join('')}</tr></thead>`,
  '<tbody>',
  ...rows.map((row) => `<tr>${row.map((cell) => `<td>${beside(cell)}</td>`).join('')}</tr>`),
  '</tbody>',
  '</table>',
];

const partLines = (part: DocumentPart, index: number): string[] => [
  '<section>',
  `<h2>${index + 1}. ${beside(part.heading)}${clausesOf(part)}</h2>`,
  ...(part.paragraphs ?? []).map((text) => `<p>${beside(text)}</p>`),
  ...(part.values ? valueTable(part.values) : []),
  ...(part.table ? listTable(part.table) : []),
  '</section>',
];

const clausesOf = ({ clauses = [] }: DocumentPart): string =>
  clauses.length === 0 ? '' : ` <small>${escaped(clauses.join(', '))}</small>`;

const STYLE = `
  body { font-family: system-ui, "Noto Sans JP", sans-serif; line-height: 1.6; margin: 2rem auto; max-width: 46rem;
    padding: 0 1rem; }
  [lang="en"] { color: #445; font-size: .9em; }
  table { border-collapse: collapse; margin: .5rem 0; width: 100%; }
  th, td { border-bottom: 1px solid #ccd; padding: .3rem .5rem; text-align: left; vertical-align: top; }
  footer { font-size: .8em; overflow-wrap: anywhere; }
  @page { size: A4; margin: 20mm; }
`;

/** The document as one page without script; everything that came from outside is escaped (T-26). */
export function documentAsHtml({ document, seal }: SealedDocument): string {
  const head: LabelledValue[] = headOf({ document, seal });
  const lines = [
    '<!doctype html>',
    '<html lang="ja">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(document.title.ja)} ${escaped(seal.id)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${beside(document.title)}</h1>`,
    ...valueTable(head),
    ...document.parts.flatMap(partLines),
    '</main>',
    '<footer>',
    `<h2>${beside(frame.seal)}</h2>`,
    `<p>${beside(frame.sealNote)}</p>`,
    ...valueTable(sealOf({ document, seal })),
    '</footer>',
    '</body>',
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

/** The head of every drawn form. */
export const headOf = ({ document, seal }: SealedDocument): LabelledValue[] => [
  { label: frame.number, value: { ja: seal.id, en: seal.id } },
  { label: frame.issuedAt, value: { ja: document.issuedAt, en: document.issuedAt } },
  { label: frame.issuer, value: document.issuer },
  { label: frame.addressee, value: document.addressee },
  { label: frame.subject, value: { ja: document.subject, en: document.subject } },
];

export const sealOf = ({ seal }: SealedDocument): LabelledValue[] => [
  { label: frame.hash, value: { ja: seal.hash, en: seal.hash } },
  { label: frame.key, value: { ja: seal.keyId, en: seal.keyId } },
  { label: frame.signature, value: { ja: seal.signature, en: seal.signature } },
];

/** The signed text itself, with its seal beside it. */
export const documentAsJson = (sealed: SealedDocument): string => canonicalJson(sealed);
