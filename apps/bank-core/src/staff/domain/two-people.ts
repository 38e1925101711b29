import type { TwoPeople } from '#libs/contracts';
import { accepted, type Refusal, type Result } from '#libs/kernel';
import type { Proposal, StaffMember } from './staff-member.js';

/** Stands for whoever will approve while nobody has: a proposal is judged as if there were a second person. */
const SOMEBODY_ELSE = 'prs_whoever_approves';

/** The two natural persons of a step: `by` proposes, or approves what the other has proposed (T-17). */
export const twoPeople = (by: StaffMember, proposal: Proposal | undefined): TwoPeople =>
  proposal
    ? { enteredBy: proposal.proposedBy.personId, approvedBy: by.personId }
    : { enteredBy: by.personId, approvedBy: SOMEBODY_ELSE };

/**
 * Of several institutions each decides for itself, so one where the step could be taken is enough; where none is, the
 * first refusal says why. `none` is said where nobody was asked. Source: RKN-0.2, RKN-S4c/d.
 */
export async function oneIsEnough(
  institutionIds: readonly number[],
  ask: (institutionId: number) => Promise<Result<unknown, Refusal<string>>>,
  none: Refusal<string>,
): Promise<Result<void, Refusal<string>>> {
  let first: Refusal<string> | undefined;
  for (const institutionId of institutionIds) {
    const answer = await ask(institutionId);
    if (answer.ok) return accepted(undefined);
    first ??= answer.refusal;
  }
  return { ok: false, refusal: first ?? none };
}

/** A refusal at one institution is the outcome there, and stops no other. */
export interface RefusedOutcome {
  readonly refused: string;
  readonly clause?: string;
}

export const refusedOutcome = ({ code, clause }: Refusal<string>): RefusedOutcome => ({
  refused: code,
  ...(clause === undefined ? {} : { clause }),
});
