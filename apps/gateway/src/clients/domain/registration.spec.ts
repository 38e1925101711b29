import { describe, expect, test } from '@jest/globals';
import { canSpare, isLive, standingOf, type KeyRecord } from './registration.js';

const NOW = 1_764_000_000_000;
const DAY = 86_400_000;

const key = (kid: string, over: Partial<KeyRecord> = {}): KeyRecord => ({
  kid,
  purpose: 'sign',
  thumbprint: kid,
  certificateThumbprint: undefined,
  jwk: {},
  goodUntil: undefined,
  recordedAt: NOW - DAY,
  isCompromised: false,
  ...over,
});

describe('how a key stands', () => {
  test.each<[string, Partial<KeyRecord>, string]>([
    ['without an end', {}, 'good'],
    ['thirty days and a millisecond', { goodUntil: NOW + 30 * DAY + 1 }, 'good'],
    ['thirty days', { goodUntil: NOW + 30 * DAY }, 'expiring'],
    ['a millisecond', { goodUntil: NOW + 1 }, 'expiring'],
    ['at its end', { goodUntil: NOW }, 'over'],
    ['compromised, whatever its end', { isCompromised: true, goodUntil: NOW + 1 }, 'compromised'],
  ])('%s', (_title, over, expected) => {
    const judged = key('a', over);
    expect(standingOf(judged, NOW)).toBe(expected);
    expect(isLive(judged, NOW)).toBe(expected === 'good' || expected === 'expiring');
  });
});

describe('which key can be spared', () => {
  const tls = (kid: string, over: Partial<KeyRecord> = {}) => key(kid, { purpose: 'tls', ...over });
  test.each<[string, KeyRecord[], boolean]>([
    ['the only one', [key('a')], false],
    ['one of two', [key('a'), key('b')], true],
    ['beside one that is over', [key('a'), key('b', { goodUntil: NOW })], false],
    ['beside one that is compromised', [key('a'), key('b', { isCompromised: true })], false],
    ['beside a certificate', [key('a'), tls('b')], false],
    ['one that is over itself', [key('a', { goodUntil: NOW }), key('b')], true],
    ['a certificate beside a key', [tls('a'), key('b')], true],
    ['the only certificate of who has no key', [tls('a')], false],
    ['one certificate of two', [tls('a'), tls('b')], true],
  ])('%s', (_title, keys, expected) => {
    expect(canSpare(keys, keys[0]!, NOW)).toBe(expected);
  });
});
