/** What a spreadsheet takes for a formula at the head of a cell, and the quote that keeps it from doing so (T-25). */
const DANGEROUS = /^['=+\-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}]/u;

/** A cell as it goes out: text for every spreadsheet. `plain` takes it back, whatever it began with. */
export const neutral = (text: string): string => (DANGEROUS.test(text) ? `'${text}` : text);

/** A cell as it comes in. Only a quote that `neutral` would have set is taken off. */
export const plain = (cell: string): string =>
  cell.startsWith("'") && DANGEROUS.test(cell.slice(1)) ? cell.slice(1) : cell;
