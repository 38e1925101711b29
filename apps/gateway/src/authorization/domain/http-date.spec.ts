import { describe, expect, test } from '@jest/globals';
import { instantToWire } from '#libs/kernel';
import { readHttpDate } from './http-date.js';

const NOW = Date.UTC(2026, 10, 22);
const read = (text: string) => {
  const at = readHttpDate(text, NOW);
  return at === undefined ? 'none' : instantToWire(at);
};

describe('an HTTP-date of RFC 9110 section 5.6.7', () => {
  test.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T17:49:37.000+09:00'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T17:49:37.000+09:00'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T17:49:37.000+09:00'],
    ['Sunday, 22-Nov-26 23:59:59 GMT', '2026-11-23T08:59:59.000+09:00'],
    ['Tue, 29 Feb 2028 00:00:00 GMT', '2028-02-29T09:00:00.000+09:00'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T09:00:00.000+09:00'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['another weekday', 'Mon, 06 Nov 1994 08:49:37 GMT'],
    ['a weekday of another form', 'Sunday, 06 Nov 1994 08:49:37 GMT'],
    ['a day that is not in its month', 'Sat, 29 Feb 2025 00:00:00 GMT'],
    ['a day zero', 'Sun, 00 Nov 1994 08:49:37 GMT'],
    ['a 24th hour', 'Sun, 06 Nov 1994 24:00:00 GMT'],
    ['another zone', 'Sun, 06 Nov 1994 08:49:37 JST'],
    ['an offset', 'Sun, 06 Nov 1994 08:49:37 +0000'],
    ['letters in another case', 'sun, 06 nov 1994 08:49:37 gmt'],
    ['RFC 3339', '1994-11-06T08:49:37Z'],
    ['two of them', 'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT'],
    ['a year beyond the calendar', 'Fri, 31 Dec 9999 23:59:59 GMT'],
    ['a blank before it', ' Sun, 06 Nov 1994 08:49:37 GMT'],
    ['nothing', ''],
  ])('%s is none', (_title, text) => {
    expect(read(text)).toBe('none');
  });

  test('every date that the platform writes is read as it was meant', () => {
    for (let at = Date.UTC(1999, 11, 25); at < NOW; at += 86_400_000 * 13 + 7_919_000)
      expect(readHttpDate(new Date(at).toUTCString(), NOW)).toBe(at);
  });
});
