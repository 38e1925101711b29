import type { Words } from '#libs/kernel';
import type { AnyClause } from './clause.js';
import type { ClauseId } from './clause-id.js';

/** One place where a text points to another: the citing clause, its words, and what we follow. */
export interface CrossReference {
  readonly in: ClauseId;
  /** The pointing words as they stand, such as `第3条2` or `前記2`. */
  readonly words: string;
  readonly means: readonly ClauseId[];
}

/** A defect of the text that we know: quoted as it stands, handled as told. */
export interface TextDefect {
  readonly clause: ClauseId;
  readonly words: string;
  readonly handling: Words;
}

export type ReferenceProblem =
  | 'points_nowhere'
  | 'means_something_else'
  | 'target_unknown'
  | 'not_followed_by_the_clause'
  | 'citing_clause_unknown';

const at = (article: string, paragraph?: string, item?: string): string =>
  `SM-${article}${paragraph ? `.${paragraph}` : ''}${item ? `-${item}` : ''}`;

/** Where the published part of the agreement points to another place of itself. */
export const rknReferences: readonly CrossReference[] = [
  { in: 'RKN-L2a', words: '上記1', means: ['RKN-L1b', 'RKN-L1d'] },
  { in: 'RKN-L2b', words: '上記1', means: ['RKN-L1b', 'RKN-L1d'] },
  { in: 'RKN-L3', words: '上記1', means: ['RKN-L1b', 'RKN-L1d'] },
  { in: 'RKN-C2a', words: '上記1', means: ['RKN-C1a', 'RKN-C1c'] },
];

/** True where `id` is that place or a part of it. */
const isWithin = (id: string, place: string): boolean =>
  id === place || (id.startsWith(place) && /^[.\-a-e*]/.test(id.slice(place.length)));

/** The places that the words name when read literally, seen from the citing clause. */
function placesNamed({ in: citing, words }: CrossReference): string[] {
  const part = /^RKN-([A-Z])/.exec(citing)?.[1];
  const partAbove = /^上記(\d)/.exec(words)?.[1];
  if (part && partAbove) return [`RKN-${part}${partAbove}`];
  const [, article = '', paragraph = '', item = ''] =
    /^SM-(\d+)(?:\.(\d+))?(?:-(\d+))?/.exec(citing) ?? [];
  const absolute = /第(\d+)条(\d*)/.exec(words);
  if (absolute) return [at(absolute[1] ?? '', absolute[2])];
  const previous = /^前項(\d+)/.exec(words);
  if (previous) {
    const before = String(Number(paragraph) - 1);
    return [before === previous[1] ? at(article, before) : at(article, before, previous[1])];
  }
  if (words === '前号') return [at(article, paragraph, String(Number(item) - 1))];
  const above = /^上記\((\d+)\)/.exec(words);
  if (above) return [at(article, paragraph, above[1])];
  const beside = /^[前後]記([\d、]+)$/.exec(words)?.[1];
  return beside === undefined ? [] : beside.split('、').map((number) => at(article, number));
}

/**
 * Reads every reference literally and compares it with what we follow. A problem that a known defect
 * of the same clause and words explains is left out; everything else is reported. A clause must carry
 * what it points to in `refers` or `overrides`. Source: interpretations.md 2.1, gate C3.
 */
export function lintReferences(
  references: readonly CrossReference[],
  clauses: readonly AnyClause[],
  defects: readonly TextDefect[],
): { readonly reference: CrossReference; readonly problem: ReferenceProblem }[] {
  const byId = new Map<string, AnyClause>(clauses.map((clause) => [clause.id, clause]));
  const isKnown = ({ in: clause, words }: CrossReference) =>
    defects.some((defect) => defect.clause === clause && defect.words === words);
  const problemOf = (reference: CrossReference): ReferenceProblem | undefined => {
    const citing = byId.get(reference.in);
    if (!citing) return 'citing_clause_unknown';
    if (reference.means.some((id) => !byId.has(id))) return 'target_unknown';
    const followed = [...(citing.refers ?? []), ...(citing.overrides ?? [])];
    if (reference.means.some((id) => !followed.includes(id))) {
      return 'not_followed_by_the_clause';
    }
    if (isKnown(reference)) return undefined;
    const places = placesNamed(reference);
    const stands = (place: string) => [...byId.keys()].some((id) => isWithin(id, place));
    if (places.length === 0 || !places.every(stands)) {
      return 'points_nowhere';
    }
    const isMeant = reference.means.every((id) => places.some((place) => isWithin(id, place)));
    return isMeant ? undefined : 'means_something_else';
  };
  return references.flatMap((reference) => {
    const problem = problemOf(reference);
    return problem ? [{ reference, problem }] : [];
  });
}
