import { BusinessCalendar, CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { smSampleBook } from '../samples/sample-book.js';
import { smParameters } from '../sm-terms/parameters.js';
import { processingDay } from './processing-day.js';

const values = smSampleBook('2825').readAll(
  {
    transferHours: smParameters.transferHours,
    transferCutoff: smParameters.transferCutoff,
    reservationHorizon: smParameters.reservationHorizon,
    reservationHolidayRule: smParameters.reservationHolidayRule,
  },
  CivilDate.from('2026-11-20'),
);
if (!values.ok) throw new Error('The sample values are incomplete.');
const sample = values.value.values;
type Given = typeof sample;

/** `at` is `YYYY-MM-DD hh:mm`; the answer is written as `kind date` or the refusal's code. */
const ask = (at: string, designated?: string, more: Partial<Given> = {}) => {
  const [day = '', time = ''] = at.split(' ');
  const answer = processingDay(
    {
      receivedAt: CivilDate.from(day).at(time),
      destination: 'other_institution',
      ...(designated ? { designatedDate: CivilDate.from(designated) } : {}),
    },
    new BusinessCalendar(),
    { ...sample, ...more },
  );
  return answer.ok ? `${answer.value.kind} ${answer.value.date}` : answer.refusal.code;
};
const always = { transferCutoff: { ...sample.transferCutoff, other_institution: 'none' as const } };
const horizon = (unit: 'days' | 'business_days', count: number) => ({
  reservationHorizon: { unit, count },
});

describe('SM-R3.1 on which day a request is processed (2026-11-20 is a Friday before a holiday)', () => {
  test.each([
    ['SM-R3.1 outside the hours', ask('2026-11-23 02:00'), 'outside_service_hours'],
    ['SM-R3.1 a minute before the cut-off', ask('2026-11-20 14:59'), 'same_day 2026-11-20'],
    ['SM-R3.1 at the cut-off', ask('2026-11-20 15:00'), 'next_business_day 2026-11-24'],
    ['SM-R3.1 on a Sunday', ask('2026-11-22 10:00'), 'next_business_day 2026-11-24'],
    ['SM-R3.1 round the clock', ask('2026-11-22 10:00', undefined, always), 'same_day 2026-11-22'],
    [
      "SM-R3.1 today's date is no reservation",
      ask('2026-11-20 10:00', '2026-11-20'),
      'same_day 2026-11-20',
    ],
    [
      'SM-R3.1 a date that has passed',
      ask('2026-11-20 10:00', '2026-11-19'),
      'designated_date_passed',
    ],
    [
      'SM-R3.1 a holiday, rejected',
      ask('2026-11-20 10:00', '2026-11-23'),
      'designated_date_not_business_day',
    ],
    [
      'SM-R3.1 the next business day',
      ask('2026-11-20 10:00', '2026-11-24'),
      'reservation 2026-11-24',
    ],
    [
      'SM-R3.1 a holiday, moved on',
      ask('2026-11-20 10:00', '2026-11-23', { reservationHolidayRule: 'next' }),
      'reservation 2026-11-24',
    ],
    [
      'SM-R3.1 a holiday, moved back',
      ask('2026-11-20 10:00', '2026-11-28', { reservationHolidayRule: 'previous' }),
      'reservation 2026-11-27',
    ],
    [
      'SM-R3.1 moved back before the first day',
      ask('2026-11-20 10:00', '2026-11-23', { reservationHolidayRule: 'previous' }),
      'designated_date_out_of_range',
    ],
    [
      'SM-R3.1 the last day of the horizon',
      ask('2026-11-20 10:00', '2026-11-27', horizon('days', 7)),
      'reservation 2026-11-27',
    ],
    [
      'SM-R3.1 the day after the horizon',
      ask('2026-11-20 10:00', '2026-11-30', horizon('days', 9)),
      'designated_date_out_of_range',
    ],
    [
      'SM-R3.1 two business days ahead',
      ask('2026-11-20 10:00', '2026-11-25', horizon('business_days', 2)),
      'reservation 2026-11-25',
    ],
    [
      'SM-R3.1 three business days ahead',
      ask('2026-11-20 10:00', '2026-11-26', horizon('business_days', 2)),
      'designated_date_out_of_range',
    ],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  test('SM-5.4-1 the holiday rule is decided at acceptance, and what was asked for is kept', () => {
    const answer = processingDay(
      {
        receivedAt: CivilDate.from('2026-11-20').at('10:00'),
        destination: 'same_branch',
        designatedDate: CivilDate.from('2026-11-28'),
      },
      new BusinessCalendar(),
      { ...sample, reservationHolidayRule: 'next' },
    );
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      ok: true,
      value: { kind: 'reservation', date: '2026-11-30', askedFor: '2026-11-28' },
    });
  });

  test('SM-R3.1 every refusal names the presumed clause', () => {
    const refuse = (at: string, designated?: string) => {
      const [day = '', time = ''] = at.split(' ');
      const answer = processingDay(
        {
          receivedAt: CivilDate.from(day).at(time),
          destination: 'same_branch',
          ...(designated ? { designatedDate: CivilDate.from(designated) } : {}),
        },
        new BusinessCalendar(),
        sample,
      );
      return answer.ok ? undefined : answer.refusal.clause;
    };
    expect([
      refuse('2026-11-23 02:00'),
      refuse('2026-11-20 10:00', '2026-11-19'),
      refuse('2026-11-20 10:00', '2026-11-23'),
    ]).toEqual(['SM-R3.1', 'SM-R3.1', 'SM-R3.1']);
  });

  test('SM-R3.1 a range refusal names the first and the last day', () => {
    const answer = processingDay(
      {
        receivedAt: CivilDate.from('2026-11-20').at('10:00'),
        destination: 'same_branch',
        designatedDate: CivilDate.from('2027-01-04'),
      },
      new BusinessCalendar(),
      sample,
    );
    expect(answer).toMatchObject({
      refusal: { clause: 'SM-R3.1', facts: { first: '2026-11-24', last: '2026-12-20' } },
    });
  });
});
