import { gapsAgainst } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import { answersTo, type ItemAnswer } from './answer.js';
import { isSameDemand, type ChecklistItem } from './checklist-item.js';

/** An item of a standard that a submission does not meet, and whether the standard has just brought it. */
export interface Gap {
  readonly itemId: string;
  /** `unmet`: as it stood before; no transition runs for it. */
  readonly kind: 'added' | 'changed' | 'unmet';
}

/** A gap as it is kept: with the end of the transition (RKN-S3b/a). */
export interface KeptGap {
  readonly version: number;
  readonly epspId: string;
  readonly itemId: string;
  readonly kind: 'added' | 'changed';
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly endedAt: Instant | undefined;
  readonly endedBy: 'accepted' | 'superseded' | undefined;
  readonly submissionId: string | undefined;
}

/** What the answers do not meet, against a standard and the one before it. Source: RKN-S3b. */
export function gapsOf(
  items: readonly ChecklistItem[],
  before: readonly ChecklistItem[],
  answers: readonly ItemAnswer[],
): Gap[] {
  const unmet = gapsAgainst(
    items.map(({ itemId }) => itemId),
    answersTo(items, answers),
  );
  const old = new Map(before.map((item) => [item.itemId, item]));
  const now = new Map(items.map((item) => [item.itemId, item]));
  return unmet.map((itemId) => {
    const previous = old.get(itemId);
    const item = now.get(itemId);
    if (!previous) return { itemId, kind: 'added' };
    return { itemId, kind: item && isSameDemand(previous, item) ? 'unmet' : 'changed' };
  });
}

/** The gaps of earlier standards that a new one replaces: it asks anew, or no longer. */
export const supersededBy = (
  open: readonly KeptGap[],
  items: readonly ChecklistItem[],
  fresh: readonly Gap[],
): KeptGap[] =>
  open.filter(
    ({ itemId }) =>
      !items.some((item) => item.itemId === itemId) ||
      fresh.some((gap) => gap.itemId === itemId && gap.kind !== 'unmet'),
  );

/** The next end of a transition that lies ahead; what is past has been flagged and is not given anew. */
export const nextDue = (open: readonly KeptGap[], now: Instant): Instant | undefined =>
  open
    .map(({ dueAt }) => dueAt)
    .filter((dueAt) => dueAt > now)
    .sort((one, other) => one - other)[0];
