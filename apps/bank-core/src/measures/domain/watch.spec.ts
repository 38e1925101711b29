import { expect, test } from '@jest/globals';
import { beginReview, ReadingBook, type ReadingChoice, type ReviewState } from '#libs/contracts';
import { CivilDate, type Instant } from '#libs/kernel';
import { watchReview } from './watch.js';

const NOW = Date.parse('2026-11-22T03:00:00Z') as Instant;
const DAY_MS = 86_400_000;

/** A review whose prior notice has arrived and whose lead is over. */
const noticed: ReviewState = {
  ...beginReview('4', 'epsp_1', NOW - 30 * DAY_MS),
  name: 'NOTICE_SENT',
  facts: {
    ...beginReview('4', 'epsp_1', NOW - 30 * DAY_MS).facts,
    demand: {
      id: 'dem_1',
      items: ['4.2'],
      arrivedAt: NOW - 20 * DAY_MS,
      dueAt: NOW - 10 * DAY_MS,
    } as ReviewState['facts']['demand'] & object,
    insufficientAt: NOW - 9 * DAY_MS,
    notice: {
      noticeId: 'ntc_1',
      kind: 'restriction',
      removed: [],
      leadHours: 72,
      deliveredAt: NOW - 4 * DAY_MS,
    },
  },
};
const choice: ReadingChoice = {
  entry: 'INT-11',
  reading: 'B',
  institution: '2963',
  version: 1,
  effectiveFrom: CivilDate.from('2026-11-22'),
  chosenBy: 'one',
  approvedBy: 'another',
  status: 'proposed',
};
const seenBy = (bankCode: string, now = NOW) =>
  watchReview(noticed, now, new ReadingBook(bankCode, [choice]))[0];

test('RKN-S4c INT-11 a measure that is possible names the readings of that institution, from their day on', () => {
  expect(seenBy('2963')).toMatchObject({
    rule: 'measure_possible',
    proposes: 'measure_committed',
    facts: { noticeId: 'ntc_1', readings: expect.stringContaining('INT-11 B') },
  });
  expect(seenBy('2963', NOW - DAY_MS)?.facts['readings']).toContain('INT-11 A');
  expect(seenBy('2954')?.facts['readings']).toContain('INT-11 A');
});
