import { must } from '../report.js';

const BITS_MIN = 96;

/** Shannon's entropy of a text in bits: what its characters, taken as they occur, can tell at most. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const perCharacter = [...counts.values()]
    .map((count) => count / text.length)
    .reduce((sum, share) => sum - share * Math.log2(share), 0);
  return perCharacter * text.length;
}

/** For codes, tokens and request_uri: nobody guesses them (RFC 6749 section 10.10). */
export function mustBeUnguessable(name: string, value: unknown): asserts value is string {
  must(typeof value === 'string', `${name} is missing.`);
  const bits = entropyOf(value);
  must(bits > BITS_MIN, `${name} has ${Math.round(bits)} bits of entropy.`);
}
