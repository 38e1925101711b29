import { describe, expect, test } from '@jest/globals';
import { smParameters, smSampleValues } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';
import { mayInquire } from './may-inquire.js';
import { statementPeriod } from './statement-period.js';
import { visibleAccounts } from './visible-accounts.js';

const today = CivilDate.from('2026-11-22');
const inquiryMatrix = smParameters.inquiryMatrix.constraint.read(
  smSampleValues['P.sm.inquiry.matrix'],
)!;
const ask = (
  accountType: '1' | '9',
  inquiry: 'balance' | 'transactions',
  from: CivilDate,
  inquiryPeriod: { unit: 'days' | 'calendar_months'; count: number },
) => {
  const answer = mayInquire(
    { accountType, inquiry, from, today },
    { inquiryMatrix, inquiryPeriod },
  );
  return answer.ok ? 'accepted' : answer.refusal.code;
};

describe('SM-4.1-1 what an intermediary may ask of an account', () => {
  const months = { unit: 'calendar_months', count: 2 } as const;

  test('SM-4.1-1/b a combination absent from the matrix comes before the period', () => {
    const longAgo = CivilDate.from('2020-01-01');
    expect(ask('9', 'transactions', longAgo, months)).toBe('function_not_offered');
    expect(ask('9', 'balance', today, months)).toBe('accepted');
  });

  test('SM-4.1-1/c the 1st of the month before last is within, the day before it is not', () => {
    const first = CivilDate.from('2026-09-01');
    expect(ask('1', 'transactions', first, months)).toBe('accepted');
    expect(ask('1', 'transactions', first.minusDays(1), months)).toBe('period_too_long');
  });

  test('SM-4.1-1/c a statement without a beginning starts exactly where the clause allows', () => {
    for (const unit of ['days', 'calendar_months'] as const) {
      for (const count of [1, 2, 11, 15, 62]) {
        const { from, to } = statementPeriod({}, today, { unit, count });
        expect(to).toEqual(today);
        expect(ask('1', 'transactions', from, { unit, count })).toBe('accepted');
        expect(ask('1', 'transactions', from.minusDays(1), { unit, count })).toBe(
          'period_too_long',
        );
      }
    }
  });
});

describe('SM-4.3 accounts that have been closed', () => {
  const open = { isMain: true, closed: false };
  const closedOn = (date: string, isMain = false) => ({
    isMain,
    closed: true,
    closedOn: CivilDate.from(date),
  });

  test.each([
    ['the last day of the period, included', closedOn('2026-09-21'), 2],
    ['the day after it', closedOn('2026-09-20'), 1],
    ['SM-4.3/c the main account closed: no access at all', closedOn('2026-11-21', true), 0],
  ])('SM-4.3 %s', (_, account, visible) => {
    const accounts = account.isMain ? [account, { ...open, isMain: false }] : [open, account];
    expect(visibleAccounts(accounts, today, 62)).toHaveLength(visible);
  });
});
