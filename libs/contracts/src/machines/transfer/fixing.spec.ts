import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { tellerOf, type Told } from '../explorer/tell.js';
import { beginTransfer, transferMachine, type TransferTiming } from '../transfer.js';
import type { TransferEvent } from './facts.js';

type Say = Told<TransferEvent>;
const noon = CivilDate.from('2026-11-20').at('12:00');
const monday = CivilDate.from('2026-11-24').startsAt();
const confirmBy = noon + 600_000;
const tell = tellerOf(transferMachine);
const received = (timing: TransferTiming) =>
  beginTransfer({ timing, throughIntermediary: false }, noon);
const show: Say = [noon, { type: 'content_shown', confirmBy }];
const confirm = (more: { debitFrom?: number; cancelBefore?: number }): Say => [
  noon + 9,
  { type: 'confirmed', identityMatched: true, link: 'not_asked', ...more },
];

describe('SM-R3.2: what 確定 needs and what it leaves behind', () => {
  //  clause      timing         what is confirmed                              answer
  test.each([
    ['SM-R3.1', 'rolled', { cancelBefore: monday }, 'debit_day_missing'],
    ['SM-R3.1', 'reservation', { cancelBefore: monday }, 'debit_day_missing'],
    ['SM-5.5-1', 'reservation', { debitFrom: monday }, 'cancel_cutoff_missing'],
  ] as const)('%s a %s with %j alone is refused', (clause, timing, more, answer) => {
    expect(tell(received(timing), show, confirm(more))).toMatchObject({ answer, clause });
  });

  //  timing         status  cut-off
  test.each([
    ['rolled', 'RSVD', monday - 1],
    ['rolled', 'RSVD', undefined],
    ['reservation', 'SCHD', monday - 1],
  ] as const)('SM-R3.1 a %s becomes %s with its day and its cut-off %s', (...row) => {
    const [timing, name, cancelBefore] = row;
    const told = tell(received(timing), show, confirm({ debitFrom: monday, cancelBefore }));
    expect(told).toMatchObject({ answer: name, effects: ['charge_limits'] });
    expect(told.facts).toEqual({
      timing,
      throughIntermediary: false,
      aftercare: 'none',
      fixedAt: noon + 9,
      debitFrom: monday,
      cancelBefore,
    });
  });

  //  what ends the request                                                  its end  why
  test.each([
    [[], [noon, { type: 'abandoned' }], 'CANC', 'user_cancelled'],
    [[show], [noon, { type: 'abandoned' }], 'CANC', 'user_cancelled'],
    [
      [show],
      [confirmBy + 1, { type: 'deadline_reached', deadline: 'confirmation' }],
      'EXPD',
      'not_confirmed_in_time',
    ],
  ] as [Say[], Say, string, string][])(
    'SM-R3.2/c %# what is not fixed ends freely, and says why',
    (...row) => {
      const [before, event, answer, reason] = row;
      expect(tell(received('same_day'), ...before, event)).toMatchObject({
        answer,
        facts: { reason },
      });
    },
  );
});
