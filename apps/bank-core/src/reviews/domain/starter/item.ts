import type { ChecklistItem } from '../checklist-item.js';
import { DIVISIONS } from '../divisions.js';

type More = Partial<
  Pick<ChecklistItem, 'family' | 'appliesTo' | 'levelRequired' | 'weight' | 'critical'>
>;

/** One item of the starter template: goal and example, each in Japanese and English. */
export function item(
  itemId: string,
  goal: readonly [ja: string, en: string],
  example: readonly [ja: string, en: string],
  more: More = {},
): ChecklistItem {
  const division = Number(itemId.split('.')[0]);
  const family = DIVISIONS.find(({ number }) => number === division)?.family ?? 'organisation';
  return {
    itemId,
    division,
    family,
    goal: { ja: goal[0], en: goal[1] },
    example: { ja: example[0], en: example[1] },
    appliesTo: ['read', 'write', 'chain'],
    levelRequired: 2,
    weight: 3,
    critical: false,
    reference: '',
    ...more,
  };
}

export const CRITICAL: More = { critical: true, weight: 5 };
