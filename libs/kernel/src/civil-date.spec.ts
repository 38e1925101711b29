import { describe, expect, test } from '@jest/globals';
import { CivilDate, instantToWire } from './civil-date.js';

describe('civil dates in Asia/Tokyo', () => {
  test('SM-5.3-3/a 23:59:59.999 and 00:00:00.000 in Tokyo fall on different days', () => {
    const midnight = CivilDate.from('2026-11-22').startsAt();
    expect(CivilDate.inTokyo(midnight - 1).toString()).toBe('2026-11-21');
    expect(CivilDate.inTokyo(midnight).toString()).toBe('2026-11-22');
    expect(instantToWire(midnight)).toBe('2026-11-22T00:00:00.000+09:00');
  });

  test('every day from 1600 to 2400 survives the way through its day number', () => {
    const broken: string[] = [];
    let date = CivilDate.from('1600-01-01');
    while (date.year < 2400) {
      const next = date.plusDays(1);
      if (next.dayNumber !== date.dayNumber + 1 || !next.isAfter(date)) broken.push(String(date));
      date = next;
    }
    expect(broken).toEqual([]);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-04-31', 'x'])(
    '%s is refused as date_malformed',
    (text) => {
      expect(CivilDate.parse(text)).toMatchObject({
        ok: false,
        refusal: { code: 'date_malformed' },
      });
    },
  );
});
