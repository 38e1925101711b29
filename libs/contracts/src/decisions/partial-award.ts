import { accepted, refused, type Refusal, type Result, type Yen } from '#libs/kernel';

export type PartialAwardRefusal = Refusal<'award_out_of_bounds' | 'no_fault_finding_required'>;

/**
 * Judges an amount that two people set under SM-14.2e. Strictly between nothing and the covered amount
 * it is a partial award; 0 is a recorded refusal; the full amount needs the finding of SM-14.2a
 * instead. There is no default ratio. Yen. Source: SM-14.2e, INT-06.
 */
export function partialAward(
  amount: Yen,
  covered: Yen,
): Result<'partial' | 'refused_by_people', PartialAwardRefusal> {
  const about = { clause: 'SM-14.2e', facts: { covered: covered.toString() } };
  if (amount < 0n || amount > covered) return refused('award_out_of_bounds', about);
  if (amount === 0n) return accepted('refused_by_people');
  return amount === covered ? refused('no_fault_finding_required', about) : accepted('partial');
}
