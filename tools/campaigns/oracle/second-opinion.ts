import { lastDayOfYears, nameAt, positionOf } from './calendar.js';

/**
 * A second, independent reading of SM-14, written from the clause inventory and the terms alone.
 * It imports nothing of the libraries. Where facts are not established it does not reason in three
 * values: it writes out every world in which they are, judges each, and looks whether they agree.
 */
export type Known = 'yes' | 'no' | 'unknown';
export type HolderFault = 'none' | 'ordinary' | 'gross' | 'intent';

export interface WrongfulTransfer {
  /** The Tokyo day on which it was made, `YYYY-MM-DD`. */
  readonly day: string;
  readonly principal: bigint;
  readonly fee: bigint;
  readonly interest: bigint;
}

export interface Impediment {
  readonly from: string;
  readonly to: string;
  readonly proven: boolean;
}

export interface ClaimForOpinion {
  readonly individual: Known;
  readonly promptNotice: Known;
  readonly explained: Known;
  readonly cooperated: Known;
  readonly noticeDay: string;
  /** Null where the day of the theft is not clear: then the first wrongful transfer starts the bar. */
  readonly theftDay: string | null;
  readonly transfers: readonly WrongfulTransfer[];
  readonly impediments: readonly Impediment[];
  /** Which end days of an impediment count: `P.sm.impediment.endDays`. */
  readonly endDays: 'both' | 'one';
  readonly fault: HolderFault | 'unknown';
  /** Good faith and absence of fault on the Union's side, both found. */
  readonly unionFaultless: Known;
  readonly byFamily: Known;
  readonly falseStatement: Known;
  readonly disorder: Known;
  /** What the Union has repaid of the deposit, and what the wrongdoer has given back. */
  readonly repaid: bigint;
  readonly recovered: bigint;
  /** The amount that people determined under SM-14.2e; null while nobody has. */
  readonly determined: bigint | null;
  /** INT-07: set off from the award (A) or from the covered amount before it (B). */
  readonly setOffBasis: 'award' | 'covered';
}

export type OpinionClass =
  | 'not_applicable'
  | 'not_claimable'
  | 'barred'
  | 'excluded'
  | 'full'
  | 'discretionary'
  | 'no_rule'
  | 'undetermined';

export interface Opinion {
  readonly class: OpinionClass;
  /** First day of the window and last day for the notice. */
  readonly from: string;
  readonly lastNoticeDay: string;
  readonly extensionDays: number;
  /** Σ(principal + fee + interest) of the transfers in the window (SM-14.2d). */
  readonly covered: bigint;
  /** What is granted before set-off; null where people must still act or no clause grants. */
  readonly award: bigint | null;
  readonly setOff: bigint | null;
  readonly paid: bigint | null;
  /** An amount under SM-14.2e that lies outside what the clause allows. */
  readonly amountRefused: boolean;
}

/** One world: everything is established. */
interface World {
  readonly individual: boolean;
  readonly conditions: boolean;
  readonly fault: HolderFault;
  readonly unionFaultless: boolean;
  readonly byFamily: boolean;
  readonly falseStatement: boolean;
  readonly disorder: boolean;
}

/** The days that proven impediments lasted, each day once (SM-14.2c, INT-02). */
export function extensionDays(impediments: readonly Impediment[], endDays: 'both' | 'one'): number {
  const lasted = new Set<number>();
  for (const { from, to, proven } of impediments) {
    if (!proven) continue;
    const first = positionOf(from) + (endDays === 'one' ? 1 : 0);
    for (let place = first; place <= positionOf(to); place += 1) lasted.add(place);
  }
  return lasted.size;
}

/** The first day whose transfers are covered: 30 days and the extension before the notice day. */
export const firstCoveredDay = (noticeDay: string, extension: number): string =>
  nameAt(positionOf(noticeDay) - (30 + extension));

