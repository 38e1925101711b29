import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CursorContent } from './domain/cursor.js';

/** Seals and opens cursors; the content is readable to nobody's harm, but only we can write one. */
export class CursorSeal {
  constructor(private readonly key: Buffer) {}

  seal({ list, bankCode, accountId, from, to, after, madeAt }: CursorContent): string {
    const members = [list, bankCode, accountId, from ?? null, to ?? null, after, madeAt];
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
    const [list, bankCode, accountId, from, to, after, madeAt] = JSON.parse(
      Buffer.from(body, 'base64url').toString('utf8'),
    ) as [CursorContent['list'], string, string, string | null, string | null, string, number];
    const period = { from: from ?? undefined, to: to ?? undefined };
    return { list, bankCode, accountId, ...period, after, madeAt };
  }

  private mac(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}
