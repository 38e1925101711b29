import { assert, type CivilDate, type Words } from '#libs/kernel';
import type { ClauseId, Party, Source } from './clause-id.js';
import type { FactName, Facts } from './facts/index.js';
import type { Parameter, ParameterValues } from './parameter.js';
import type { ReadingId } from './readings.js';

export type * from './clause-id.js';

/**
 * What the program does about a clause. `enforce`: the contrary is impossible. `record`: people decide
 * and supply what is asked. `inform`: it is shown. `missing`: the passage is lost; we say what we presume.
 */
export type Force = 'enforce' | 'record' | 'inform' | 'missing';

export type ClauseKind =
  | 'rule'
  | 'power'
  | 'obligation'
  | 'definition'
  | 'procedure'
  | 'disclaimer'
  | 'notice_only'
  | 'not_in_source';

/** Figures that the text itself states. What it leaves open is a parameter, never a figure. */
export type Figures = Readonly<Record<string, number>>;
export type ParameterTable = Readonly<Record<string, Parameter>>;
/** No members: what a clause has that states no figures and reads no parameters. */
export type None = Readonly<Record<never, never>>;

/** Common to every clause: a key phrase of at most 24 characters and the rule in our own words. */
export interface ClauseText extends Words {
  readonly kind: ClauseKind;
  readonly bearer: Party;
  readonly counterparty?: Party;
  /** A few characters of the source, defects included. A lost passage has none. */
  readonly key?: string;
  /** Clauses of either text that this one rests on or changes. The linter follows them. */
  readonly refers?: readonly ClauseId[];
  readonly overrides?: readonly ClauseId[];
  /** Entries of the register of readings that this clause's words depend on. */
  readonly readings?: readonly ReadingId[];
  /** Parameters it leaves open that its own rule does not read: another decision does. */
  readonly cites?: readonly Parameter[];
  /** First and last day in force (`YYYY-MM-DD`); absent: as its contract's edition. */
  readonly from?: string;
  readonly until?: string;
}

export interface EnforcedClause<
  Id extends ClauseId = ClauseId,
  Need extends FactName = FactName,
  F extends Figures = Figures,
  P extends ParameterTable = ParameterTable,
  Out = unknown,
> extends ClauseText {
  readonly id: Id;
  readonly force: 'enforce';
  readonly key: string;
  readonly needs: readonly Need[];
  readonly figures: F;
  readonly parameters: P;
  readonly rule: (facts: Pick<Facts, Need>, figures: F, parameters: ParameterValues<P>) => Out;
  /** The rule with the clause's own figures: what decisions and servers call. */
  readonly apply: (
    facts: Pick<Facts, Need>,
    ...parameters: keyof P extends never ? [] : [ParameterValues<P>]
  ) => Out;
}

export interface RecordedClause<
  Id extends ClauseId = ClauseId,
  Ask extends FactName = FactName,
  P extends ParameterTable = ParameterTable,
> extends ClauseText {
  readonly id: Id;
  readonly force: 'record';
  readonly key: string;
  /** What the person who decides must supply; `demand` refuses what is incomplete. */
  readonly asks: readonly Ask[];
  readonly parameters: P;
}

export interface InformingClause<Id extends ClauseId = ClauseId> extends ClauseText {
  readonly id: Id;
  readonly force: 'inform';
  readonly key: string;
  /** Where a reader meets it. */
  readonly shownAt: readonly string[];
  readonly parameters: ParameterTable;
}

export interface MissingClause<
  Id extends ClauseId = ClauseId,
  P extends ParameterTable = ParameterTable,
> extends ClauseText {
  readonly id: Id;
  readonly force: 'missing';
  /** The surviving clauses from which the presumption (`ja`, `en`) is inferred. It is never quoted. */
  readonly presupposedBy: readonly ClauseId[];
  readonly parameters: P;
}

/**
 * Any clause, for lists. It names no parameters: an article would otherwise hand that wide type down
 * to its clauses and each rule would lose its own.
 */
export type AnyClause = ClauseText & { readonly id: ClauseId; readonly force: Force };

/** The parameters that a clause cites, whatever its force. */
export const parametersOf = (clause: AnyClause): readonly Parameter[] => [
  ...('parameters' in clause ? Object.values(clause.parameters as ParameterTable) : []),
  ...(clause.cites ?? []),
];

