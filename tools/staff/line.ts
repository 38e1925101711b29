import type { Words } from '#libs/kernel';

/** One line of the outcome: for people in their language, for programs as it is. */
export interface Line {
  readonly words: Words;
  readonly data: Readonly<Record<string, unknown>>;
  readonly isRefusal?: boolean;
}

export type Say = (line: Line) => void;
