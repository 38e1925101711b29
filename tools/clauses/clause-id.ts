/** The shape of an id in a title: `SM-5.3-1b`, `SM-R2.7`, `SM-14.1*`, `RKN-L4-0a`, `RKN-0.2`. */
const ID = String.raw`(?:RKN|SM)-[0-9A-Z][0-9A-Za-z.*]*(?:-[0-9A-Za-z][0-9A-Za-z*]*)*`;
/** The case of a clause, `/a` or `/a–d`. */
const CASE = String.raw`(?:/[0-9a-z]+(?:[–-][0-9a-z]+)?)?`;

const leadingIds = new RegExp(`^${ID}${CASE}(?:(?:, ?|、| & | and )${ID}${CASE})*`);
const eachId = new RegExp(ID, 'g');

/**
 * The clause ids that a title begins with: one, or several joined by commas. Empty where it begins
 * with anything else; an id later in the sentence is prose.
 */
export function idsAtTheHeadOf(title: string): string[] {
  const head = leadingIds.exec(title)?.[0];
  if (head === undefined) return [];
  return (head.match(eachId) ?? []).map((id) => id.replace(/\.$/, ''));
}
