import type { Words } from '#libs/kernel';
import type { Explanation } from './explain.js';
import { headRows, sectionsOf } from './rows.js';
import { headings } from './words.js';

const beside = ({ ja, en }: Words): string => (ja === en ? ja : `${ja} / ${en}`);

/** The decision as plain text: Japanese first, English beside; ends with a line break. */
export function explanationAsText(said: Explanation): string {
  const lines = [`${beside(headings.document)}: ${beside(said.title)}`, ''];
  for (const { label, value } of headRows(said)) lines.push(`${beside(label)}: ${beside(value)}`);
  sectionsOf(said).forEach(({ heading, entries }, index) => {
    lines.push('', `${index + 1}. ${beside(heading)}`);
    for (const { depth, head, rows } of entries) {
      const indent = '   '.repeat(depth + 1);
      lines.push(`${indent}${beside(head)}`);
      for (const { label, value } of rows) {
        lines.push(`${indent}   ${beside(label)}: ${beside(value)}`);
      }
    }
  });
  return `${lines.join('\n')}\n`;
}
