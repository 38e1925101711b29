import { expect, test } from '@jest/globals';
import { instantToWire } from '#libs/kernel';
import { validateSync } from 'class-validator';
import { SentInstant } from './sent-instant.js';

class Sent {
  @SentInstant() at: unknown;
}
const isTaken = (at: unknown) => validateSync(Object.assign(new Sent(), { at })).length === 0;

test.each([
  '2026-11-22T14:05:00+09:00',
  '2026-11-22T05:05:00.123456789Z',
  '1900-01-01T00:00:00+14:00',
  '2999-12-31T23:59:59-14:00',
])('%s is an instant, and Tokyo has a day for it', (at) => {
  expect(isTaken(at)).toBe(true);
  expect(instantToWire(Date.parse(at))).toMatch(/^\d{4}-/);
});

test.each([
  ['T-31 before the calendar in Tokyo', '0000-01-01T00:00:00+14:00'],
  ['T-31 beyond it', '9999-12-31T23:59:59-14:00'],
  ['a day that does not exist', '2026-02-30T00:00:00+09:00'],
  ['an hour that does not exist', '2026-02-03T24:00:00+09:00'],
  ['no offset', '2026-11-22T14:05:00'],
  ['a day alone', '2026-11-22'],
  ['a number', 1_795_305_600_000],
  ['nothing', undefined],
  ['a line more', '2026-11-22T14:05:00+09:00\n'],
])('%s is refused', (_, at) => expect(isTaken(at)).toBe(false));
