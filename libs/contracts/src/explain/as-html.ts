import type { Words } from '#libs/kernel';
import type { Explanation } from './explain.js';
import { headRows, sectionsOf, type Entry, type Row } from './rows.js';
import { headings } from './words.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for an element or a quoted attribute. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

const beside = ({ ja, en }: Words): string =>
  ja === en
    ? `<span>${escaped(ja)}</span>`
    : `<span lang="ja">${escaped(ja)}</span> <span lang="en">${escaped(en)}</span>`;

const rowLine = ({ label, value }: Row): string =>
  `<tr><th scope="row">${beside(label)}</th><td>${beside(value)}</td></tr>`;

const table = (rows: readonly Row[]): string[] =>
  rows.length === 0 ? [] : ['<table>', ...rows.map(rowLine), '</table>'];

const entryLines = ({ depth, head, rows }: Entry): string[] => [
  `<div class="entry depth-${depth}">`,
  `<p>${beside(head)}</p>`,
  ...table(rows),
  '</div>',
];

/**
 * The decision as one HTML document: Japanese first, English beside. It holds no script and no style
 * of its own, so that a page's content policy can forbid both; `stylesheet` is the address of the
 * server's print style. Everything that came from outside is escaped.
 */
export function explanationAsHtml(said: Explanation, stylesheet?: string): string {
  const title = `${headings.document.ja}: ${said.title.ja}`;
  const sections = sectionsOf(said).flatMap(({ heading, entries }) => [
    '<section>',
    `<h2>${beside(heading)}</h2>`,
    ...entries.flatMap(entryLines),
    '</section>',
  ]);
  const style =
    stylesheet === undefined ? [] : [`<link rel="stylesheet" href="${escaped(stylesheet)}">`];
  const lines = [
    '<!doctype html>',
    '<html lang="ja">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    ...style,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${beside(said.title)}</h1>`,
    ...table(headRows(said)),
    ...sections,
    '</main>',
    '</body>',
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}
