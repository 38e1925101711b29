import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';

export const CURSOR_HOURS = 24;
const HOUR_MS = 3_600_000;

/** What a statement page belongs to. */
export interface PageFilter {
  /** Which list of the account: the cursor of one opens no other. */
  readonly list: 'transactions' | 'incoming-transfers';
  readonly bankCode: string;
  readonly accountId: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What a cursor says once its seal has been found intact; its period is the one that was read. */
export interface CursorContent extends PageFilter {
  readonly after: string;
  readonly madeAt: Instant;
  /** The consent whose unattended reads the page before belonged to; nothing where the customer was there. */
  readonly countedFor: string | undefined;
}

export type CursorCode = 'cursor_mismatch' | 'cursor_expired';

/**
 * Where the next page begins. A cursor that is not ours, or of another account or period, answers
 * `cursor_mismatch`; one that is older than 24 hours `cursor_expired`. Source: users.md D.6.
 */
export function decidePage(
  content: CursorContent | undefined,
  asked: PageFilter,
  now: Instant,
): Result<CursorContent, Refusal<CursorCode>> {
  if (!content) return refused('cursor_mismatch');
  const isOfAccount =
    content.list === asked.list &&
    content.bankCode === asked.bankCode &&
    content.accountId === asked.accountId;
  const isOfPeriod =
    (asked.from === undefined || asked.from === content.from) &&
    (asked.to === undefined || asked.to === content.to);
  if (!isOfAccount || !isOfPeriod) return refused('cursor_mismatch');
  if (now >= content.madeAt + CURSOR_HOURS * HOUR_MS) return refused('cursor_expired');
  return accepted(content);
}
