import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { announcedChanges } from './announced-changes.js';
import { announcedBy, NOTICE_DAYS_MIN, noticeDays, type ApiChange } from './change-calendar.js';

const change = (id: string, announcedOn: string, effectiveOn: string): ApiChange => ({
  id,
  kind: 'change',
  announcedOn: CivilDate.from(announcedOn),
  effectiveOn: CivilDate.from(effectiveOn),
  affects: [],
  words: { ja: '変更。', en: 'A change.' },
});

describe('B-5 the change calendar', () => {
  test('every entry keeps its notice, has an id of its own and says what it touches', () => {
    const ids = announcedChanges.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const entry of announcedChanges) {
      expect(entry.id).toMatch(/^\d{4}-\d{2}-[a-z0-9-]{2,40}$/);
      expect(noticeDays(entry)).toBeGreaterThanOrEqual(NOTICE_DAYS_MIN[entry.kind]);
      expect(entry.affects.length).toBeGreaterThan(0);
      expect(entry.words.ja).toMatch(/。$/);
      expect(entry.words.en).toMatch(/\.$/);
    }
  });

  test('the notice is counted in days, and what is announced tomorrow is not shown today', () => {
    const far = change('far', '2026-11-22', '2027-02-20');
    const near = change('near', '2026-11-20', '2026-12-20');
    const hidden = change('hidden', '2026-11-23', '2026-12-01');
    expect(noticeDays(far)).toBe(90);
    const shown = announcedBy([far, near, hidden], CivilDate.from('2026-11-22'));
    expect(shown.map(({ id }) => id)).toEqual(['near', 'far']);
  });
});
