import { expect, test } from '@jest/globals';
import { alike, words } from './document.js';
import { forPeople } from './for-people.js';

test.each([
  ['2026-11-22T14:05:00.000+09:00', '2026年11月22日 14:05', '22 November 2026, 14:05 JST'],
  ['2026-01-02T00:00:07.250+09:00', '2026年1月2日 00:00:07', '2 January 2026, 00:00:07 JST'],
  ['2026-12-01', '2026年12月1日', '1 December 2026'],
  // What only holds a day, or says it in another zone, is a text like any other.
  ['2026-12-01 の申出', '2026-12-01 の申出', '2026-12-01 の申出'],
  ['2026-11-22T05:05:00Z', '2026-11-22T05:05:00Z', '2026-11-22T05:05:00Z'],
])('%s stands on the page as %s', (text, ja, en) => {
  expect(forPeople(alike(text))).toEqual({ ja, en });
});

test('a day inside a sentence stands there as people write it, a piece of a name does not', () => {
  const said = words(
    '通知日2026-12-01の30日前（受付 a-2026-12-01）',
    '30 days before 2026-12-01 (case a-2026-12-01)',
  );
  expect(forPeople(said)).toEqual({
    ja: '通知日2026年12月1日の30日前（受付 a-2026-12-01）',
    en: '30 days before 1 December 2026 (case a-2026-12-01)',
  });
});

test.each([
  ['pay 30000 yen', 'pay 30,000 yen'],
  ['12345678 yen of 999 yen', '12,345,678 yen of 999 yen'],
  ['1,234 yen', '1,234 yen'],
  ['from 10000 to 250000 yen', 'from 10,000 to 250,000 yen'],
  ['from 10000 to 20000 people', 'from 10000 to 20000 people'],
  ['id-30000 yen, 2026 people', 'id-30000 yen, 2026 people'],
])('an English amount is grouped like the Japanese one: %s', (en, shown) => {
  expect(forPeople(words('支払う。', en)).en).toBe(shown);
});
