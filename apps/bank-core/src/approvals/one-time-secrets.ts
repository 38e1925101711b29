import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Approval } from './domain/approval.js';

/** 256 random bits for an address or a cookie. Only its hash is kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** 132 random bits: how an intermediary will know a holder. */
export const newSubject = (): string => randomBytes(17).toString('base64url').slice(0, 22);

/**
 * The handle by which the gateway fetches the result. Derived, not drawn, so that a second click ends at the
 * same address; nobody without the key can say it in advance.
 */
export const resultHandle = (key: Buffer, approval: Approval): string =>
  createHmac('sha256', key)
    .update(`approval result|${approval.id}|${approval.createdAt}`)
    .digest('base64url');

/** What a form must carry beside the session's cookie (T-05): a page of another origin cannot know it. */
export const formTokenOf = (session: string): string =>
  createHash('sha256').update(`approval form|${session}`).digest('base64url');

export function isEqualSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
