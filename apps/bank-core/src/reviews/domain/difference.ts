import { changedItems } from '#libs/contracts';
import { answersTo, type ItemAnswer } from './answer.js';
import { wordingOf, type ChecklistItem } from './checklist-item.js';
import type { SubmittedContent } from './submission.js';

/** What differs in the answer to one item. Source: RKN-S3a/a. */
export interface ItemDifference {
  readonly itemId: string;
  readonly before: ItemAnswer | undefined;
  readonly after: ItemAnswer | undefined;
  /** The words of the item are others than they were. */
  readonly isReworded: boolean;
  /** Its answer or its evidence is another: what libs/contracts counts as changed. */
  readonly isBinding: boolean;
}

type Answered = Pick<SubmittedContent, 'items' | 'answers'>;

/** Item by item what a submission changes against the one before; items without a difference are left out. */
export function differenceOf(before: Answered, after: Answered): ItemDifference[] {
  const binding = new Set(
    changedItems(answersTo(before.items, before.answers), answersTo(after.items, after.answers)),
  );
  const ids = [...new Set([...before.items, ...after.items].map(({ itemId }) => itemId))];
  return ids.flatMap((itemId) => {
    const [old, now] = [answerIn(before, itemId), answerIn(after, itemId)];
    const isReworded = old.item !== undefined && now.item !== undefined && !isSame(old, now);
    const isBinding = binding.has(itemId) || isReworded;
    if (!isBinding && sayAnswer(old.answer) === sayAnswer(now.answer)) return [];
    return [{ itemId, before: old.answer, after: now.answer, isReworded, isBinding }];
  });
}

interface Found {
  readonly item: ChecklistItem | undefined;
  readonly answer: ItemAnswer | undefined;
}

function answerIn({ items, answers }: Answered, itemId: string): Found {
  const item = items.find((one) => one.itemId === itemId);
  const wording = item && wordingOf(item);
  return {
    item,
    answer: answers.find((one) => one.itemId === itemId && one.wording === wording),
  };
}

const isSame = (old: Found, now: Found): boolean =>
  old.item !== undefined && now.item !== undefined && wordingOf(old.item) === wordingOf(now.item);

const sayAnswer = (answer: ItemAnswer | undefined): string =>
  answer === undefined
    ? ''
    : JSON.stringify([
        answer.answer,
        answer.level,
        answer.byAlternative,
        answer.plannedOn ?? '',
        answer.reason,
        answer.measures,
        [...answer.evidence].sort(),
      ]);
