import { instantToWire, type Words } from '#libs/kernel';
import {
  clausesOf,
  parametersOf,
  type AnyClause,
  type ClauseId,
  type Contract,
} from '../clause.js';
import {
  NO_RULE,
  UNDETERMINED,
  type Decision,
  type Duty,
  type TraceNode,
} from '../decisions/decision.js';
import type { ParameterUsed } from '../parameter.js';
import { readingEntry, type ReadingUsed } from '../readings.js';
import { factName, factValue, valueWords, yenWords } from './value-words.js';
import { effectWords, noRuleWords, partyWords, statusWords, undeterminedWords } from './words.js';

/** What a decision does not know of itself: its name, its texts, and whom to turn to. */
export interface ExplainContext {
  readonly title: Words;
  /** The outcome as a sentence. Absent: NO_RULE and UNDETERMINED have theirs, others print the value. */
  readonly outcome?: Words;
  readonly institution: Words;
  /** The texts from which clauses and parameters take their words. */
  readonly contracts: readonly Contract[];
  /** Where to object: a desk, and how to reach it. */
  readonly contact: { readonly name: Words; readonly address: string };
  /** The hash of the decision's entry in the chain of records, once it stands there. */
  readonly recordHash?: string;
}

export interface ClauseLine {
  readonly depth: number;
  readonly clause: ClauseId;
  readonly key?: string;
  readonly rule?: Words;
  readonly effect: Words;
  readonly reason: Words;
  readonly facts: readonly {
    readonly name: Words;
    readonly value: Words;
    readonly evidence: readonly string[];
  }[];
  readonly value?: Words;
  readonly overriddenBy: readonly ClauseId[];
}

export interface ParameterLine {
  readonly id: string;
  readonly name: Words;
  readonly clause: ClauseId;
  readonly value: Words;
  readonly version: number;
  readonly from: string;
  readonly enteredBy: string;
  readonly approvedBy: string;
  readonly isSample: boolean;
}

export interface ReadingLine {
  readonly entry: string;
  readonly question: Words;
  readonly reading: string;
  readonly words: Words;
  readonly version: number;
  readonly from?: string;
  readonly approvers: readonly string[];
  readonly status: Words;
}

export interface DutyLine {
  readonly who: Words;
  readonly what: Words;
  readonly due?: string;
  readonly clause: ClauseId;
}

/** A decision ready to be printed in any form: every string final, nothing left to compute. */
export interface Explanation {
  readonly title: Words;
  readonly outcome: Words;
  readonly institution: Words;
  readonly asOf: string;
  readonly ruleset: string;
  readonly inputHash: string;
  readonly recordHash?: string;
  readonly person?: {
    readonly why: Words;
    readonly clause?: ClauseId;
    readonly bounds?: readonly [Words, Words];
  };
  readonly clauses: readonly ClauseLine[];
  readonly parameters: readonly ParameterLine[];
  readonly readings: readonly ReadingLine[];
  readonly unknown: readonly Words[];
  readonly duties: readonly DutyLine[];
  readonly contact: { readonly name: Words; readonly address: string };
}

function outcomeWords(outcome: unknown): Words {
  if (outcome === NO_RULE) return noRuleWords;
  if (outcome === UNDETERMINED) return undeterminedWords;
  return valueWords(outcome);
}

function clauseLines(
  nodes: readonly TraceNode[],
  clauses: ReadonlyMap<ClauseId, AnyClause>,
  depth = 0,
): ClauseLine[] {
  return nodes.flatMap((node) => {
    const text = clauses.get(node.clause);
    const line: ClauseLine = {
      depth,
      clause: node.clause,
      ...(text?.key === undefined ? {} : { key: text.key }),
      ...(text ? { rule: { ja: text.ja, en: text.en } } : {}),
      effect: effectWords[node.effect],
      reason: node.reason,
      facts: node.facts.map(({ name, value, evidence }) => ({
        name: factName(name),
        value: factValue(name, value),
        evidence,
      })),
      ...(node.value === undefined ? {} : { value: valueWords(node.value) }),
      overriddenBy: node.overriddenBy ?? [],
    };
    return [line, ...clauseLines(node.children ?? [], clauses, depth + 1)];
  });
}

const parameterLine =
  (names: ReadonlyMap<string, Words>) =>
  (used: ParameterUsed): ParameterLine => ({
    id: used.id,
    name: names.get(used.id) ?? { ja: used.id, en: used.id },
    clause: used.clause,
    value: valueWords(used.value),
    version: used.version,
    from: used.effectiveFrom.toString(),
    enteredBy: used.enteredBy,
    approvedBy: used.approvedBy,
    isSample: used.isSample,
  });

function readingLine(used: ReadingUsed): ReadingLine {
  const entry = readingEntry(used.entry);
  return {
    entry: used.entry,
    question: entry.question,
    reading: used.reading,
    words: entry.readings[used.reading] ?? { ja: used.reading, en: used.reading },
    version: used.version,
    ...(used.effectiveFrom ? { from: used.effectiveFrom.toString() } : {}),
    approvers: used.approvers,
    status: statusWords[used.status],
  };
}

const dutyLine = ({ who, what, due, clause }: Duty): DutyLine => ({
  who: partyWords[who],
  what,
  ...(due === undefined ? {} : { due: instantToWire(due) }),
  clause,
});

/**
 * Turns a decision into what a reader sees: each clause with its words and effect, the parameters and
 * readings that were copied in, the facts that are missing, the duties that remain, and where to
 * object. Clauses take the words that were in force on the decision's day.
 * Source: interpretations.md section 1.
 */
export function explain(decision: Decision<unknown>, context: ExplainContext): Explanation {
  const day = decision.asOf.toString();
  const inForce = context.contracts
    .flatMap(clausesOf)
    .filter(({ from, until }) => (from ?? day) <= day && day <= (until ?? day));
  const clauses = new Map(inForce.map((clause) => [clause.id, clause]));
  const names = new Map(
    inForce.flatMap(parametersOf).map(({ id, ja, en }) => [id as string, { ja, en }]),
  );
  const { human } = decision;
  return {
    title: context.title,
    outcome: context.outcome ?? outcomeWords(decision.outcome),
    institution: context.institution,
    asOf: day,
    ruleset: decision.ruleset,
    inputHash: decision.inputHash,
    ...(context.recordHash === undefined ? {} : { recordHash: context.recordHash }),
    ...(human
      ? {
          person: {
            why: human.why,
            ...(human.clause ? { clause: human.clause } : {}),
            ...(human.bounds
              ? { bounds: [yenWords(human.bounds[0]), yenWords(human.bounds[1])] as const }
              : {}),
          },
        }
      : {}),
    clauses: clauseLines(decision.trace, clauses),
    parameters: decision.parameters.map(parameterLine(names)),
    readings: decision.readings.map(readingLine),
    unknown: decision.unknown.map(factName),
    duties: decision.duties.map(dutyLine),
    contact: context.contact,
  };
}
