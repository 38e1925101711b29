import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import type { RecordedClause } from './clause.js';
import type { ClauseId } from './clause-id.js';
import { facts, type FactName, type Facts } from './facts/index.js';

const isSupplied = (value: unknown): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
};

/**
 * What a person has supplied, held against what the clause asks. Refuses with `record_incomplete`,
 * naming every missing fact (an empty text or list counts as missing), and with
 * `second_person_required` where the approver is the one who entered it. A finding of "unknown" is
 * supplied: it says that somebody looked. Source: clauses.md section 0 (Record).
 */
export function demand<Id extends ClauseId, Ask extends FactName>(
  clause: Pick<RecordedClause<Id, Ask>, 'id' | 'asks'>,
  supplied: Partial<Facts>,
): Result<Pick<Facts, Ask>, Refusal<'record_incomplete' | 'second_person_required'>> {
  const absent = clause.asks.filter((name) => !isSupplied(supplied[name]));
  if (absent.length > 0) {
    return refused('record_incomplete', { clause: clause.id, facts: { missing: absent } });
  }
  const asksApprover = (clause.asks as readonly FactName[]).includes('secondApprover');
  if (asksApprover && supplied.secondApprover === supplied.enteredBy) {
    return refused('second_person_required', { clause: clause.id });
  }
  const given = Object.fromEntries(clause.asks.map((name) => [name, supplied[name]]));
  return accepted(given as Pick<Facts, Ask>);
}

/** The names of facts for people, for a form or the sentence of a refusal. */
export const factWords = (names: readonly FactName[], language: 'ja' | 'en'): string =>
  names.map((name) => facts[name][language]).join(language === 'ja' ? '、' : ', ');
