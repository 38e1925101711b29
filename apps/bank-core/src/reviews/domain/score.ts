import type { ChecklistAnswer } from '#libs/contracts';
import type { Words } from '#libs/kernel';
import { answersTo, type ItemAnswer } from './answer.js';
import type { ChecklistItem } from './checklist-item.js';

/** How an answer counts, in halves, so that no fraction is ever rounded before the end. */
const HALVES: Readonly<Record<ChecklistAnswer['answer'], number>> = {
  met: 2,
  partly: 1,
  not_met: 0,
  unanswered: 0,
  not_applicable: 0,
};
export const CAP_FOR_CRITICAL = 59;

/** A figure for people to look at; nothing is accepted, refused or stopped because of it. */
export interface Score {
  /** 0 to 100, rounded down; absent where no item applies. */
  readonly points: number | undefined;
  /** Before the cap. */
  readonly uncapped: number | undefined;
  /** Σ weight × halves of the items that apply. */
  readonly reached: number;
  /** Σ weight × 2 of the items that apply. */
  readonly reachable: number;
  /** Critical items that are not met; one of them caps the score. */
  readonly cappedBy: readonly string[];
  readonly formula: Words;
}

const formula: Words = {
  ja:
    '点数 = ⌊100 × Σ(重み × 点) ÷ Σ(重み × 2)⌋。点は、満たす=2、一部または水準に届かない=1、' +
    '満たさない・未回答・審査者が不十分とした項目=0。対象外の項目は数えない。' +
    `重要項目を満たさないときは ${CAP_FOR_CRITICAL} を上限とする。`,
  en:
    'points = floor(100 × sum(weight × p) / sum(weight × 2)); p is 2 where met, 1 where partly met or ' +
    'below the level, 0 where not met, unanswered or found insufficient by the reviewer; what does ' +
    `not apply is left out. A critical item that is not met caps the score at ${CAP_FOR_CRITICAL}.`,
};

/** Scores the answers against a standard; `insufficient` are the items whose answer the reviewer does not accept. */
export function scoreOf(
  items: readonly ChecklistItem[],
  answers: readonly ItemAnswer[],
  insufficient: ReadonlySet<string> = new Set(),
): Score {
  const read = new Map(answersTo(items, answers).map((one) => [one.item, one.answer]));
  const answerOf = ({ itemId }: ChecklistItem): ChecklistAnswer['answer'] =>
    insufficient.has(itemId) ? 'not_met' : (read.get(itemId) ?? 'unanswered');
  const counted = items.filter((item) => answerOf(item) !== 'not_applicable');
  const reachable = counted.reduce((sum, { weight }) => sum + weight * 2, 0);
  const reached = counted.reduce((sum, item) => sum + item.weight * HALVES[answerOf(item)], 0);
  const cappedBy = counted.flatMap((item) =>
    item.critical && answerOf(item) !== 'met' ? [item.itemId] : [],
  );
  const uncapped = reachable === 0 ? undefined : Math.floor((100 * reached) / reachable);
  const isCapped = cappedBy.length > 0 && uncapped !== undefined;
  const points = isCapped ? Math.min(uncapped, CAP_FOR_CRITICAL) : uncapped;
  return { points, uncapped, reached, reachable, cappedBy, formula };
}
