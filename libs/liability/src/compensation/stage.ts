import type { ClauseId, FactName, FactUsed, TraceNode } from '#libs/contracts';
import type { Finding, Tri } from '#libs/kernel';
import type { Judged } from './claim.js';

/** What a claim comes to. `undetermined`: facts are missing that would decide it. */
export type CompensationKind =
  | 'not_applicable'
  | 'not_claimable'
  | 'barred'
  | 'excluded'
  | 'full'
  | 'discretionary'
  | 'no_rule'
  | 'nothing_by_reading'
  | 'undetermined';

/** One gate of the pipeline: whether the claim passes, what it comes to if not, and why. */
export interface Gate {
  readonly passes: Tri;
  readonly otherwise: CompensationKind;
  /** The clause that closes the gate: the first that fails. */
  readonly clause: ClauseId;
  /** The facts that keep the gate from being decided; empty unless `passes` is "unknown". */
  readonly unknown: readonly FactName[];
  readonly trace: readonly TraceNode[];
}

/** A fact as the trace prints it. */
export const used = (name: FactName, fact: Finding | Judged<string>): FactUsed => ({
  name,
  value: fact.value,
  evidence: fact.evidence,
});

/** The effect of a three-valued answer on the clause that asked. */
export const effectOf = (value: Tri): TraceNode['effect'] =>
  value === 'yes' ? 'applies' : value === 'no' ? 'not_met' : 'undetermined';
