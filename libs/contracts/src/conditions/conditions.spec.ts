import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryFailure } from '../facts/index.js';
import { arrivalOf } from './deemed-arrival.js';
import { unmatchedFactors } from './factors-match.js';
import { groundsAreRecorded } from './grounds-are-recorded.js';
import { earliestEffect, noticeArrivedBefore } from './notice-arrived-before.js';
import { payableAmount } from './payable-amount.js';
import { endOfPeriod, periodIsOver } from './period-is-over.js';
import { twoPeopleAgreed } from './two-people-agreed.js';
import { exceededBases, leftOnEachBasis } from './within-daily-limit.js';
import { isWithinHours, nextOpening } from './within-service-hours.js';

const date = CivilDate.from;
const allDay = [{ from: '00:00', to: '24:00' }];
const hours = {
  weekly: {
    sun: [],
    mon: [{ from: '06:00', to: '24:00' }],
    tue: allDay,
    wed: allDay,
    thu: allDay,
    fri: allDay,
    sat: [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '21:00' },
    ],
  },
  exceptions: [{ date: '2026-11-24', openings: [] }],
};

describe('conditions', () => {
  test.each([
    ['2026-11-20', '23:59', true, 'Friday to its end'],
    ['2026-11-21', '00:00', false, 'Saturday before eight'],
    ['2026-11-21', '08:00', true, 'the opening belongs to the hours'],
    ['2026-11-21', '12:00', false, 'the closing does not'],
    ['2026-11-22', '12:00', false, 'Sunday closed'],
    ['2026-11-24', '12:00', false, 'an exception replaces the whole day'],
  ])('SM-4.1-2 on %s at %s open is %s: %s', (day, time, open, _why) => {
    expect(isWithinHours(hours, date(day).at(time))).toBe(open);
  });

  test('the next opening is found across closed days, and none is none', () => {
    expect(nextOpening(hours, date('2026-11-21').at('21:00'))).toBe(date('2026-11-23').at('06:00'));
    expect(nextOpening(hours, date('2026-11-21').at('12:30'))).toBe(date('2026-11-21').at('13:00'));
    const open = date('2026-11-20').at('10:00');
    expect(nextOpening(hours, open)).toBe(open);
    const closed = { sun: [], mon: [], tue: [], wed: [], thu: [], fri: [], sat: [] };
    expect(nextOpening({ weekly: closed, exceptions: [] }, open)).toBeUndefined();
  });

  const normal = { mailMinutes: 60, postDays: 3 };
  const sentAt = date('2026-11-20').at('10:00');
  test.each<[string, 'mail' | 'post', DeliveryFailure | undefined, string]>([
    ['mail to a wrong address', 'mail', 'address_registered_wrongly', 'deemed 2026-11-20 11:00'],
    ['post that was refused', 'post', 'refused_by_holder', 'deemed 2026-11-23 00:00'],
    ['our own relay down', 'mail', 'institution_sending_failure', 'none'],
    ['an address wrong by our error', 'post', 'institution_error_in_address', 'none'],
    ['nothing known', 'mail', undefined, 'none'],
  ])('%s by %s', (_, channel, failure, expected) => {
    const arrival = arrivalOf({ channel, sentAt, ...(failure ? { failure } : {}) }, normal);
    const [how, day, time] = expected.split(' ');
    expect(arrival.how).toBe(how);
    if (arrival.how !== 'none') expect(arrival.at).toBe(date(day ?? '').at(time ?? ''));
  });

  test('what arrived late through the holder counts from when it was normally due', () => {
    const late = { channel: 'post', sentAt, arrivedAt: date('2026-12-10').at('09:00') } as const;
    expect(arrivalOf(late, normal)).toEqual({ how: 'arrived', at: late.arrivedAt });
    const moved = { ...late, failure: 'address_change_not_notified' } as const;
    expect(arrivalOf(moved, normal)).toEqual({ how: 'deemed', at: date('2026-11-23').startsAt() });
    const early = { ...moved, arrivedAt: date('2026-11-21').at('09:00') };
    expect(arrivalOf(early, normal)).toEqual({ how: 'arrived', at: early.arrivedAt });
  });

  test('a notice arrives strictly before the effect, by the lead at least', () => {
    const hour = 3_600_000;
    expect(noticeArrivedBefore(10, 10, 0)).toBe(false);
    expect(noticeArrivedBefore(9, 10, 0)).toBe(true);
    expect(noticeArrivedBefore(1, 2 * hour, 2)).toBe(false);
    expect(noticeArrivedBefore(0, 2 * hour, 2)).toBe(true);
    expect(noticeArrivedBefore(undefined, 10, 0)).toBe(false);
    expect([earliestEffect(5, 0), earliestEffect(5, 1)]).toEqual([6, 5 + hour]);
  });

  test('a period is over when its last day has ended in Tokyo', () => {
    const due = endOfPeriod(date('2026-11-20').at('10:00'), 3);
    expect(periodIsOver(due, date('2026-11-24').startsAt() - 1)).toBe(false);
    expect(periodIsOver(due, date('2026-11-24').startsAt())).toBe(true);
    expect(periodIsOver(undefined, due + 1)).toBe(false);
  });

  test('two people are two; a blank is nobody; grounds need words and evidence', () => {
    const pairs = ['Sato/Ito', 'Sato/Sato', 'Sato/ ', ' /Ito', 'Sato/Sato '];
    const agreed = pairs.map((pair) => {
      const [enteredBy = '', approvedBy = ''] = pair.split('/');
      return twoPeopleAgreed({ enteredBy, approvedBy });
    });
    expect(agreed).toEqual([true, false, false, false, false]);
    expect(groundsAreRecorded({ text: '事実', evidence: ['evt_1'] })).toBe(true);
    expect(groundsAreRecorded({ text: ' ', evidence: ['evt_1'] })).toBe(false);
    expect(groundsAreRecorded({ text: '事実', evidence: [' '] })).toBe(false);
  });

  test('factors that were required and did not match are named in order', () => {
    expect(unmatchedFactors(['login_id', 'login_password'], ['login_id'])).toEqual([
      'login_password',
    ]);
    expect(unmatchedFactors([], ['login_id'])).toEqual([]);
  });

  const yen = fc.bigInt({ min: 0n, max: 10n ** 12n });
  test('property: payable is never below zero, and grows by no more than the overdraft line', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 9n), max: 10n ** 12n }),
        yen,
        yen,
        fc.array(yen, { maxLength: 3 }),
        (balance, holds, overdraftLimit, attached) => {
          const funds = { balance, holds, overdraftLimit };
          const stops = attached.map((amount) => ({ kind: 'attachment', amount }) as const);
          const without = payableAmount(funds, stops, false);
          const withLine = payableAmount(funds, stops, true);
          expect(without).toBeGreaterThanOrEqual(0n);
          expect(withLine).toBeGreaterThanOrEqual(without);
          expect(withLine - without).toBeLessThanOrEqual(overdraftLimit);
          expect(payableAmount(funds, [...stops, { kind: 'payment_stop' }], true)).toBe(0n);
        },
      ),
    );
  });

  test('property: what is left on the narrower basis is exactly the most that can be asked', () => {
    fc.assert(
      fc.property(yen, yen, yen, (limit, requestDate, designatedDate) => {
        const use = { requestDate, designatedDate };
        const left = leftOnEachBasis(limit, use);
        const most =
          left.request_date < left.designated_date ? left.request_date : left.designated_date;
        const within = requestDate <= limit && designatedDate <= limit;
        expect(exceededBases(limit, use, most).length === 0).toBe(within);
        expect(exceededBases(limit, use, most + 1n).length).toBeGreaterThan(0);
      }),
    );
  });
});
