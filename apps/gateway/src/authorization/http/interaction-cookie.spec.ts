import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  holdsInteraction,
  holdsResume,
  interactionCookie,
  interactionCookieName,
  resumeCookie,
  resumeCookieName,
} from './interaction-cookie.js';

const key = randomBytes(32);

test('T-05 only the cookie of this very interaction counts', () => {
  const own = interactionCookie(key, 'uid-1', 60).split(';')[0] ?? '';
  const value = own.split('=')[1] ?? '';
  expect(holdsInteraction(key, 'uid-1', `other=1; ${own}`)).toBe(true);
  expect(holdsInteraction(key, 'uid-2', `${interactionCookieName('uid-2')}=${value}`)).toBe(false);
  expect(holdsInteraction(key, 'uid-1', `${interactionCookieName('uid-1')}=x`)).toBe(false);
  expect(holdsInteraction(randomBytes(32), 'uid-1', own)).toBe(false);
  expect(holdsInteraction(key, 'uid-1', undefined)).toBe(false);
});

test('T-31 only who has come back with this very interaction resumes it', () => {
  const own = resumeCookie(key, 'uid-1').split(';')[0] ?? '';
  const [, value = ''] = own.split('=');
  expect(holdsResume(key, 'uid-1', `other=1; ${own}`)).toBe(true);
  expect(holdsResume(key, 'uid-2', `${resumeCookieName('uid-2')}=${value}`)).toBe(false);
  expect(holdsResume(randomBytes(32), 'uid-1', own)).toBe(false);
  // The one does not stand for the other: neither name nor value is the same.
  const begun = interactionCookie(key, 'uid-1', 60).split(';')[0] ?? '';
  const begunValue = begun.split('=')[1] ?? '';
  expect(holdsResume(key, 'uid-1', `${resumeCookieName('uid-1')}=${begunValue}`)).toBe(false);
  expect(holdsInteraction(key, 'uid-1', `${interactionCookieName('uid-1')}=${value}`)).toBe(false);
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
