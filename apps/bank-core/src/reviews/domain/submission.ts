import type { Instant } from '#libs/kernel';
import type { ItemAnswer } from './answer.js';
import type { ChecklistItem } from './checklist-item.js';

/** What an intermediary submits once for many institutions. A draft has neither items nor a hash yet. */
export interface Submission {
  readonly id: string;
  readonly epspId: string;
  readonly basedOn: string | undefined;
  readonly begunAt: Instant;
  readonly submittedAt: Instant | undefined;
  readonly submittedBy: string | undefined;
  readonly contentHash: string | undefined;
}

/** An answer of a draft with the version at which it was read. */
export interface KeptAnswer {
  readonly answer: ItemAnswer;
  readonly version: number;
  readonly updatedAt: Instant;
}

/** The text that was submitted and hashed: the items as they were shown, and the answers to them. */
export interface SubmittedContent {
  readonly epspId: string;
  readonly items: readonly ChecklistItem[];
  readonly answers: readonly ItemAnswer[];
}

/** A submission as one institution received it. */
export interface Filing {
  readonly institutionId: number;
  readonly submissionId: string;
  readonly epspId: string;
  readonly standardVersion: number;
  readonly filedAt: Instant;
  readonly acceptedAt: Instant | undefined;
  readonly acceptedVersion: number | undefined;
}

/** One line of the conversation about a submission at one institution. */
export interface Comment {
  readonly id: string;
  readonly submissionId: string;
  readonly itemId: string | undefined;
  readonly side: 'institution' | 'epsp';
  readonly author: string;
  readonly mark: Mark | undefined;
  readonly isInternal: boolean;
  readonly body: string;
  readonly writtenAt: Instant;
}

export const MARKS = ['sufficient', 'question', 'insufficient'] as const;
export type Mark = (typeof MARKS)[number];

/** The items whose last mark says that the answer does not do. */
export function insufficientItems(comments: readonly Comment[]): Set<string> {
  const last = new Map<string, Mark>();
  for (const { itemId, mark } of comments) if (itemId && mark) last.set(itemId, mark);
  return new Set([...last].flatMap(([item, mark]) => (mark === 'insufficient' ? [item] : [])));
}
