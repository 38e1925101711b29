import { partialAward, type TraceNode } from '#libs/contracts';
import { accepted, maxYen, yenForPeople, type Result, type Yen } from '#libs/kernel';
import type { Determination } from './claim.js';
import type { PayingKind } from './fault-class.js';
import { afterSetOff, type Returned } from './set-off.js';
import { refused } from '../refused.js';

/** From what refunds and damages come off. Source: INT-07 (A `award`, B `covered`). */
export type SetOffBasis = 'award' | 'covered';

export interface Award {
  /** Both inclusive: what people may set. Equal bounds leave nothing to set. */
  readonly bounds: readonly [Yen, Yen];
  /** 補てん額 before or after set-off, as the basis says; null until two people have set it. */
  readonly awardYen: Yen | null;
  /** What is to be paid; null until then. */
  readonly payableYen: Yen | null;
}

/**
 * The award for a class: the whole (SM-14.2a, fixed, nobody lowers it), or what two people determine
 * within bounds (SM-14.2e, INT-05, INT-06). There is no default ratio. Refuses a determination where
 * none is open, without grounds, by one person alone, out of bounds, or of the full amount in place of
 * the finding that the holder was without fault (SM-14.2e/b).
 */
export function award(
  kind: PayingKind,
  coveredYen: Yen,
  back: Returned,
  basis: SetOffBasis,
  determination?: Determination,
): Result<Award> {
  const baseYen = basis === 'covered' ? afterSetOff(coveredYen, back) : coveredYen;
  if (kind === 'full' || kind === 'nothing_by_reading') {
    if (determination) return determinationNotOpen(kind);
    const awardYen = kind === 'full' ? baseYen : 0n;
    return accepted(settled([awardYen, awardYen], awardYen, back, basis));
  }
  const most = kind === 'no_rule' ? baseYen : maxYen(0n, baseYen - 1n);
  if (!determination) {
    return accepted({ bounds: [0n, most], awardYen: null, payableYen: null });
  }
  const checked = checkDetermination(determination, kind, baseYen);
  if (!checked.ok) return checked;
  return accepted(settled([0n, most], determination.amountYen, back, basis));
}

/**
 * What two people set, with their grounds and the bounds they had. Source: INT-06. Where no clause
 * speaks, SM-14.2e does not apply: it is the nearest, and the register names it (INT-05).
 */
export const determinationNode = (
  kind: PayingKind,
  { amountYen, grounds, decidedBy, approvedBy }: Determination,
  [least, most]: readonly [Yen, Yen],
): TraceNode => ({
  clause: 'SM-14.2e',
  effect: kind === 'no_rule' ? 'reading' : 'applies',
  facts: [
    { name: 'amountYen', value: amountYen, evidence: [] },
    { name: 'grounds', value: grounds, evidence: [] },
    { name: 'enteredBy', value: decidedBy, evidence: [] },
    { name: 'secondApprover', value: approvedBy, evidence: [] },
  ],
  value: amountYen,
  reason: {
    ja: `${yenForPeople(least)}以上${yenForPeople(most)}以下の範囲で、二人が${yenForPeople(amountYen)}と決めた。`,
    en: `Within ${least} to ${most} yen, two people set ${amountYen} yen.`,
  },
});

/** SM-14.2a/a: an amount that a clause fixes is not for people to change. */
export const determinationNotOpen = (kind: string) =>
  refused('determination_not_open', {
    clause: 'SM-14.2a',
    facts: { field: 'determination', outcome: kind },
  });

function settled(
  bounds: readonly [Yen, Yen],
  awardYen: Yen,
  back: Returned,
  basis: SetOffBasis,
): Award {
  const payableYen = basis === 'award' ? afterSetOff(awardYen, back) : awardYen;
  return { bounds, awardYen, payableYen };
}

function checkDetermination(
  { amountYen, grounds, decidedBy, approvedBy }: Determination,
  kind: 'discretionary' | 'no_rule',
  baseYen: Yen,
): Result<true> {
  const about = (field: string) => ({
    clause: 'SM-14.2e',
    facts: { field: `determination.${field}` },
  });
  if (grounds.trim() === '') return refused('grounds_missing', about('grounds'));
  if (decidedBy.trim() === '') return refused('person_missing', about('decidedBy'));
  if (approvedBy.trim() === '') return refused('person_missing', about('approvedBy'));
  if (decidedBy === approvedBy) return refused('second_person_required', about('approvedBy'));
  if (kind === 'no_rule') {
    const within = amountYen >= 0n && amountYen <= baseYen;
    return within ? accepted(true) : refused('award_out_of_bounds', about('amountYen'));
  }
  const judged = partialAward(amountYen, baseYen);
  return judged.ok ? accepted(true) : refused(judged.refusal.code, about('amountYen'));
}
