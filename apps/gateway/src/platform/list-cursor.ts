import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Seals where the next page of a list begins, bound to its reader and filter: the cursor of one list opens
 * no other. Nothing in it is secret; only we can write one.
 */
export class ListCursor {
  constructor(
    private readonly key: Buffer,
    /** What the list holds: a cursor of deliveries opens no letters. */
    private readonly list: string,
  ) {}

  seal(boundTo: readonly string[], after: string): string {
    return `${Buffer.from(after).toString('base64url')}.${this.mac(boundTo, after)}`;
  }

  /** Where the page begins, or nothing where the cursor is not of this list. */
  open(boundTo: readonly string[], cursor: string): string | undefined {
    const [body = '', mac = '', more] = cursor.split('.');
    const after = Buffer.from(body, 'base64url').toString('utf8');
    const expected = Buffer.from(this.mac(boundTo, after));
    const given = Buffer.from(mac);
    if (more !== undefined || given.length !== expected.length) return undefined;
    return timingSafeEqual(given, expected) ? after : undefined;
  }

  private mac(boundTo: readonly string[], after: string): string {
    const content = JSON.stringify([this.list, ...boundTo, after]);
    return createHmac('sha256', this.key).update(content).digest('base64url');
  }
}
