import { expect, test } from '@jest/globals';
import { changeCalendar, changeOf } from './calendar.js';
import { NOTICE_DAYS_MIN, noticeDays } from './domain/change-calendar.js';

test('B-5 a deprecation of the table stands in the calendar, a year ahead', () => {
  const change = changeOf({
    method: 'GET',
    route: '/v1/banks/:bankCode/accounts',
    since: '2027-01-05',
    sunset: '2028-01-05',
    link: 'https://renkei.example/changes/accounts',
  });
  expect(change).toMatchObject({
    id: '2027-01-end-of-get-v1-banks-bankcode-accounts',
    kind: 'removal',
    affects: ['GET /v1/banks/:bankCode/accounts'],
  });
  expect(noticeDays(change)).toBeGreaterThanOrEqual(NOTICE_DAYS_MIN.removal);
});

test('B-5 every entry has an id of its own', () => {
  expect(new Set(changeCalendar.map(({ id }) => id)).size).toBe(changeCalendar.length);
});