/** The last day on which notice keeps SM-14.1 and 14.2 alive (SM-14.3, INT-01 A, INT-03 A). */
export function lastNoticeDay(
  theftDay: string | null,
  transfers: readonly WrongfulTransfer[],
): string {
  const first = transfers.map((t) => t.day).sort()[0];
  const start = theftDay ?? first;
  if (start === undefined) throw new RangeError('Neither a theft nor a transfer has a day.');
  return lastDayOfYears(start, 2);
}

function classIn(world: World, isLate: boolean): Exclude<OpinionClass, 'undetermined'> {
  if (!world.individual) return 'not_applicable';
  if (!world.conditions) return 'not_claimable';
  if (isLate) return 'barred';
  const oneOfThree = world.fault === 'gross' || world.byFamily || world.falseStatement;
  if (world.disorder || (world.unionFaultless && oneOfThree)) return 'excluded';
  if (world.fault === 'none') return 'full';
  if (world.fault === 'ordinary') return 'discretionary';
  return 'no_rule';
}

const both = (value: Known): boolean[] => (value === 'unknown' ? [true, false] : [value === 'yes']);

function* worldsOf(claim: ClaimForOpinion): Generator<World> {
  const faults: HolderFault[] =
    claim.fault === 'unknown' ? ['none', 'ordinary', 'gross', 'intent'] : [claim.fault];
  for (const individual of both(claim.individual))
    for (const prompt of both(claim.promptNotice))
      for (const explained of both(claim.explained))
        for (const cooperated of both(claim.cooperated))
          for (const fault of faults)
            for (const unionFaultless of both(claim.unionFaultless))
              for (const byFamily of both(claim.byFamily))
                for (const falseStatement of both(claim.falseStatement))
                  for (const disorder of both(claim.disorder)) {
                    const conditions = prompt && explained && cooperated;
                    yield {
                      individual,
                      conditions,
                      fault,
                      unionFaultless,
                      byFamily,
                      falseStatement,
                      disorder,
                    };
                  }
}

function classOf(claim: ClaimForOpinion, isLate: boolean): OpinionClass {
  let agreed: OpinionClass | undefined;
  for (const world of worldsOf(claim)) {
    const seen = classIn(world, isLate);
    if (agreed !== undefined && agreed !== seen) return 'undetermined';
    agreed = seen;
  }
  return agreed ?? 'undetermined';
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Award and set-off of SM-14.2a, 14.2e, 14.5a and 14.5b under either basis of INT-07. */
function amounts(claim: ClaimForOpinion, found: OpinionClass, covered: bigint) {
  const received = claim.repaid + claim.recovered;
  const base = claim.setOffBasis === 'covered' ? covered - least(covered, received) : covered;
  const none = { award: null, setOff: null, paid: null, amountRefused: false };
  if (found !== 'full' && found !== 'discretionary') return none;
  let award = base;
  if (found === 'discretionary') {
    if (claim.determined === null) return none;
    // Nothing is a recorded refusal; the whole would need the finding of no fault (SM-14.2e/b).
    const allowed = claim.determined === 0n || (claim.determined > 0n && claim.determined < base);
    if (!allowed) return { ...none, amountRefused: true };
    award = claim.determined;
  }
  const setOff =
    claim.setOffBasis === 'covered' ? least(covered, received) : least(award, received);
  const paid = claim.setOffBasis === 'covered' ? award : award - setOff;
  return { award, setOff, paid, amountRefused: false };
}

/** Judges one claim. Throws a RangeError for a day outside the calendar. */
export function secondOpinion(claim: ClaimForOpinion): Opinion {
  const extension = extensionDays(claim.impediments, claim.endDays);
  const from = firstCoveredDay(claim.noticeDay, extension);
  const lastDay = lastNoticeDay(claim.theftDay, claim.transfers);
  let covered = 0n;
  for (const transfer of claim.transfers) {
    // Days written as YYYY-MM-DD sort as days.
    if (transfer.day >= from) covered += transfer.principal + transfer.fee + transfer.interest;
  }
  const found = classOf(claim, claim.noticeDay > lastDay);
  return {
    class: found,
    from,
    lastNoticeDay: lastDay,
    extensionDays: extension,
    covered,
    ...amounts(claim, found, covered),
  };
}
