import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { article20 } from './article-20-change-of-terms.js';

const date = CivilDate.from;
const versions = [
  { id: 'R8.12', effectiveFrom: date('2026-12-01') },
  { id: 'R4.7', effectiveFrom: date('2022-07-01') },
];

describe('SM-20 change of the terms', () => {
  const on = (day: string) =>
    article20.clause('SM-20').apply({ termsVersions: versions, eventDate: date(day) });
  test('SM-20/a the day before the old version, on the day the new one', () => {
    expect(on('2026-11-30')).toEqual({ version: 'R4.7', nextVersion: 'R8.12' });
    expect(on('2026-12-01')).toEqual({ version: 'R8.12', nextVersion: undefined });
    expect(on('2022-06-30').version).toBeUndefined();
  });
  test('SM-20 INT-23 a reservation is governed by the version of the day it was fixed', () => {
    const fixedOn = on('2026-11-30').version;
    const designatedOn = on('2026-12-24').version;
    expect([fixedOn, designatedOn]).toEqual(['R4.7', 'R8.12']);
    expect(article20.clause('SM-20').readings).toContain('INT-23');
  });
});
