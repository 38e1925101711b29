import { SealedCursor } from '../platform/sealed-cursor.js';
import type { CursorContent } from './domain/cursor.js';

/** The cursors of statements: which list of which account and period, and behind which row the next page begins. */
export class CursorSeal {
  private readonly cursors: SealedCursor;

  constructor(key: Buffer) {
    this.cursors = new SealedCursor(key);
  }

  seal({ list, bankCode, accountId, from, to, after, ...origin }: CursorContent): string {
    const page = [list, bankCode, accountId, from ?? null, to ?? null, after];
    return this.cursors.seal(origin, page);
  }

  /** The content, or nothing where the cursor was not made by us. */
  open(cursor: string): CursorContent | undefined {
    const opened = this.cursors.open(cursor);
    if (!opened) return undefined;
    const [list, bankCode, accountId, from, to, after] = opened.page as [
      CursorContent['list'],
      string,
      string,
      string | null,
      string | null,
      string,
    ];
    const period = { from: from ?? undefined, to: to ?? undefined };
    return { list, bankCode, accountId, ...period, after, ...opened.origin };
  }
}
