import { accepted, type CivilDate, type Result } from '#libs/kernel';
import type { EnforcedClause, Figures, ParameterTable } from '../clause.js';
import type { ClauseId } from '../clause-id.js';
import type { FactName, Facts } from '../facts/index.js';
import type { ParameterBook, ParameterRefusal } from '../parameter.js';
import type { ReadingBook } from '../readings.js';
import { DecisionDraft, type Decision } from './decision.js';

/** Whose parameters and readings, and on which civil date they are looked up. */
export interface DecisionGrounds {
  readonly parameters: ParameterBook;
  readonly readings: ReadingBook;
  readonly asOf: CivilDate;
}

/** Evidence ids by fact; a fact the system knows by itself needs none. */
export type EvidenceOf<Need extends FactName> = Partial<Record<Need, readonly string[]>>;

/**
 * One clause as a whole decision: its rule applied with its own figures, the parameters in force copied
 * with version and people, the readings it depends on as taken, and every fact with its evidence. Facts
 * that are "unknown" while the outcome is too are named as deciding. Refuses with `parameter_unset` or
 * `parameter_malformed`, naming the clause. This is what `explain` prints for any rule of either text.
 */
export function applyClause<
  Id extends ClauseId,
  Need extends FactName,
  F extends Figures,
  P extends ParameterTable,
  Out,
>(
  clause: EnforcedClause<Id, Need, F, P, Out>,
  facts: Pick<Facts, Need>,
  grounds: DecisionGrounds,
  evidence: EvidenceOf<Need> = {},
): Result<Decision<Out>, ParameterRefusal> {
  const { parameters, readings, asOf } = grounds;
  const found = parameters.readAll(clause.parameters, asOf);
  if (!found.ok) return found;
  const { values, used } = found.value;
  const outcome = clause.rule(facts, clause.figures, values);
  const taken = (clause.readings ?? []).map((entry) => readings.on(entry, asOf));
  const draft = new DecisionDraft({
    institution: parameters.institution,
    asOf,
    input: { clause: clause.id, facts, figures: clause.figures, parameters: used, readings: taken },
  });
  const isOpen = outcome === 'unknown';
  draft
    .step({
      clause: clause.id,
      effect: isOpen ? 'undetermined' : 'applies',
      facts: clause.needs.map((name) => ({
        name,
        value: facts[name],
        evidence: evidence[name] ?? [],
      })),
      value: outcome,
      reason: { ja: clause.ja, en: clause.en },
    })
    .uses(...used)
    .reads(...taken);
  if (isOpen) draft.lacks(...clause.needs.filter((name) => facts[name] === 'unknown'));
  return accepted(draft.decided(outcome));
}
