import { expect, test } from '@jest/globals';
import { decidePage, type CursorContent, type PageFilter } from './cursor.js';

const HOUR = 3_600_000;
const content: CursorContent = {
  list: 'transactions',
  bankCode: '2963',
  accountId: 'acc_1',
  from: '2026-11-01',
  to: undefined,
  after: '17',
  madeAt: 0,
  countedFor: undefined,
};
const asked: PageFilter = {
  list: 'transactions',
  bankCode: '2963',
  accountId: 'acc_1',
  from: '2026-11-01',
  to: undefined,
};

test.each<[string, Partial<PageFilter>, number, string]>([
  ['another account', { accountId: 'acc_2' }, 0, 'cursor_mismatch'],
  ['another list of the same account', { list: 'incoming-transfers' }, 0, 'cursor_mismatch'],
  ['another institution', { bankCode: '2972' }, 0, 'cursor_mismatch'],
  ['another first day', { from: '2026-11-02' }, 0, 'cursor_mismatch'],
  ['a last day where there was none', { to: '2026-11-30' }, 0, 'cursor_mismatch'],
  ['24 hours', {}, 24 * HOUR, 'cursor_expired'],
  ['a millisecond less', {}, 24 * HOUR - 1, '17'],
  ['the period left out', { from: undefined }, 0, '17'],
])('a cursor with %s', (_title, over, now, expected) => {
  const page = decidePage(content, { ...asked, ...over }, now);
  expect(page.ok ? page.value.after : page.refusal.code).toBe(expected);
});

test('a cursor that is not ours', () => {
  const page = decidePage(undefined, asked, 0);
  expect(page).toMatchObject({ refusal: { code: 'cursor_mismatch' } });
});
