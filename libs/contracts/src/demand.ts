import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import type { RecordedClause } from './clause.js';
import type { ClauseId } from './clause-id.js';
import { facts, type FactName, type Facts } from './facts/index.js';

const isSupplied = (value: unknown): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
};

/** What a person cannot have meant: yen or counts below zero, blank evidence, no instant. */
function isMalformed(name: FactName, value: unknown): boolean {
  const { kind } = facts[name];
  if (kind === 'yen') return typeof value !== 'bigint' || value < 0n;
  if (kind === 'count') return !Number.isInteger(value) || (value as number) < 0;
  if (kind === 'instant') return !Number.isFinite(value);
  if (kind !== 'list' || !Array.isArray(value)) return false;
  return value.some((item) => typeof item === 'string' && item.trim() === '');
}

/**
 * What a person has supplied, held against what the clause asks. Refuses with `record_incomplete`,
 * naming every missing fact (an empty text or list counts as missing); with `fact_malformed`, naming
 * the field (negative yen, blank evidence); and with `second_person_required` where the approver is
 * the one who entered it. A finding of "unknown" is supplied: it says that somebody looked.
 * Source: clauses.md section 0 (Record).
 */
export function demand<Id extends ClauseId, Ask extends FactName>(
  clause: Pick<RecordedClause<Id, Ask>, 'id' | 'asks'>,
  supplied: Partial<Facts>,
): Result<
  Pick<Facts, Ask>,
  Refusal<'record_incomplete' | 'fact_malformed' | 'second_person_required'>
> {
  const absent = clause.asks.filter((name) => !isSupplied(supplied[name]));
  if (absent.length > 0) {
    return refused('record_incomplete', { clause: clause.id, facts: { missing: absent } });
  }
  const malformed = clause.asks.filter((name) => isMalformed(name, supplied[name]));
  if (malformed.length > 0) {
    return refused('fact_malformed', { clause: clause.id, facts: { malformed } });
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
