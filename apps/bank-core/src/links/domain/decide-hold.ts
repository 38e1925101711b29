import {
  LINK_RIGHTS,
  type HoldEvent,
  type LinkRight,
  type Reach,
  type RemovedRight,
} from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { LinkMeasure, LinkScope } from './link-state.js';

/** What the published text does not know needs a basis of its own; these may be named (INT-13). */
const BASES = ['not_in_published_part', 'SM-3.4-1-4', 'SM-16a'] as const;
const NOT_A_BASIS = ['RKN-S4c', 'RKN-C2b'];

export interface HoldPeople {
  readonly enteredBy: string;
  readonly approvedBy: string;
}

/** The basis that the words name: a clause of suspension makes the machine refuse. */
const basisNamedIn = (words: string): string =>
  NOT_A_BASIS.find((id) => words.includes(id)) ??
  BASES.find((id) => words.includes(id)) ??
  BASES[0];

const reachOf = (partner: string): Reach => {
  if (partner === '*') return 'all';
  return partner === 'none' ? 'direct' : (partner as Reach);
};

/** What a scope takes away, in the words of the machine (INT-17). */
export function removedBy(scope: LinkScope): readonly RemovedRight[] {
  const rights = scope.function === '*' ? LINK_RIGHTS : [scope.function as LinkRight];
  return rights.map((right) => ({ right, reach: reachOf(scope.chainPartnerId) }));
}

const HOUR_MS = 3_600_000;

/**
 * The event of a hold that stands as a row alone, from before holds were kept as matters: what two people agreed on
 * then holds, whatever may be chosen today. Source: INT-13.
 */
export const holdStood = (hold: LinkMeasure, people: HoldPeople): HoldSet => ({
  ...holdSet(hold, people, Math.ceil((hold.until - hold.since) / HOUR_MS), hold.since),
  basis: BASES.find((id) => hold.basis.includes(id)) ?? BASES[0],
});

type HoldSet = Extract<HoldEvent, { type: 'hold_set' }>;

/** The event by which a hold is set, as the machine of libs/contracts judges it. Source: INT-13. */
export const holdSet = (
  hold: LinkScope & { id: string; institutionId: number; basis: string; until: Instant },
  people: HoldPeople,
  maxHours: number | undefined,
  now: Instant,
): HoldSet => ({
  type: 'hold_set',
  id: hold.id,
  happenedAt: now,
  institution: String(hold.institutionId),
  basis: basisNamedIn(hold.basis),
  basesAllowed: BASES,
  reason: hold.basis,
  removed: removedBy(hold),
  latestEnd: hold.until,
  ...(maxHours === undefined ? {} : { maxHours }),
  ...people,
});
