import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CursorContent } from './domain/cursor.js';

/** Seals and opens cursors; the content is readable to nobody's harm, but only we can write one. */
export class CursorSeal {
  constructor(private readonly key: Buffer) {}

  seal({ bankCode, accountId, from, to, after, madeAt }: CursorContent): string {
    const members = [bankCode, accountId, from ?? null, to ?? null, after, madeAt];
    const body = Buffer.from(JSON.stringify(members)).toString('base64url');
    return `${body}.${this.mac(body)}`;
  }

  /** The content, or nothing where the cursor was not made by us. */
  open(cursor: string): CursorContent | undefined {
    const [body = '', mac = '', more] = cursor.split('.');
    const expected = Buffer.from(this.mac(body));
    const given = Buffer.from(mac);
    if (more !== undefined || given.length !== expected.length) return undefined;
    if (!timingSafeEqual(given, expected)) return undefined;
    const [bankCode, accountId, from, to, after, madeAt] = JSON.parse(
      Buffer.from(body, 'base64url').toString('utf8'),
    ) as [string, string, string | null, string | null, string, number];
    return { bankCode, accountId, from: from ?? undefined, to: to ?? undefined, after, madeAt };
  }

  private mac(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}
