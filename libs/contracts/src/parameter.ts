import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { Words } from '#libs/kernel';
import type { ClauseId } from './clause-id.js';
import type { Constraint } from './constraint.js';

export type ParameterId = `P.sm.${string}` | `P.rkn.${string}`;

/**
 * Something that a text leaves to the institution (所定). It has a type, a unit and a constraint, and
 * no default anywhere in code: an unset one is the refusal `parameter_unset`, which names the clause.
 */
export interface Parameter<Id extends ParameterId = ParameterId, V = unknown> extends Words {
  readonly id: Id;
  /** The clauses that leave it open; the first is the one a refusal cites. */
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly unit: string;
  readonly constraint: Constraint<V>;
}

/** Declares a parameter. `ja` and `en` name it for people. */
export const parameter = <const Id extends ParameterId, V>(
  id: Id,
  clauses: readonly [ClauseId, ...ClauseId[]],
  unit: string,
  constraint: Constraint<V>,
  words: Words,
): Parameter<Id, V> => ({ id, clauses, unit, constraint, ja: words.ja, en: words.en });

/** The typed values that a rule receives for a table of parameters. */
export type ParameterValues<P> = {
  readonly [K in keyof P]: P[K] extends Parameter<ParameterId, infer V> ? V : never;
};

/**
 * One approved value of one institution, as bank-core's `institutions` stores it. `value` is JSON, yen
 * as decimal strings. Entered by one natural person, approved by another. A later `version` of the
 * same day is a correction and carries its reason. `isSample`: a 見本 value of a demonstration.
 */
export interface ParameterEntry {
  readonly parameter: ParameterId;
  readonly institution: string;
  readonly value: unknown;
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  readonly enteredBy: string;
  readonly approvedBy: string;
  readonly correction?: string;
  readonly isSample?: boolean;
}

/** A parameter as a decision prints it: the value in force, copied, with its version and people. */
export interface ParameterUsed<V = unknown> {
  readonly id: ParameterId;
  readonly clause: ClauseId;
  readonly value: V;
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  readonly enteredBy: string;
  readonly approvedBy: string;
  readonly isSample: boolean;
}

export type ParameterRefusal = Refusal<'parameter_unset' | 'parameter_malformed'>;

/** The approved values of one institution; answers which was in force on a civil date. */
export class ParameterBook {
  private readonly byId = new Map<ParameterId, ParameterEntry[]>();

  constructor(
    readonly institution: string,
    entries: Iterable<ParameterEntry>,
  ) {
    for (const entry of entries) {
      if (entry.institution !== institution) continue;
      const list = this.byId.get(entry.parameter) ?? [];
      list.push(entry);
      this.byId.set(entry.parameter, list);
    }
    for (const list of this.byId.values()) {
      list.sort((a, b) => a.effectiveFrom.compare(b.effectiveFrom) || a.version - b.version);
    }
  }

  /**
   * The value in force on `date`: the latest that had begun, the highest version of its day.
   * Refuses with `parameter_unset` (clause of the parameter) or `parameter_malformed` where a stored
   * value breaks the constraint. There is no default.
   */
  read<V>(
    parameter: Parameter<ParameterId, V>,
    date: CivilDate,
  ): Result<ParameterUsed<V>, ParameterRefusal> {
    const entry = this.byId
      .get(parameter.id)
      ?.findLast((candidate) => !candidate.effectiveFrom.isAfter(date));
    const about = {
      clause: parameter.clauses[0],
      facts: { parameter: parameter.id, institution: this.institution, date: date.toString() },
    };
    if (!entry) return refused('parameter_unset', about);
    const value = parameter.constraint.read(entry.value);
    if (value === undefined) return refused('parameter_malformed', about);
    return accepted({
      id: parameter.id,
      clause: parameter.clauses[0],
      value,
      version: entry.version,
      effectiveFrom: entry.effectiveFrom,
      enteredBy: entry.enteredBy,
      approvedBy: entry.approvedBy,
      isSample: entry.isSample ?? false,
    });
  }

  /** All parameters of a clause at once: `values` for its rule, `used` for the decision. */
  readAll<P extends Readonly<Record<string, Parameter>>>(
    table: P,
    date: CivilDate,
  ): Result<
    { readonly values: ParameterValues<P>; readonly used: readonly ParameterUsed[] },
    ParameterRefusal
  > {
    const values: Record<string, unknown> = {};
    const used: ParameterUsed[] = [];
    for (const [name, wanted] of Object.entries(table)) {
      const found = this.read(wanted, date);
      if (!found.ok) return found;
      values[name] = found.value.value;
      used.push(found.value);
    }
    return accepted({ values: values as ParameterValues<P>, used });
  }
}

export type ProposalRefusal = Refusal<
  | 'parameter_malformed'
  | 'second_person_required'
  | 'effective_date_passed'
  | 'correction_without_reason'
  | 'version_taken'
>;

/**
 * May `entry` join the values that stand? A change lies in the future; what reaches back to a day that
 * has begun is a correction with a reason and a higher version. Two natural persons, always. Never
 * retroactive on a decision already made: that one holds its own copy. Source: interpretations.md 4.1.
 */
export function mayEnter(
  parameter: Parameter,
  entry: ParameterEntry,
  standing: readonly ParameterEntry[],
  today: CivilDate,
): Result<ParameterEntry, ProposalRefusal> {
  const about = { clause: parameter.clauses[0], facts: { parameter: parameter.id } };
  if (parameter.constraint.read(entry.value) === undefined) {
    return refused('parameter_malformed', about);
  }
  if (entry.enteredBy === entry.approvedBy) return refused('second_person_required', about);
  const isCorrection = entry.correction !== undefined;
  if (isCorrection && entry.correction.trim() === '') {
    return refused('correction_without_reason', about);
  }
  if (!entry.effectiveFrom.isAfter(today) && !isCorrection) {
    return refused('effective_date_passed', about);
  }
  const taken = standing.some(
    (other) =>
      other.parameter === entry.parameter &&
      other.institution === entry.institution &&
      other.effectiveFrom.equals(entry.effectiveFrom) &&
      (!isCorrection || other.version >= entry.version),
  );
  return taken ? refused('version_taken', about) : accepted(entry);
}
