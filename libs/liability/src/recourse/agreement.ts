import { accepted, type Result, type Yen } from '#libs/kernel';
import type { Side } from '../attribution.js';
import type { RecourseAgreement } from './question.js';
import { refused } from '../refused.js';

/** The last version governs alone. Source: RKN-L2b/c. */
export const latestAgreement = (all: readonly RecourseAgreement[]): RecourseAgreement | undefined =>
  [...all].sort((a, b) => a.version - b.version).at(-1);

/** Both sides have accepted this very amount. Source: RKN-L2b/a. */
export const isAccepted = ({ acceptedForEpspBy, acceptedForFiBy }: RecourseAgreement): boolean =>
  Boolean(acceptedForEpspBy?.trim()) && Boolean(acceptedForFiBy?.trim());

/** One side accepts the amount as it stands. Refuses a second acceptance of the same side. */
export function acceptFor(
  agreement: RecourseAgreement,
  side: Side,
  person: string,
): Result<RecourseAgreement> {
  const field = side === 'EPSP' ? 'acceptedForEpspBy' : 'acceptedForFiBy';
  const about = { clause: 'RKN-L2b', facts: { field } };
  if (person.trim() === '') return refused('person_missing', about);
  if (agreement[field]) return refused('already_accepted', about);
  const other = agreement[side === 'EPSP' ? 'acceptedForFiBy' : 'acceptedForEpspBy'];
  if (other === person) return refused('second_person_required', about);
  return accepted({ ...agreement, [field]: person });
}

/** A change is a new version that nobody has accepted yet; the old one stays. Source: RKN-L2b/c. */
export const amended = (
  { version, claimant }: RecourseAgreement,
  amountYen: Yen,
  rationale: string,
): RecourseAgreement => ({ version: version + 1, claimant, amountYen, rationale });
