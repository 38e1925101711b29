import { Problem } from '#libs/platform';
import { cursorSentences } from '../domain/page-position.refusals.js';
import type { CursorCode } from '../domain/page-position.js';

export const cursorStatuses: Readonly<Record<CursorCode, number>> = {
  cursor_mismatch: 400,
  cursor_expired: 400,
};

export const cursorProblem = (code: CursorCode): Problem =>
  new Problem(cursorStatuses[code], code, cursorSentences[code]);
