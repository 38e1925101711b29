import { hashOf, type CivilDate, type Instant, type Words, type Yen } from '#libs/kernel';
import type { ClauseId, Party } from '../clause-id.js';
import type { ParameterUsed } from '../parameter.js';
import type { ReadingUsed } from '../readings.js';

/**
 * The version of the rules, printed on every decision and raised with any change of a rule, a figure
 * or a reading. A stored decision replays only under the version that made it.
 */
export const RULESET = 'renkei-contracts/2026.11.1';

/** No clause decides: the case goes to a person. Never shown as a refusal (INT-05). */
export const NO_RULE = 'NO_RULE';
/** Facts that are not established would decide; `unknown` names them. */
export const UNDETERMINED = 'UNDETERMINED';

export type Effect =
  'applies' | 'not_met' | 'overridden' | 'barred' | 'undetermined' | 'parameter' | 'reading';

/** A fact as a decision used it: its value and the ids of its evidence. */
export interface FactUsed {
  readonly name: string;
  readonly value: unknown;
  readonly evidence: readonly string[];
}

/** One step of the reasoning: which clause, with what effect, from which facts, and why. */
export interface TraceNode {
  readonly clause: ClauseId;
  readonly effect: Effect;
  readonly facts: readonly FactUsed[];
  /** What the clause computed: a date, yen, a choice. */
  readonly value?: unknown;
  readonly overriddenBy?: readonly ClauseId[];
  readonly reason: Words;
  readonly children?: readonly TraceNode[];
}

/** What is left to do after the decision, by whom and until when (exclusive). */
export interface Duty {
  readonly who: Party;
  readonly what: Words;
  readonly due?: Instant;
  readonly clause: ClauseId;
}

/** A person must decide: why, and within which bounds (both inclusive) where yen are at stake. */
export interface HumanNeeded {
  readonly why: Words;
  readonly clause?: ClauseId;
  readonly bounds?: readonly [Yen, Yen];
}

/**
 * Every decision of the libraries. It is a value: canonical JSON of it is stored, replayed and hashed.
 * Parameters and readings are copied in, not referenced, so that a later change cannot alter it.
 */
export interface Decision<O> {
  readonly outcome: O;
  readonly ruleset: string;
  readonly institution: string;
  readonly asOf: CivilDate;
  /** `sha256:…` of the canonical JSON of all inputs (hashOf). */
  readonly inputHash: string;
  readonly trace: readonly TraceNode[];
  readonly parameters: readonly ParameterUsed[];
  readonly readings: readonly ReadingUsed[];
  /** Facts not established that would decide. */
  readonly unknown: readonly string[];
  readonly human?: HumanNeeded;
  readonly duties: readonly Duty[];
}

/** Collects what a decision must print while it is made; `decided` closes it. Holds no clock. */
export class DecisionDraft {
  private readonly trace: TraceNode[] = [];
  private readonly parameters: ParameterUsed[] = [];
  private readonly readings: ReadingUsed[] = [];
  private readonly unknown = new Set<string>();
  private readonly duties: Duty[] = [];
  private human: HumanNeeded | undefined;

  /** `input` is everything the decision depends on; its hash is printed. */
  constructor(
    private readonly context: {
      readonly institution: string;
      readonly asOf: CivilDate;
      readonly input: unknown;
    },
  ) {}

  step(node: TraceNode): this {
    this.trace.push(node);
    return this;
  }

  /** Prints parameters; one that is used twice is printed once. */
  uses(...parameters: readonly ParameterUsed[]): this {
    for (const one of parameters) {
      if (!this.parameters.some(({ id }) => id === one.id)) this.parameters.push(one);
    }
    return this;
  }

  reads(...readings: readonly ReadingUsed[]): this {
    for (const one of readings) {
      if (!this.readings.some(({ entry }) => entry === one.entry)) this.readings.push(one);
    }
    return this;
  }

  lacks(...facts: readonly string[]): this {
    facts.forEach((name) => this.unknown.add(name));
    return this;
  }

  leaves(...duties: readonly Duty[]): this {
    this.duties.push(...duties);
    return this;
  }

  needsPerson(human: HumanNeeded): this {
    this.human = human;
    return this;
  }

  decided<O>(outcome: O): Decision<O> {
    const { institution, asOf, input } = this.context;
    return {
      outcome,
      ruleset: RULESET,
      institution,
      asOf,
      inputHash: hashOf(input),
      trace: this.trace,
      parameters: this.parameters,
      readings: this.readings,
      unknown: [...this.unknown],
      ...(this.human ? { human: this.human } : {}),
      duties: this.duties,
    };
  }
}
