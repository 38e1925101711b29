import { CivilDate, endOf } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { article07, TOKEN_MAIL_FIELDS } from './article-07-one-time-password.js';

const date = CivilDate.from;
const issuedAt = date('2026-11-20').at('12:00');
const obtain = (more: object = {}) =>
  article07.clause('SM-7.1').apply(
    {
      tokenIssuedAt: issuedAt,
      now: issuedAt + 1,
      tokenGeneration: 2,
      newestGeneration: 2,
      startPasswordMatches: true,
      startPasswordFailures: 0,
      ...more,
    },
    { issueExpiry: 7, attempts: 5 },
  );

describe('SM-7 the one-time password', () => {
  test.each([
    ['SM-7.1 the right start password in time', {}, 'obtained'],
    ['SM-7.1/a a wrong start password', { startPasswordMatches: false }, 'start_password_wrong'],
    ['SM-7.1/a the fifth wrong one', { startPasswordFailures: 5 }, 'too_many_attempts'],
    ['SM-7.1/b the last day of the issue', { now: endOf(date('2026-11-27')) - 1 }, 'obtained'],
    ['SM-7.1/b an expired issue', { now: endOf(date('2026-11-27')) }, 'issue_expired'],
    ['SM-7.1/c a second issue ends the first', { newestGeneration: 3 }, 'superseded'],
  ])('%s', (_title, more, expected) => {
    expect(obtain(more)).toBe(expected);
  });

  test('SM-7.1/d the mail names address, service and user, and no password', () => {
    expect(TOKEN_MAIL_FIELDS).toHaveLength(3);
    expect(TOKEN_MAIL_FIELDS.filter((field) => field.includes('password'))).toEqual([]);
  });

  const match = (otpStep: number, lastUsedStep?: number, window = 1) =>
    article07.clause('SM-7.2').apply({ otpStep, currentStep: 100, lastUsedStep }, { window });
  test.each([
    ['SM-7.2/a the current step', match(100), 'matches'],
    ['SM-7.2/b the previous step, within the window', match(99), 'matches'],
    ['SM-7.2/b two steps back', match(98), 'outside_window'],
    ['SM-7.2/b two steps ahead', match(102), 'outside_window'],
    ['SM-7.2/b no tolerance at all', match(99, undefined, 0), 'outside_window'],
    ['SM-7.2/c the code just used', match(100, 100), 'already_used'],
    ['SM-7.2/c an older code after a newer', match(99, 100), 'already_used'],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  test('SM-7.2 property: no sequence of codes makes one step match twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 95, max: 105 }), { maxLength: 30 }), (steps) => {
        const used: number[] = [];
        let last: number | undefined;
        for (const step of steps) {
          if (match(step, last) !== 'matches') continue;
          used.push(step);
          last = step;
        }
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });

  const both = ['confirmation_password', 'one_time_password'] as const;
  const taken = (factorsMatched: readonly (typeof both)[number][]) =>
    article07.clause('SM-7.3c').apply({ factorsRequired: both, factorsMatched });
  test('SM-7.3a/a the code only is refused', () => {
    expect(taken(['one_time_password']).isRequestOfHolder).toBe(false);
  });
  test('SM-7.3a/b the confirmation password only is refused', () => {
    expect(taken(['confirmation_password']).isRequestOfHolder).toBe(false);
  });
  test('SM-7.3c both matched: the record has the factors, and no secret', () => {
    expect(taken([...both])).toEqual({ isRequestOfHolder: true, recorded: [...both] });
    const nothing = article07.clause('SM-7.3c').apply({ factorsRequired: [], factorsMatched: [] });
    expect(nothing.isRequestOfHolder).toBe(false);
  });

  const added = (
    id: 'SM-7.3a' | 'SM-7.3b',
    terminalClass: 'pc' | 'smartphone' | 'intermediary' | 'uncertain',
    operation: 'login' | 'inquiry' | 'transfer' | 'change',
    oneTimePassword = true,
  ) =>
    article07
      .clause(id)
      .apply({ terminalClass, operation, meansStarted: { oneTimePassword, mailPassword: false } });
  test('SM-7.3a/c on a PC movements and changes need the code, an inquiry does not', () => {
    expect(added('SM-7.3a', 'pc', 'transfer')).toEqual([...both]);
    expect(added('SM-7.3a', 'pc', 'change')).toEqual([...both]);
    expect(added('SM-7.3a', 'pc', 'inquiry')).toEqual([]);
    expect(added('SM-7.3a', 'pc', 'transfer', false)).toEqual([]);
    expect(added('SM-7.3a', 'smartphone', 'transfer')).toEqual([]);
  });
  test('SM-7.3b/a a smartphone needs the code at login', () => {
    const atLogin = ['login_id', 'login_password', 'one_time_password'];
    expect(added('SM-7.3b', 'smartphone', 'login')).toEqual(atLogin);
    expect(added('SM-7.3b', 'pc', 'login')).toEqual([]);
    expect(added('SM-7.3b', 'smartphone', 'login', false)).toEqual([]);
    expect(added('SM-7.3b', 'smartphone', 'transfer')).toEqual([]);
  });
  test('SM-7.3b/b a terminal that may be a forged PC gets the stricter of both', () => {
    expect(added('SM-7.3a', 'uncertain', 'transfer')).toEqual([...both]);
    expect(added('SM-7.3b', 'uncertain', 'login')).toContain('one_time_password');
  });

  test('SM-7.4a deactivation needs the factors laid down, or else the branch', () => {
    const deactivate = (matched: readonly (typeof both)[number][]) =>
      article07
        .clause('SM-7.4a')
        .apply({ factorsMatched: matched }, { deactivateFactors: [...both] });
    expect(deactivate([...both])).toBe('deactivate');
    expect(deactivate(['confirmation_password'])).toBe('branch_required');
  });

  test('SM-7.4b codes of the old token never match after a new issue', () => {
    const can = (tokenGeneration: number) =>
      article07.clause('SM-7.4b').apply({ tokenGeneration, newestGeneration: 3 }).codesCanMatch;
    expect([can(2), can(3)]).toEqual([false, true]);
  });

  const expiry = date('2026-12-31');
  const token = (now: number, expiryNoticeSent = false) =>
    article07
      .clause('SM-7.5')
      .apply(
        { tokenExpiresOn: expiry, now, expiryNoticeSent },
        { noticeBefore: 30, extension: 24 },
      );
  test('SM-7.5/a notice is due once, from the window on', () => {
    expect(token(date('2026-12-01').startsAt() - 1).noticeDue).toBe(false);
    expect(token(date('2026-12-01').startsAt()).noticeDue).toBe(true);
    expect(token(date('2026-12-15').startsAt(), true).noticeDue).toBe(false);
    expect(token(endOf(expiry)).noticeDue).toBe(false);
  });
  test('SM-7.5/b at the expiry instant it is dead', () => {
    expect(token(endOf(expiry) - 1).isLive).toBe(true);
    expect(token(endOf(expiry)).isLive).toBe(false);
  });
  test('SM-7.5/c it is extended before expiry, and issued anew after', () => {
    expect(String(token(endOf(expiry) - 1).mayExtendTo)).toBe('2028-12-31');
    expect(token(endOf(expiry)).mayExtendTo).toBeUndefined();
  });
});
