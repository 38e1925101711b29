/**
 * The three values of a fact: established, excluded, or not established. "Not established" is never
 * read as "no": it propagates, and a decision names the facts that would settle it.
 */
export type Tri = 'yes' | 'no' | 'unknown';

/** A fact as it stands in a case: its value and the ids of the evidence that it rests on. */
export interface Finding {
  readonly value: Tri;
  readonly evidence: readonly string[];
}

export const established = (...evidence: string[]): Finding => ({ value: 'yes', evidence });
export const excluded = (...evidence: string[]): Finding => ({ value: 'no', evidence });
export const notEstablished: Finding = { value: 'unknown', evidence: [] };

export const triOf = (fact: boolean): Tri => (fact ? 'yes' : 'no');

export const triNot = (value: Tri): Tri =>
  value === 'unknown' ? 'unknown' : triOf(value === 'no');

/** "no" as soon as one is "no", even if others are unknown; "yes" only if all are. */
export const triAnd = (...values: Tri[]): Tri => {
  if (values.includes('no')) return 'no';
  return values.includes('unknown') ? 'unknown' : 'yes';
};

/** "yes" as soon as one is "yes", even if others are unknown; "no" only if all are. */
export const triOr = (...values: Tri[]): Tri => triNot(triAnd(...values.map(triNot)));

/** What two witnesses of the same fact establish together: a contradiction establishes nothing. */
export const triAgree = (a: Tri, b: Tri): Tri => {
  if (a === 'unknown') return b;
  return b === 'unknown' || a === b ? a : 'unknown';
};
