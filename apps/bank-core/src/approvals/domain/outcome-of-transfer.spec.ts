import { expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { consentEndsAt } from './consent-term.js';
import { outcomeOfTransfer } from './outcome-of-transfer.js';

test.each([
  ['RCVD', undefined],
  ['ACTC', undefined],
  ['SCHD', 'approved'],
  ['ACSP', 'approved'],
  ['ACSC', 'approved'],
  ['PDNG', 'approved'],
  ['CANC', 'refused'],
  ['RJCT', 'refused'],
  ['EXPD', 'expired'],
] as const)('SM-5.2 a transfer at %s makes its request %s', (status, expected) => {
  expect(outcomeOfTransfer({ status })).toBe(expected);
});

test('a transfer that is gone was not approved', () => {
  expect(outcomeOfTransfer(undefined)).toBe('refused');
});

test('RKN-S1 a consent of 90 days lasts to the end of the 90th day after it was given, in Tokyo', () => {
  const given = CivilDate.from('2026-11-22').at('23:59');
  const ends = consentEndsAt(given, 90);
  expect(CivilDate.inTokyo(ends - 1).toString()).toBe('2027-02-20');
  expect(CivilDate.inTokyo(ends).toString()).toBe('2027-02-21');
});
