import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import {
  mayChoose,
  ReadingBook,
  readingEntry,
  readingIds,
  type ReadingChoice,
} from './readings.js';

const date = CivilDate.from;
const choice = (more: Partial<ReadingChoice>): ReadingChoice => ({
  entry: 'INT-06',
  reading: 'B',
  institution: '2825',
  version: 1,
  effectiveFrom: date('2026-12-01'),
  chosenBy: 'Sato',
  approvedBy: 'Ito',
  status: 'proposed',
  ...more,
});

describe('the register of readings', () => {
  test('INT-01 to INT-31 stand in order, each with a default, words and clauses', () => {
    expect(readingIds).toEqual(
      Array.from({ length: 31 }, (_, i) => `INT-${String(i + 1).padStart(2, '0')}`),
    );
    for (const id of readingIds) {
      const { clauses, question, readings, prints } = readingEntry(id);
      expect(clauses.length).toBeGreaterThan(0);
      expect(Object.keys(readings).length).toBeGreaterThanOrEqual(2);
      expect(Object.keys(readings)[0]).toBe('A');
      for (const words of [question, prints, ...Object.values(readings)]) {
        expect(words.ja).toMatch(/[ぁ-ん一-龠]/);
        expect(words.en).toMatch(/^[A-Za-z]/);
      }
    }
  });

  test('without a choice the default is taken, unsigned; a choice holds from its day', () => {
    const book = new ReadingBook('2825', [
      choice({ effectiveFrom: date('2027-01-01'), reading: 'A', version: 2 }),
      choice({}),
      choice({ institution: '2950', effectiveFrom: date('2026-01-01') }),
    ]);
    const on = (day: string) => book.on('INT-06', date(day));
    expect(on('2026-11-30')).toMatchObject({ reading: 'A', version: 0, status: 'proposed' });
    expect(on('2026-12-01')).toMatchObject({ reading: 'B', approvers: ['Sato', 'Ito'] });
    expect(on('2027-01-01')).toMatchObject({ reading: 'A', version: 2 });
  });

  test('of two choices for one day the later version holds; the default names no approver', () => {
    const book = new ReadingBook('2825', [
      choice({ version: 3, reading: 'A' }),
      choice({ version: 2 }),
      choice({ effectiveFrom: date('2026-01-01'), version: 9 }),
    ]);
    expect(book.on('INT-06', date('2026-12-01'))).toMatchObject({ reading: 'A', version: 3 });
    expect(new ReadingBook('2825').on('INT-06', date('2026-12-01'))).toEqual({
      entry: 'INT-06',
      reading: 'A',
      version: 0,
      approvers: [],
      status: 'proposed',
    });
    expect(mayChoose(choice({ reading: 'Z' }), date('2026-11-22'))).toEqual({
      ok: false,
      refusal: { code: 'reading_unknown', facts: { entry: 'INT-06', reading: 'Z' } },
    });
  });

  test.each([
    ['a letter nobody wrote', choice({ reading: 'Z' }), 'reading_unknown'],
    [
      'INT-13 as S4c without notice',
      choice({ entry: 'INT-13', reading: 'C' }),
      'reading_not_selectable',
    ],
    [
      'INT-30 below the house rule',
      choice({ entry: 'INT-30', reading: 'C' }),
      'reading_not_selectable',
    ],
    ['INT-04 B unsigned', choice({ entry: 'INT-04' }), 'signature_required'],
    ['one person', choice({ approvedBy: 'Sato' }), 'second_person_required'],
    [
      'a day that has begun',
      choice({ effectiveFrom: date('2026-11-22') }),
      'effective_date_passed',
    ],
    ['INT-04 B signed', choice({ entry: 'INT-04', status: 'signed' }), 'accepted'],
  ])('choosing %s', (_, chosen, expected) => {
    const answer = mayChoose(chosen, date('2026-11-22'));
    expect(answer.ok ? 'accepted' : answer.refusal.code).toBe(expected);
  });
});
