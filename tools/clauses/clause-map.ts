import {
  clausesOf,
  parametersOf,
  readingIds,
  type AnyClause,
  type Contract,
  type Force,
  type Parameter,
} from '#libs/contracts';
import { unknownCases, unproven, type Proofs } from './proofs.js';
import type { TitledTest } from './spec-titles.js';

export type Binding = 'rule' | 'record' | 'display' | 'missing';

const BINDING_OF: Readonly<Record<Force, Binding>> = {
  enforce: 'rule',
  record: 'record',
  inform: 'display',
  missing: 'missing',
};

/** One clause with the file that declares it and the tests that carry its id. */
export interface ClauseLine {
  readonly clause: AnyClause;
  readonly binding: Binding;
  readonly code?: string;
  readonly tests: readonly TitledTest[];
}

export type GapKind =
  | 'no_binding'
  | 'no_test'
  | 'no_words'
  | 'no_constraint'
  | 'unknown_reference'
  | 'declared_twice'
  | 'declared_outside'
  | 'orphan_test'
  | 'no_proof'
  | 'unknown_case';

export interface Gap {
  readonly kind: GapKind;
  readonly id: string;
  readonly detail: string;
}

export interface ClauseMap {
  readonly lines: readonly ClauseLine[];
  readonly bound: Readonly<Record<Binding, number>>;
  readonly tested: number;
  readonly gaps: readonly Gap[];
}

const isSentence = (text: string, end: RegExp): boolean => end.test(text.trim());

/** What a binding must hold besides its id (style.md 7, point 5). */
function isBound(clause: AnyClause): boolean {
  const holds = clause as AnyClause & Readonly<Record<string, unknown>>;
  const filled = (key: string) => Array.isArray(holds[key]) && holds[key].length > 0;
  if (clause.force === 'enforce') return typeof holds['rule'] === 'function';
  if (clause.force === 'record') return filled('asks');
  if (clause.force === 'inform') return filled('shownAt');
  return filled('presupposedBy') && clause.key === undefined;
}

function gapsOfClause(line: ClauseLine, known: ReadonlySet<string>): Gap[] {
  const { clause, code, tests } = line;
  const gap = (kind: GapKind, detail: string): Gap => ({ kind, id: clause.id, detail });
  const gaps: Gap[] = [];
  if (!isBound(clause)) gaps.push(gap('no_binding', `${clause.force} lacks what it needs`));
  if (code === undefined) gaps.push(gap('no_binding', 'no source file declares it'));
  if (tests.length === 0) gaps.push(gap('no_test', 'no test title begins with the id'));
  if (!isSentence(clause.ja, /。$/)) gaps.push(gap('no_words', 'no Japanese sentence'));
  if (!isSentence(clause.en, /\.$/)) gaps.push(gap('no_words', 'no English sentence'));
  const presupposedBy = 'presupposedBy' in clause ? (clause.presupposedBy as string[]) : [];
  for (const id of [...(clause.refers ?? []), ...(clause.overrides ?? []), ...presupposedBy]) {
    if (!known.has(id)) gaps.push(gap('unknown_reference', `refers to ${id}`));
  }
  for (const id of clause.readings ?? []) {
    if (!readingIds.includes(id)) gaps.push(gap('unknown_reference', `refers to ${id}`));
  }
  return gaps;
}

function gapsOfParameter(parameter: Parameter, known: ReadonlySet<string>): Gap[] {
  const { id, constraint, clauses, ja, en } = parameter;
  const gaps: Gap[] = [];
  const hasWords = [constraint.ja, constraint.en, ja, en].every((text) => text.trim() !== '');
  // A constraint that lets anything through is none: a symbol is never a parameter's value.
  if (!hasWords || constraint.read(Symbol('no value')) !== undefined) {
    gaps.push({ kind: 'no_constraint', id, detail: 'no constraint, or none in words' });
  }
  for (const clause of clauses) {
    if (!known.has(clause)) {
      gaps.push({ kind: 'unknown_reference', id, detail: `rests on ${clause}` });
    }
  }
  return gaps;
}

/** An id that is no clause but the head of some: an article, a part, a paragraph. */
const headsOne = (id: string, known: ReadonlySet<string>): boolean =>
  [...known].some((other) => {
    if (!other.startsWith(id)) return false;
    // `SM-1` heads `SM-1.2` and not `SM-14`; `RKN-L` heads `RKN-L1a`.
    return /\d$/.test(id) ? !/^\d/.test(other.slice(id.length)) : true;
  });

function orphans(tests: readonly TitledTest[], known: ReadonlySet<string>): Gap[] {
  return tests.flatMap(({ ids, path, title }) =>
    ids
      .filter((id) => !known.has(id) && !headsOne(id, known))
      .map((id): Gap => ({ kind: 'orphan_test', id, detail: `${path}: ${title}` })),
  );
}

function doubles(clauses: readonly AnyClause[]): Gap[] {
  const clash = (a: AnyClause, b: AnyClause): boolean =>
    a.id === b.id && (a.until ?? '9999') >= (b.from ?? '0000');
  return clauses
    .filter((clause, index) => clauses.slice(0, index).some((before) => clash(before, clause)))
    .map(({ id }): Gap => ({ kind: 'declared_twice', id, detail: 'two entries for one day' }));
}

const gapsOfProofs = (proofs: Proofs, tests: readonly TitledTest[]): Gap[] => [
  ...unproven(proofs, tests).map((id): Gap => ({
    kind: 'no_proof',
    id,
    detail: 'no API or story test begins with it',
  })),
  ...unknownCases(proofs, tests).map((id): Gap => ({
    kind: 'unknown_case',
    id,
    detail: 'a title names a case that no proof has',
  })),
];

/**
 * The map clause ↔ code ↔ test of the contracts given, and everything that is missing in it: also of
 * the `proofs` that have to be shown through the real parts.
 */
export function mapClauses(
  contracts: readonly Contract[],
  declared: ReadonlyMap<string, string>,
  tests: readonly TitledTest[],
  proofs: Proofs = {},
): ClauseMap {
  const clauses = contracts.flatMap(clausesOf);
  const known = new Set<string>(clauses.map(({ id }) => id));
  const lines = clauses.map((clause): ClauseLine => {
    const code = declared.get(clause.id);
    const own = tests.filter(({ ids }) => ids.includes(clause.id));
    const bare = { clause, binding: BINDING_OF[clause.force], tests: own };
    return code === undefined ? bare : { ...bare, code };
  });
  const bound = { rule: 0, record: 0, display: 0, missing: 0 };
  for (const { clause, binding, code } of lines) {
    if (isBound(clause) && code !== undefined) bound[binding] += 1;
  }
  const parameters = new Map(clauses.flatMap(parametersOf).map((one) => [one.id, one]));
  const outside = [...declared].filter(([id]) => !known.has(id));
  return {
    lines,
    bound,
    tested: lines.filter((line) => line.tests.length > 0).length,
    gaps: [
      ...lines.flatMap((line) => gapsOfClause(line, known)),
      ...[...parameters.values()].flatMap((one) => gapsOfParameter(one, known)),
      ...doubles(clauses),
      ...outside.map(([id, path]): Gap => ({
        kind: 'declared_outside',
        id,
        detail: `${path}: in no contract`,
      })),
      ...orphans(tests, known),
      ...gapsOfProofs(proofs, tests),
    ],
  };
}
