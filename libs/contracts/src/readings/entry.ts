import type { Words } from '#libs/kernel';
import type { ClauseId } from '../clause-id.js';

/** Where a text leaves room: the question, the readings (A is taken unless chosen otherwise). */
export interface ReadingEntry {
  readonly clauses: readonly ClauseId[];
  readonly question: Words;
  readonly readings: Readonly<Record<'A', Words>> & Readonly<Record<string, Words>>;
  /** Letters that contradict the text or a house rule; nobody can choose them. */
  readonly notSelectable?: readonly string[];
  /** Letters that need a lawyer's signature. */
  readonly signedOnly?: readonly string[];
  /** What a decision prints besides. */
  readonly prints: Words;
}
