import {
  ParameterBook,
  ReadingBook,
  type HolderKind,
  type ParameterEntry,
  type ReadingChoice,
} from '#libs/contracts';
import { CivilDate, type Result } from '#libs/kernel';
import {
  assessFraud,
  decideCompensation,
  decideRecourse,
  type CaseDecision,
  type CompensationClaim,
  type RecourseQuestion,
} from '#libs/liability';
import { choicesFrom, entriesFrom, readStored } from './stored-values.js';

/** By what an institution decides on one day: its dated values and readings, all of them copied in. */
export interface DatedTerms {
  readonly institution: string;
  readonly asOf: CivilDate;
  readonly entries: readonly ParameterEntry[];
  readonly choices: readonly ReadingChoice[];
}

/** Everything that a decision is made from. It is stored beside the decision and makes it again. */
export type DecisionInputs = DatedTerms &
  (
    | { readonly about: 'compensation'; readonly asked: CompensationClaim }
    | {
        readonly about: 'fraud_policy';
        readonly asked: CompensationClaim;
        readonly holderKind: HolderKind | 'unknown';
      }
    | { readonly about: 'recourse'; readonly asked: RecourseQuestion }
  );

const termsOf = ({ institution, asOf, entries, choices }: DatedTerms) => ({
  institution,
  asOf,
  parameters: new ParameterBook(institution, entries),
  readings: new ReadingBook(institution, choices),
});

/** Asks the library. The same inputs give the same decision, to the byte. */
export function decide(inputs: DecisionInputs): Result<CaseDecision> {
  const terms = termsOf(inputs);
  switch (inputs.about) {
    case 'compensation': {
      const made = decideCompensation(inputs.asked, terms);
      return made.ok ? { ok: true, value: { about: inputs.about, decision: made.value } } : made;
    }
    case 'fraud_policy': {
      const made = assessFraud(inputs.asked, inputs.holderKind, terms);
      return made.ok ? { ok: true, value: { about: inputs.about, decision: made.value } } : made;
    }
    case 'recourse': {
      const made = decideRecourse(inputs.asked, terms);
      return made.ok ? { ok: true, value: { about: inputs.about, decision: made.value } } : made;
    }
  }
}

/** Reads inputs back as they were stored. */
export function inputsFrom(text: string): DecisionInputs {
  const stored = readStored(text) as Record<string, unknown>;
  return {
    ...stored,
    asOf: CivilDate.from(String(stored['asOf'])),
    entries: entriesFrom(stored['entries']),
    choices: choicesFrom(stored['choices']),
  } as unknown as DecisionInputs;
}
