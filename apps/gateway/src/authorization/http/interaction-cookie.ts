import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The cookie that says "this browser began this interaction": only it may finish (T-05). One name per
 * interaction, so that two tabs do not disturb each other.
 */
export const interactionCookieName = (uid: string): string => `__Host-renkei-i-${uid}`;

export const interactionCookieValue = (key: Buffer, uid: string): string =>
  createHmac('sha256', key).update(uid).digest('base64url');

/** True where the `Cookie` header holds the value that belongs to `uid`. */
export function holdsInteraction(key: Buffer, uid: string, header: string | undefined): boolean {
  const expected = Buffer.from(interactionCookieValue(key, uid));
  const name = `${interactionCookieName(uid)}=`;
  return (header ?? '').split(';').some((pair) => {
    const cookie = pair.trim();
    if (!cookie.startsWith(name)) return false;
    const given = Buffer.from(cookie.slice(name.length));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

export const interactionCookie = (key: Buffer, uid: string, seconds: number): string =>
  `${interactionCookieName(uid)}=${interactionCookieValue(key, uid)}; Path=/; ` +
  `Max-Age=${seconds}; Secure; HttpOnly; SameSite=Lax`;

export const clearedInteractionCookie = (uid: string): string =>
  `${interactionCookieName(uid)}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`;
