import { createHmac, timingSafeEqual } from 'node:crypto';

/** As long as a browser may try again to take its last step. */
const RESUME_SECONDS = 600;

/**
 * The cookie that says "this browser began this interaction": only it may finish (T-05). One name per
 * interaction, so that two tabs do not disturb each other.
 */
export const interactionCookieName = (uid: string): string => `__Host-renkei-i-${uid}`;

export const interactionCookieValue = (key: Buffer, uid: string): string =>
  createHmac('sha256', key).update(uid).digest('base64url');

/** The key under which the `Cookie` header holds the value that belongs to `uid`; nothing where there is none. */
export const interactionKeyOf = (
  keys: readonly Buffer[],
  uid: string,
  header: string | undefined,
): Buffer | undefined =>
  keys.find((key) => holds(header, interactionCookieName(uid), interactionCookieValue(key, uid)));

/**
 * The cookie that says "this browser has just brought its result back": it opens nothing, and keeps its last step from
 * being counted with whatever else comes from its address. Sent to that step alone.
 */
export const resumeCookieName = (uid: string): string => `__Secure-renkei-r-${uid}`;

const resumeCookieValue = (key: Buffer, uid: string): string =>
  createHmac('sha256', key).update(`resume|${uid}`).digest('base64url');

/** As `interactionKeyOf`, of the cookie of the last step. */
export const resumeKeyOf = (
  keys: readonly Buffer[],
  uid: string,
  header: string | undefined,
): Buffer | undefined =>
  keys.find((key) => holds(header, resumeCookieName(uid), resumeCookieValue(key, uid)));

export const resumeCookie = (key: Buffer, uid: string): string =>
  `${resumeCookieName(uid)}=${resumeCookieValue(key, uid)}; Path=/authorize/${uid}; ` +
  `Max-Age=${RESUME_SECONDS}; Secure; HttpOnly; SameSite=Lax`;

function holds(header: string | undefined, cookieName: string, value: string): boolean {
  const expected = Buffer.from(value);
  const name = `${cookieName}=`;
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
