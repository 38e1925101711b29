import type { ChecklistAnswer } from '../facts/checklist-submission.js';

/**
 * The items that keep a submission from being complete: those without an answer, and those of the
 * protection family (RKN-S2) that claim something and show no evidence. Empty where it is complete.
 */
export const incompleteItems = (answers: readonly ChecklistAnswer[]): readonly string[] =>
  answers
    .filter(({ family, answer, evidence }) => {
      if (answer === 'unanswered') return true;
      const claims = answer === 'met' || answer === 'partly';
      return family === 'protection' && claims && evidence.every((id) => id.trim() === '');
    })
    .map(({ item }) => item);

/** What differs between two submissions, by item. A change is a new submission (RKN-S3a/a). */
export const changedItems = (
  before: readonly ChecklistAnswer[],
  after: readonly ChecklistAnswer[],
): readonly string[] => {
  const say = (answers: readonly ChecklistAnswer[], item: string): string => {
    const found = answers.find((answer) => answer.item === item);
    return found ? JSON.stringify([found.answer, [...found.evidence].sort()]) : 'absent';
  };
  const items = new Set([...before, ...after].map(({ item }) => item));
  return [...items].filter((item) => say(before, item) !== say(after, item));
};

/** The items of a new standard that the last submission does not meet. Source: RKN-S3b. */
export const gapsAgainst = (
  standardItems: readonly string[],
  answers: readonly ChecklistAnswer[],
): readonly string[] =>
  standardItems.filter(
    (item) =>
      !answers.some(
        (answer) =>
          answer.item === item && (answer.answer === 'met' || answer.answer === 'not_applicable'),
      ),
  );
