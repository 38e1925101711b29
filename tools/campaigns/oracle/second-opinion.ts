import type { ClaimForOpinion } from './claim.js';
import { coveredFrom, lastNoticeDay, noticeDayOf, windowsOf } from './days.js';
import { groundsIn, worldsOf, type Ground, type World } from './worlds.js';

/**
 * A second, independent reading of SM-14, written from the clause inventory and the terms alone.
 * It imports nothing of the libraries. Where facts are not established it does not reason in three
 * values: it writes out every world in which they are, judges each, and looks whether they agree.
 */
export type OpinionClass =
  | 'not_applicable'
  | 'not_claimable'
  | 'barred'
  | 'excluded'
  | 'full'
  | 'discretionary'
  | 'no_rule'
  | 'nothing_by_reading'
  | 'undetermined';

/** Why an amount that people determined cannot stand. */
export type AmountRefused = 'not_open' | 'negative' | 'above' | 'whole';

export interface Opinion {
  readonly class: OpinionClass;
  readonly noticeDay: string;
  readonly lastNoticeDay: string;
  /** First day of the window, as far as impediments are sure. */
  readonly from: string;
  /** Σ(amount + fee + interest) of the transfers in that window (SM-14.2d). */
  readonly covered: bigint;
  /** The grounds that exclude in every world; empty unless the class is `excluded`. */
  readonly grounds: readonly Ground[];
  /** What is granted before set-off; null where facts are missing or people must still act. */
  readonly award: bigint | null;
  readonly paid: bigint | null;
  readonly refused: AmountRefused | null;
}

type SureClass = Exclude<OpinionClass, 'undetermined'>;

function classIn(world: World, isLate: boolean, { letters }: ClaimForOpinion): SureClass {
  if (!world.applies) return 'not_applicable';
  if (!world.conditions) return 'not_claimable';
  if (isLate) return 'barred';
  if (groundsIn(world, letters['INT-04'] === 'B').length > 0) return 'excluded';
  if (world.fault === 'none') return 'full';
  if (world.fault === 'ordinary') return 'discretionary';
  const gap = { A: 'no_rule', B: 'discretionary', C: 'nothing_by_reading' } as const;
  return gap[letters['INT-05']];
}

const paysOut = (found: OpinionClass): boolean =>
  found === 'full' || found === 'discretionary' || found === 'no_rule';

/** The class on which all worlds agree, the worlds of the window included where yen hang on it. */
function classOf(claim: ClaimForOpinion, isLate: boolean, sums: readonly bigint[]): OpinionClass {
  const seen = new Set(worldsOf(claim).map((world) => classIn(world, isLate, claim)));
  const [only] = seen;
  if (only === undefined || seen.size > 1) return 'undetermined';
  return paysOut(only) && new Set(sums).size > 1 ? 'undetermined' : only;
}

/** The grounds that exclude in all worlds. */
function sureGrounds(claim: ClaimForOpinion): Ground[] {
  const lists = worldsOf(claim).map((world) => groundsIn(world, claim.letters['INT-04'] === 'B'));
  return (lists[0] ?? []).filter((ground) => lists.every((list) => list.includes(ground)));
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Whether an amount that people set may stand (SM-14.2e, INT-05, INT-06). */
function refusalOf(amount: bigint, found: OpinionClass, base: bigint): AmountRefused | null {
  if (found !== 'discretionary' && found !== 'no_rule') return 'not_open';
  if (amount < 0n) return 'negative';
  if (amount > base) return 'above';
  // Nothing is a recorded refusal; the whole would need the finding of no fault (SM-14.2e/b).
  return found === 'discretionary' && amount === base && amount !== 0n ? 'whole' : null;
}

/** Award and payment of SM-14.2a, 14.2e, 14.5a and 14.5b under either basis of INT-07. */
function amounts(claim: ClaimForOpinion, found: OpinionClass, covered: bigint) {
  const { determined } = claim;
  const received = claim.repaid + claim.recovered;
  const isBefore = claim.letters['INT-07'] === 'B';
  const base = isBefore ? covered - least(covered, received) : covered;
  const open = { award: null, paid: null };
  if (determined !== null) {
    const refused = refusalOf(determined, found, base);
    if (refused) return { ...open, refused };
  }
  if (found === 'undetermined') return { ...open, refused: null };
  if (!paysOut(found)) return { award: 0n, paid: 0n, refused: null };
  const award = found === 'full' ? base : determined;
  if (award === null) return { ...open, refused: null };
  return { award, paid: isBefore ? award : award - least(award, received), refused: null };
}

/** Judges one claim. Throws a RangeError for a day outside the calendar. */
export function secondOpinion(claim: ClaimForOpinion): Opinion {
  const noticeDay = noticeDayOf(claim.messages, claim.letters['INT-26']);
  const lastDay = lastNoticeDay(claim);
  const windows = windowsOf(claim, noticeDay);
  const sums = windows.map((from) => coveredFrom(claim.transfers, from));
  const found = classOf(claim, noticeDay > lastDay, sums);
  const covered = sums[0] ?? 0n;
  return {
    class: found,
    noticeDay,
    lastNoticeDay: lastDay,
    from: windows[0] ?? noticeDay,
    covered,
    grounds: found === 'excluded' ? sureGrounds(claim) : [],
    ...amounts(claim, found, covered),
  };
}
