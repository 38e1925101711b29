import {
  assert,
  notEstablished,
  triAnd,
  triNot,
  triOr,
  type Finding,
  type Tri,
  type Words,
} from '#libs/kernel';
import type { ClauseId } from '../clause-id.js';
import { NO_RULE, UNDETERMINED, type FactUsed, type TraceNode } from './decision.js';

/** A condition over three-valued facts, as data: it can be evaluated, explained and searched. */
export type Condition =
  | { readonly is: string }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

export const is = (fact: string): Condition => ({ is: fact });
export const isNot = (fact: string): Condition => ({ not: is(fact) });
export const not = (of: Condition): Condition => ({ not: of });
export const all = (...of: Condition[]): Condition => ({ all: of });
export const any = (...of: Condition[]): Condition => ({ any: of });
export const always: Condition = { all: [] };

export interface Rule<O> {
  readonly clause: ClauseId;
  /** The clauses whose rules this one displaces where it applies. */
  readonly exceptionTo: readonly ClauseId[];
  readonly when: Condition;
  readonly outcome: O;
  readonly because: Words;
}

const ruleAfter = (clause: ClauseId, exceptionTo: readonly ClauseId[]) => ({
  when: (when: Condition) => ({
    then: <const O>(outcome: O, because: Words): Rule<O> => ({
      clause,
      exceptionTo,
      when,
      outcome,
      because,
    }),
  }),
});

/** `rule('SM-14.2a').when(all(is('…'), isNot('…'))).then('full', words)`. */
export const rule = (clause: ClauseId) => ruleAfter(clause, []);

/** `exception('SM-14.4-2').to('SM-14.2a', 'SM-14.2e').when(…).then(…)`: the only order between rules. */
export const exception = (clause: ClauseId) => ({
  to: (...base: readonly [ClauseId, ...ClauseId[]]) => ruleAfter(clause, base),
});

/** Two rules apply and neither is an exception to the other: the rules are wrong, not the case. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';

  constructor(readonly clauses: readonly ClauseId[]) {
    super(`No order between the clauses that apply: ${clauses.join(', ')}.`);
  }
}

export type Findings = Readonly<Record<string, Finding>>;

export interface RuleAnswer<O> {
  readonly outcome: O | typeof NO_RULE | typeof UNDETERMINED;
  readonly trace: readonly TraceNode[];
  readonly unknown: readonly string[];
}

export function factsIn(condition: Condition): string[] {
  if ('is' in condition) return [condition.is];
  if ('not' in condition) return factsIn(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(factsIn);
}

type ValueOfFact = (fact: string) => Tri;

export function evaluate(condition: Condition, valueOf: ValueOfFact): Tri {
  if ('is' in condition) return valueOf(condition.is);
  if ('not' in condition) return triNot(evaluate(condition.not, valueOf));
  if ('all' in condition) return triAnd(...condition.all.map((one) => evaluate(one, valueOf)));
  return triOr(...condition.any.map((one) => evaluate(one, valueOf)));
}

/** Whether each rule holds: its condition is met and no exception to it holds in turn. */
function holding<O>(rules: readonly Rule<O>[], valueOf: ValueOfFact): Map<Rule<O>, Tri> {
  const known = new Map<Rule<O>, Tri>();
  const visit = (one: Rule<O>, path: readonly Rule<O>[]): Tri => {
    const before = known.get(one);
    if (before) return before;
    assert(!path.includes(one), `${one.clause} is an exception to itself.`);
    const over = rules.filter((other) => other.exceptionTo.includes(one.clause));
    const displaced = triOr(...over.map((other) => visit(other, [...path, one])));
    const value = triAnd(evaluate(one.when, valueOf), triNot(displaced));
    known.set(one, value);
    return value;
  };
  rules.forEach((one) => visit(one, []));
  return known;
}

/** The one rule that holds when every fact is certain. Throws ConflictError where two hold. */
function certainRule<O>(rules: readonly Rule<O>[], valueOf: ValueOfFact): Rule<O> | undefined {
  const states = holding(rules, valueOf);
  const held = rules.filter((one) => states.get(one) === 'yes');
  if (held.length > 1) throw new ConflictError(held.map(({ clause }) => clause));
  return held[0];
}

/** Which unknown facts would decide: those whose two values lead apart in some completion. */
function decidingFacts<O>(rules: readonly Rule<O>[], valueOf: ValueOfFact, open: string[]) {
  assert(open.length <= 12, 'Too many unknown facts to try every completion.');
  const outcomes = Array.from({ length: 2 ** open.length }, (_, bits) => {
    const completed: ValueOfFact = (name) => {
      const index = open.indexOf(name);
      if (index < 0) return valueOf(name);
      return bits & (1 << index) ? 'yes' : 'no';
    };
    return certainRule(rules, completed);
  });
  const deciding = open.filter((_, index) =>
    outcomes.some((held, bits) => held !== outcomes[bits ^ (1 << index)]),
  );
  return { deciding, held: outcomes[0] };
}

function traceOf<O>(rules: readonly Rule<O>[], findings: Findings): TraceNode[] {
  const valueOf: ValueOfFact = (name) => (findings[name] ?? notEstablished).value;
  const states = holding(rules, valueOf);
  return rules.map((one): TraceNode => {
    const facts = [...new Set(factsIn(one.when))].map((name): FactUsed => {
      const { value, evidence } = findings[name] ?? notEstablished;
      return { name, value, evidence };
    });
    const met = evaluate(one.when, valueOf);
    const over = rules
      .filter((other) => other.exceptionTo.includes(one.clause) && states.get(other) === 'yes')
      .map(({ clause }) => clause);
    const node = { clause: one.clause, facts, value: one.outcome, reason: one.because };
    if (met === 'no') return { ...node, effect: 'not_met' };
    if (met === 'yes' && over.length > 0) {
      return { ...node, effect: 'overridden', overriddenBy: over };
    }
    return { ...node, effect: states.get(one) === 'yes' ? 'applies' : 'undetermined' };
  });
}

/**
 * Holds the rules against the findings. A fact without a finding is not established. The outcome is
 * that of the one rule that applies; `NO_RULE` where none does; `UNDETERMINED` where facts that are
 * not established lead to different outcomes, and `unknown` then names exactly those. Throws
 * ConflictError where two rules apply without an order. Source: interpretations.md 4.2.
 */
export function decideByRules<O>(rules: readonly Rule<O>[], findings: Findings): RuleAnswer<O> {
  const valueOf: ValueOfFact = (name) => (findings[name] ?? notEstablished).value;
  const trace = traceOf(rules, findings);
  const names = new Set(rules.flatMap((one) => factsIn(one.when)));
  const open = [...names].filter((name) => valueOf(name) === 'unknown');
  const { deciding, held } = decidingFacts(rules, valueOf, open);
  if (deciding.length > 0) return { outcome: UNDETERMINED, trace, unknown: deciding };
  return { outcome: held ? held.outcome : NO_RULE, trace, unknown: [] };
}
