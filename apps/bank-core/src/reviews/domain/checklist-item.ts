import type { ChecklistAnswer } from '#libs/contracts';
import { hashOf, type Words } from '#libs/kernel';

export type Family = ChecklistAnswer['family'];
export const FAMILIES = [
  'protection',
  'organisation',
  'user_protection',
] as const satisfies readonly Family[];

/** Which linkage an item is about: reads, transfers, chain partners. */
export const REACHES = ['read', 'write', 'chain'] as const;
export type ItemReach = (typeof REACHES)[number];

/** 1: it is written down. 2: it is done, and that can be shown. 3: somebody independent has verified it. */
export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];
export const WEIGHT_MAX = 5;

/** One item of a checklist, in our own words. Source: RKN-S2, RKN-S3a. */
export interface ChecklistItem {
  readonly itemId: string;
  /** 1 to 12; see divisions.ts. */
  readonly division: number;
  /** `protection` is the family of RKN-S2: whoever claims it shows evidence. */
  readonly family: Family;
  readonly goal: Words;
  /** How it may be met; another way that reaches the goal is as good. */
  readonly example: Words;
  readonly appliesTo: readonly ItemReach[];
  readonly levelRequired: Level;
  readonly weight: number;
  /** Not met, it caps the score. */
  readonly critical: boolean;
  /** Where another catalogue asks the same, by its number; empty where none does. */
  readonly reference: string;
}

/** Items never change; a digest is worked out once for each. */
const digests = new WeakMap<ChecklistItem, string>();

/** The digest of what is asked: with other words it is another question, and its answer another answer. */
export function wordingOf(item: ChecklistItem): string {
  const known = digests.get(item);
  if (known !== undefined) return known;
  const { itemId, division, family, goal, example, appliesTo } = item;
  const digest = hashOf({ itemId, division, family, goal, example, appliesTo });
  digests.set(item, digest);
  return digest;
}

/** What somebody has to look at anew: its words, or how far it has to be met (RKN-S3b/a). */
export const isSameDemand = (before: ChecklistItem, after: ChecklistItem): boolean =>
  wordingOf(before) === wordingOf(after) && before.levelRequired >= after.levelRequired;
