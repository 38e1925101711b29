import { factName, type ClauseId, type FactName } from '#libs/contracts';
import type { Words } from '#libs/kernel';

/** Something that a holder has to give before the claim can be decided. */
export interface NeededFromHolder extends Words {
  readonly fact: FactName;
  readonly clause: ClauseId;
}

/** Of what a decision lacks: what only the holder can give. The rest is the institution's to find. */
const HOLDER_GIVES = {
  adequateExplanation: 'SM-14.1-2',
  policeReport: 'SM-14.1-3',
  otherTheftEvidence: 'SM-14.1-3',
  cooperation: 'SM-14.1-3',
} as const satisfies Partial<Record<FactName, ClauseId>>;

/** What of the facts that a decision lacks is the holder's to give, in the order of the text. */
export function neededFromHolder(unknown: readonly string[]): NeededFromHolder[] {
  return Object.entries(HOLDER_GIVES)
    .filter(([name]) => unknown.includes(name))
    .map(([name, clause]) => ({ fact: name as FactName, clause, ...factName(name) }));
}

/** What the institution has still to find, by number alone: how it looks into a matter is not told. */
export const openAtInstitution = (unknown: readonly string[]): number =>
  unknown.filter((name) => !(name in HOLDER_GIVES)).length;
