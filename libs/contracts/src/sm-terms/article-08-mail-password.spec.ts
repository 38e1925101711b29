import { describe, expect, test } from '@jest/globals';
import { article08 } from './article-08-mail-password.js';

const started = { oneTimePassword: false, mailPassword: true };
const transfersOnly = ['transfer'] as const;

describe('SM-8 the mail password', () => {
  const choose = (
    operation: 'transfer' | 'change',
    mailPasswordsSent = 0,
    meansStarted = started,
  ) =>
    article08
      .clause('SM-8.1')
      .apply(
        { operation, meansStarted, mailPasswordsSent },
        { operations: transfersOnly, resendLimit: 2 },
      );
  test.each([
    ['SM-8.1/a an operation that is not designated', choose('change'), 'no_mail'],
    [
      'SM-8.1/a nothing was started',
      choose('transfer', 0, { ...started, mailPassword: false }),
      'no_mail',
    ],
    ['SM-8.1 a designated operation', choose('transfer'), 'send'],
    ['SM-8.1/b choosing again re-issues', choose('transfer', 2), 'send'],
    ['SM-8.1/b beyond the re-issues allowed', choose('transfer', 3), 'resend_limit'],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  test('SM-8.2/a both are compared, where the operation is designated', () => {
    const factors = (operation: 'transfer' | 'change') =>
      article08
        .clause('SM-8.2')
        .apply({ operation, meansStarted: started }, { operations: transfersOnly });
    expect(factors('transfer')).toEqual(['confirmation_password', 'mail_password']);
    expect(factors('change')).toEqual([]);
  });

  test('SM-8.2/b a wrong mail password has a counter of its own, apart from SM-9.2', () => {
    const clause = article08.clause('SM-8.2');
    expect(clause.cites?.map(({ id }) => id)).toEqual(['P.sm.mailpw.attempts']);
    expect(clause.refers).toContain('SM-9.2');
  });

  const issued = { session: 'A', address: 'a@example.jp', issuedAt: 0 };
  const use = (more: object = {}, strict: { maxAgeMinutes?: number; singleUse?: boolean } = {}) =>
    article08.clause('SM-8.3a').apply(
      {
        mailPassword: issued,
        session: 'A',
        draft: undefined,
        sessionEndedAt: undefined,
        mailPasswordUses: 0,
        now: 1,
        ...more,
      },
      { maxAgeMinutes: 0, singleUse: false, ...strict },
    );
  test.each([
    ['SM-8.3a/a used twice in one session', use({ mailPasswordUses: 1 }), 'valid'],
    [
      'SM-8.3a/a unless it serves once only',
      use({ mailPasswordUses: 1 }, { singleUse: true }),
      'already_used',
    ],
    ['SM-8.3a/b after logout', use({ sessionEndedAt: 1 }), 'other_or_ended_session'],
    [
      'SM-8.3a/c the old one after a re-issue',
      use({ mailPassword: { ...issued, diedAt: 1 } }),
      'superseded',
    ],
    ['SM-8.3a/c the new one', use(), 'valid'],
    [
      'SM-8.3a/d a session ended by time-out or lock',
      use({ sessionEndedAt: 0 }),
      'other_or_ended_session',
    ],
    ['SM-8.3a/e of session A in session B', use({ session: 'B' }), 'other_or_ended_session'],
    [
      'SM-8.3a another draft than its own',
      use({ mailPassword: { ...issued, draft: 'x' }, draft: 'y' }),
      'other_draft',
    ],
    [
      'SM-8.3a its own draft',
      use({ mailPassword: { ...issued, draft: 'x' }, draft: 'x' }),
      'valid',
    ],
    ['SM-8.3a at its greatest age', use({ now: 60_000 }, { maxAgeMinutes: 1 }), 'too_old'],
    ['SM-8.3a just younger', use({ now: 59_999 }, { maxAgeMinutes: 1 }), 'valid'],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  const change = (tellOldAddress: boolean) =>
    article08
      .clause('SM-8.3b')
      .apply({ oldAddress: 'old@example.jp', newAddress: 'new@example.jp' }, { tellOldAddress });
  test('SM-8.3b/a the old password dies with the old address', () => {
    expect(change(true).oldPasswordDies).toBe(true);
  });
  test('SM-8.3b/b the new address gets the new one, the old address at most the notice', () => {
    expect(change(true)).toMatchObject({
      newPasswordTo: 'new@example.jp',
      noticeOfChangeTo: ['old@example.jp', 'new@example.jp'],
    });
    expect(change(false).noticeOfChangeTo).toEqual(['new@example.jp']);
  });
  test('SM-8.3b/c the change itself is a change of SM-10.3a', () => {
    expect(article08.clause('SM-8.3b').refers).toEqual(['SM-10.3a']);
  });
});
