import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  interactionCookie,
  interactionCookieName,
  interactionKeyOf,
  resumeCookie,
  resumeCookieName,
  resumeKeyOf,
} from './interaction-cookie.js';

const key = randomBytes(32);

test('T-05 only the cookie of this very interaction counts', () => {
  const own = interactionCookie(key, 'uid-1', 60).split(';')[0] ?? '';
  const value = own.split('=')[1] ?? '';
  const keyOf = (uid: string, header?: string) => interactionKeyOf([key], uid, header);
  expect(keyOf('uid-1', `other=1; ${own}`)).toBe(key);
  expect(keyOf('uid-2', `${interactionCookieName('uid-2')}=${value}`)).toBeUndefined();
  expect(keyOf('uid-1', `${interactionCookieName('uid-1')}=x`)).toBeUndefined();
  expect(keyOf('uid-1')).toBeUndefined();
  expect(interactionKeyOf([randomBytes(32)], 'uid-1', own)).toBeUndefined();
});

test('T-05 of several keys the one that signed it is told, in whatever order they stand', () => {
  const other = randomBytes(32);
  const own = interactionCookie(key, 'uid-1', 60).split(';')[0];
  expect(interactionKeyOf([key, other], 'uid-1', own)).toBe(key);
  expect(interactionKeyOf([other, key], 'uid-1', own)).toBe(key);
});

test('T-31 only who has come back with this very interaction resumes it', () => {
  const own = resumeCookie(key, 'uid-1').split(';')[0] ?? '';
  const [, value = ''] = own.split('=');
  expect(resumeKeyOf([key], 'uid-1', `other=1; ${own}`)).toBe(key);
  expect(resumeKeyOf([randomBytes(32), key], 'uid-1', own)).toBe(key);
  expect(resumeKeyOf([key], 'uid-2', `${resumeCookieName('uid-2')}=${value}`)).toBeUndefined();
  expect(resumeKeyOf([randomBytes(32)], 'uid-1', own)).toBeUndefined();
  // The one does not stand for the other: neither name nor value is the same.
  const begun = interactionCookie(key, 'uid-1', 60).split(';')[0] ?? '';
  const begunValue = begun.split('=')[1] ?? '';
  expect(resumeKeyOf([key], 'uid-1', `${resumeCookieName('uid-1')}=${begunValue}`)).toBeUndefined();
  const crossed = `${interactionCookieName('uid-1')}=${value}`;
  expect(interactionKeyOf([key], 'uid-1', crossed)).toBeUndefined();
});

test('T-03 the one of the last step is secure, unseen by scripts, and sent there alone', () => {
  const cookie = resumeCookie(key, 'u');
  for (const part of ['__Secure-', 'Path=/authorize/u;', 'Secure', 'HttpOnly', 'SameSite=Lax'])
    expect(cookie).toContain(part);
  expect(cookie).not.toMatch(/domain/i);
});

test('T-03 it is a __Host- cookie: secure, for this host alone, unseen by scripts', () => {
  const cookie = interactionCookie(key, 'u', 60);
  expect(cookie).toMatch(/^__Host-/);
  for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'])
    expect(cookie).toContain(part);
  expect(cookie).not.toMatch(/domain/i);
});
