import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';

export const CURSOR_HOURS = 24;
const HOUR_MS = 3_600_000;

/** What a cursor says once its seal has been found intact: the list it belongs to, where it stands, its age. */
export interface PagePosition {
  /** Client, institution, list and filter in one text; a cursor of another list opens nothing. */
  readonly of: string;
  readonly after: string;
  readonly madeAt: Instant;
}

export type CursorCode = 'cursor_mismatch' | 'cursor_expired';

/** Where the next page begins. Refuses with `cursor_mismatch` or `cursor_expired`. Source: users.md D.6. */
export function decidePosition(
  position: PagePosition | undefined,
  of: string,
  now: Instant,
): Result<string, Refusal<CursorCode>> {
  if (position?.of !== of) return refused('cursor_mismatch');
  if (now >= position.madeAt + CURSOR_HOURS * HOUR_MS) return refused('cursor_expired');
  return accepted(position.after);
}
