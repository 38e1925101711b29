import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { demand } from '../demand.js';
import { smSampleBook } from '../samples/sample-book.js';
import { article04 } from './article-04-inquiry.js';
import { smParameters } from './parameters.js';

const date = CivilDate.from;
const today = date('2026-11-22');
const values = smSampleBook('2825').readAll(
  { matrix: smParameters.inquiryMatrix, hours: smParameters.inquiryHours },
  today,
);
if (!values.ok) throw new Error('The sample values are incomplete.');
const { matrix, hours } = values.value.values;

describe('SM-4 inquiry', () => {
  type Period = { unit: 'days' | 'calendar_months'; count: number };
  const inquire = (more: object = {}, period: Period = { unit: 'calendar_months', count: 2 }) =>
    article04.clause('SM-4.1-1').apply(
      {
        accountRegistered: true,
        terminal: 'pc',
        accountType: 'ordinary',
        inquiryFunction: 'transactions',
        inquiryFrom: date('2026-09-01'),
        today,
        ...more,
      },
      { matrix, period },
    );
  const tenDays = { unit: 'days', count: 10 } as const;
  test.each([
    [
      'SM-4.1-1/a no service account',
      inquire({ accountRegistered: false }),
      'not_a_service_account',
    ],
    ['SM-4.1-1/b not in the matrix', inquire({ accountType: 'other' }), 'not_offered'],
    [
      'SM-4.1-1/c before the month before last',
      inquire({ inquiryFrom: date('2026-08-31') }),
      'period_too_long',
    ],
    [
      'SM-4.1-1/c eleven days of ten',
      inquire({ inquiryFrom: date('2026-11-11') }, tenDays),
      'period_too_long',
    ],
    ['SM-4.1-1 ten days of ten', inquire({ inquiryFrom: date('2026-11-12') }, tenDays), 'allowed'],
    ['SM-4.1-1 from the first of the month before last', inquire(), 'allowed'],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  const monday = date('2026-11-23');
  test.each([
    ['SM-4.1-2/a one second before closing', monday.at('02:00') - 1000, true],
    ['SM-4.1-2/a at closing', monday.at('02:00'), false],
    ['SM-4.1-2/a one second after closing', monday.at('02:00') + 1000, false],
    ['SM-4.1-2/a at opening', monday.at('06:00'), true],
    ['SM-4.1-2/c a day crossing midnight', monday.startsAt(), true],
  ])('%s', (_title, now, isOpen) => {
    const answer = article04.clause('SM-4.1-2').apply({ now }, { hours });
    expect(answer.isOpen).toBe(isOpen);
    expect(answer.nextOpening).toBe(isOpen ? now : monday.at('06:00'));
  });

  test('SM-4.1-2/b a change takes effect in the middle of a session', () => {
    const now = monday.at('10:00');
    const changed = { ...hours, exceptions: [{ date: '2026-11-23', openings: [] }] };
    const open = (given: typeof hours) =>
      article04.clause('SM-4.1-2').apply({ now }, { hours: given });
    expect([open(hours).isOpen, open(changed).isOpen]).toEqual([true, false]);
    expect(open(changed).nextOpening).toBe(date('2026-11-24').startsAt());
  });

  test('SM-4.1-3 an answer is as of an instant that is not in the future', () => {
    const honest = (answeredAsOf: number) =>
      article04.clause('SM-4.1-3').apply({ answeredAsOf, now: 10 }).isHonest;
    expect([honest(9), honest(10), honest(11)]).toEqual([true, true, false]);
  });

  test('SM-4.2 a correction names what it corrects, itself and why', () => {
    expect(demand(article04.clause('SM-4.2'), { correctedBy: 'evt_2' })).toMatchObject({
      refusal: { clause: 'SM-4.2', facts: { missing: ['correctedEntry', 'reason'] } },
    });
  });

  const access = (more: object = {}, afterCloseDays = 62) =>
    article04.clause('SM-4.3').apply(
      {
        closedOn: today,
        removedFromService: false,
        mainAccountClosed: false,
        today,
        ...more,
      },
      { afterCloseDays },
    );
  test.each([
    ['SM-4.3 an open account', access({ closedOn: undefined }), 'full'],
    ['SM-4.3 the day it was closed', access(), 'read_only'],
    ['SM-4.3/a the last day', access({ today: today.plusDays(62) }), 'read_only'],
    ['SM-4.3/b the day after', access({ today: today.plusDays(63) }), 'no_access'],
    [
      'SM-4.3/b no days at all: the day itself only',
      access({ today: today.plusDays(1) }, 0),
      'no_access',
    ],
    ['SM-4.3/c the main account is closed', access({ mainAccountClosed: true }), 'no_access'],
    [
      'SM-4.3 X-15 removed from the service, not closed',
      access({ closedOn: undefined, removedFromService: true }),
      'no_access',
    ],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });
});
