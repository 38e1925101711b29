import type { CivilDate, Instant, Words } from '#libs/kernel';
import { wordingOf, type ChecklistItem, type Level } from './checklist-item.js';

/** What one institution asks, version by version; the one published last is judged by (RKN-S3b). */
export interface Standard {
  readonly institutionId: number;
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  readonly templateId: string;
  readonly templateVersion: number;
  readonly items: readonly ChecklistItem[];
  readonly contentHash: string;
  readonly publishedAt: Instant;
}

/** A set of items that standards are made from. It binds nobody. */
export interface Template {
  readonly templateId: string;
  readonly version: number;
  readonly title: Words;
  readonly items: readonly ChecklistItem[];
  readonly contentHash: string;
  readonly importedBy: string;
  readonly importedAt: Instant;
}

/** How a machine and a reader call a version. */
export const nameOfVersion = (version: number): string => `v${version}`;

export interface Asker {
  readonly institutionId: number;
  readonly levelRequired: Level;
}

/** One question, and which institutions ask it: answered once for all of them. */
export interface AskedItem {
  readonly item: ChecklistItem;
  readonly wording: string;
  readonly askedBy: readonly Asker[];
}

/** The questions of several standards, each once; newer words come first. */
export function askedIn(standards: readonly Standard[]): AskedItem[] {
  const newestFirst = standards.toSorted((one, other) => other.publishedAt - one.publishedAt);
  const asked = new Map<string, { item: ChecklistItem; askedBy: Asker[] }>();
  for (const { items, institutionId } of newestFirst)
    for (const item of items) {
      const wording = wordingOf(item);
      const known = asked.get(wording) ?? { item, askedBy: [] };
      known.askedBy.push({ institutionId, levelRequired: item.levelRequired });
      asked.set(wording, known);
    }
  return [...asked]
    .map(([wording, { item, askedBy }]) => ({ item, wording, askedBy }))
    .sort((one, other) => byNumber(one.item.itemId, other.item.itemId));
}

/** 2.10 after 2.9: items are numbered, not spelt. */
export function byNumber(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}
