import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#libs/kernel';

type Member = string | number | null;

/** Which read handed a cursor out: what the quota of unattended reads asks of it (users.md A 36). */
export interface CursorOrigin {
  readonly madeAt: Instant;
  /** The consent whose unattended reads that read belonged to; nothing where the customer was there. */
  readonly countedFor: string | undefined;
}

/**
 * Seals and opens the cursors of pages: where the next one begins, and whence it came. The content is readable to
 * nobody's harm, but only we can write one.
 */
export class SealedCursor {
  constructor(private readonly key: Buffer) {}

  seal({ madeAt, countedFor }: CursorOrigin, page: readonly Member[]): string {
    const members = [madeAt, countedFor ?? null, ...page];
    const body = Buffer.from(JSON.stringify(members)).toString('base64url');
    return `${body}.${this.mac(body)}`;
  }

  /** The content, or nothing where the cursor was not made by us. */
  open(
    cursor: string,
  ): { readonly origin: CursorOrigin; readonly page: readonly Member[] } | undefined {
    const [body = '', mac = '', more] = cursor.split('.');
    const expected = Buffer.from(this.mac(body));
    const given = Buffer.from(mac);
    if (more !== undefined || given.length !== expected.length) return undefined;
    if (!timingSafeEqual(given, expected)) return undefined;
    const [madeAt, countedFor, ...page] = JSON.parse(
      Buffer.from(body, 'base64url').toString('utf8'),
    ) as [number, string | null, ...Member[]];
    return { origin: { madeAt, countedFor: countedFor ?? undefined }, page };
  }

  private mac(body: string): string {
    return createHmac('sha256', this.key).update(`page|${body}`).digest('base64url');
  }
}
