import type { ChecklistAnswer } from '#libs/contracts';
import { refused, type Refusal } from '#libs/kernel';
import { wordingOf, type ChecklistItem } from './checklist-item.js';

/** What may be answered; `unanswered` is the absence of an answer. */
export const ANSWERS = [
  'met',
  'partly',
  'not_met',
  'not_applicable',
] as const satisfies readonly ChecklistAnswer['answer'][];
export type Given = (typeof ANSWERS)[number];

/** An intermediary's answer to one item in the words in which it was asked (RKN-S3a). */
export interface ItemAnswer {
  readonly itemId: string;
  readonly wording: string;
  readonly answer: Given;
  /** How far it goes: 0 nothing, else as the levels of the item. */
  readonly level: number;
  /** Met in another way than the example. */
  readonly byAlternative: boolean;
  /** The day by which it is planned, where it is not met yet. */
  readonly plannedOn: string | undefined;
  /** Why: asked for wherever an item is said not to apply. */
  readonly reason: string;
  /** What is done. */
  readonly measures: string;
  /** Ids of evidence files. */
  readonly evidence: readonly string[];
}

/** An answer that says that an item does not apply, without saying why, is none (users.md E.4). */
export function refusalOfAnswer(
  answer: Pick<ItemAnswer, 'answer' | 'reason'>,
): Refusal<'reason_required'> | undefined {
  const isReasonless = answer.answer === 'not_applicable' && answer.reason.trim() === '';
  return isReasonless ? refused('reason_required', { clause: 'RKN-S3a' }).refusal : undefined;
}

/**
 * The answers as a standard reads them: one per item of the standard. An answer to other words is no answer, and
 * one that does not reach the level required is `partly`. `isUsable` leaves out evidence that was found infected.
 */
export function answersTo(
  items: readonly ChecklistItem[],
  answers: readonly ItemAnswer[],
  isUsable: (evidenceId: string) => boolean = () => true,
): ChecklistAnswer[] {
  const byQuestion = new Map(answers.map((one) => [`${one.itemId} ${one.wording}`, one]));
  return items.map((item) => {
    const found = byQuestion.get(`${item.itemId} ${wordingOf(item)}`);
    const about = { item: item.itemId, family: item.family };
    if (!found) return { ...about, answer: 'unanswered', evidence: [] };
    const isShort = found.answer === 'met' && found.level < item.levelRequired;
    const answer = isShort ? 'partly' : found.answer;
    return { ...about, answer, evidence: found.evidence.filter(isUsable) };
  });
}