type Said<C extends ClauseText> = Omit<C, 'id' | 'force' | 'parameters' | 'figures' | 'apply'>;

/** A clause whose contrary the system makes impossible. `rule` is pure: facts in, answer out. */
export function enforce<
  const Id extends ClauseId,
  const Need extends FactName,
  const F extends Figures = None,
  P extends ParameterTable = None,
  Out = unknown,
>(
  id: Id,
  clause: Omit<Said<EnforcedClause<Id, Need, F, P, Out>>, 'rule' | 'needs'> & {
    readonly figures?: F;
    readonly parameters?: P;
    readonly needs: readonly Need[];
    readonly rule: (facts: Pick<Facts, Need>, figures: F, parameters: ParameterValues<P>) => Out;
  },
): EnforcedClause<Id, Need, F, P, Out> {
  const figures = (clause.figures ?? {}) as F;
  const apply: EnforcedClause<Id, Need, F, P, Out>['apply'] = (facts, ...given) =>
    clause.rule(facts, figures, (given[0] ?? {}) as ParameterValues<P>);
  const parameters = (clause.parameters ?? {}) as P;
  return { ...clause, id, force: 'enforce', figures, parameters, apply };
}

/** A clause whose decision is left to people; the system demands what they must supply. */
export function record<
  const Id extends ClauseId,
  const Ask extends FactName,
  P extends ParameterTable = None,
>(
  id: Id,
  clause: Omit<Said<RecordedClause<Id, Ask, P>>, 'asks'> & {
    readonly asks: readonly Ask[];
    readonly parameters?: P;
  },
): RecordedClause<Id, Ask, P> {
  return { ...clause, id, force: 'record', parameters: (clause.parameters ?? {}) as P };
}

/** A clause that is shown or published, and changes nothing that the system computes. */
export function inform<const Id extends ClauseId>(
  id: Id,
  clause: Said<InformingClause<Id>> & { readonly parameters?: ParameterTable },
): InformingClause<Id> {
  return { ...clause, id, force: 'inform', parameters: clause.parameters ?? {} };
}

/** What a lost passage must have said: inferred, never cited as text, to be confirmed before use. */
export function missing<const Id extends ClauseId, P extends ParameterTable = None>(
  id: Id,
  clause: Omit<Said<MissingClause<Id, P>>, 'key'> & { readonly parameters?: P },
): MissingClause<Id, P> {
  return { ...clause, id, force: 'missing', parameters: (clause.parameters ?? {}) as P };
}

/** One article (SM) or part (RKN): its clauses in the order of the text. */
export interface Article<
  Id extends ClauseId = ClauseId,
  Clauses extends readonly AnyClause[] = readonly AnyClause[],
> {
  readonly id: Id;
  readonly title: Words;
  readonly clauses: Clauses;
  /** The clause of that id, with the types of its facts and parameters. */
  clause<K extends Clauses[number]['id']>(id: K): Extract<Clauses[number], { readonly id: K }>;
}

export function article<const Id extends ClauseId, const Clauses extends readonly AnyClause[]>(
  id: Id,
  title: Words,
  clauses: Clauses,
): Article<Id, Clauses> {
  return {
    id,
    title,
    clauses,
    clause: <K extends Clauses[number]['id']>(wanted: K) => {
      const found = clauses.find((clause) => clause.id === wanted);
      assert(found, `${id} has no clause ${wanted}.`);
      return found as Extract<Clauses[number], { readonly id: K }>;
    },
  };
}

/** A whole text in one edition: who, which edition, from which day, its articles in order. */
export interface Contract {
  readonly source: Source;
  readonly name: Words;
  readonly edition: string;
  readonly effectiveFrom: CivilDate;
  readonly articles: readonly Article[];
}

export const clausesOf = (contract: Contract): readonly AnyClause[] =>
  contract.articles.flatMap((part) => part.clauses);

/** The clause in force on `date`: an amendment stands beside the old entry, with dates of its own. */
export function clauseOn(contract: Contract, id: ClauseId, date: CivilDate): AnyClause | undefined {
  const day = date.toString();
  const edition = contract.effectiveFrom.toString();
  return clausesOf(contract).find(
    (clause) =>
      clause.id === id &&
      (clause.from ?? edition) <= day &&
      (clause.until === undefined || day <= clause.until),
  );
}
