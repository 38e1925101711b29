import {
  beginHold,
  LINK_RIGHTS,
  stepHold,
  type LinkRight,
  type Reach,
  type RemovedRight,
} from '#libs/contracts';
import { accepted, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { HoldRefusal } from './link.refusals.js';
import type { LinkMeasure, LinkScope, LinkStateName } from './link-state.js';

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

/** Everything from everybody is a suspension, anything less a restriction (INT-17). */
export const stateNameOf = (scope: LinkScope): LinkStateName =>
  scope.function === '*' && scope.chainPartnerId === '*' ? 'suspended' : 'restricted';

const machineOf = (institutionId: number, scope: LinkScope, at: Instant) =>
  beginHold(String(institutionId), scope.epspId, at);

/** May this hold be set now? The answer is the machine's of libs/contracts. Source: INT-13. */
export function decideHold(
  hold: LinkScope & { institutionId: number; basis: string; until: Instant },
  people: HoldPeople,
  maxHours: number | undefined,
  now: Instant,
): Result<LinkStateName, Refusal<HoldRefusal>> {
  const stepped = stepHold(
    machineOf(hold.institutionId, hold, now),
    {
      type: 'hold_set',
      id: 'set',
      happenedAt: now,
      institution: String(hold.institutionId),
      basis: basisNamedIn(hold.basis),
      basesAllowed: BASES,
      reason: hold.basis,
      removed: removedBy(hold),
      latestEnd: hold.until,
      ...(maxHours === undefined ? {} : { maxHours }),
      ...people,
    },
    now,
  );
  return stepped.ok ? accepted(stateNameOf(hold)) : stepped;
}

/** May this hold be lifted now, by these two people, for this reason? */
export function decideRelease(
  measure: LinkMeasure,
  people: HoldPeople,
  reason: string,
  now: Instant,
): Result<void, Refusal<HoldRefusal>> {
  const held = {
    ...machineOf(measure.institutionId, measure, measure.since),
    name: 'HELD' as const,
  };
  const stepped = stepHold(
    held,
    { type: 'released', id: 'release', happenedAt: now, reason, ...people },
    now,
  );
  return stepped.ok ? accepted(undefined) : stepped;
}
