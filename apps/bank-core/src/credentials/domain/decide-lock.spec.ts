import { describe, expect, test } from '@jest/globals';
import { article09 } from '#libs/contracts';
import { judgeAttempt } from './decide-lock.js';

/** Plays entries against the counter as the database keeps it. */
function play(entries: readonly boolean[], threshold: number): number | undefined {
  let count = 0;
  for (const [index, right] of entries.entries()) {
    count += 1;
    const verdict = judgeAttempt(count, threshold, right);
    if (verdict === 'accept') count = 0;
    if (verdict === 'lock') return index;
  }
  return undefined;
}

describe('SM-9.2 as a counter that is raised before the password is looked at', () => {
  //    clause      attempt  threshold  right   expected
  test.each([
    ['SM-9.2/a the last try may still be right', 5, 5, true, 'accept'],
    ['SM-9.2/b the N-th wrong one locks', 5, 5, false, 'lock'],
    ['SM-9.2/a one below is only refused', 4, 5, false, 'refuse'],
    ['SM-9.2/b beyond it even the right one locks', 6, 5, true, 'lock'],
    ['SM-9.2 a threshold of one', 1, 1, false, 'lock'],
  ] as const)('%s', (_, attempt, threshold, right, expected) => {
    expect(judgeAttempt(attempt, threshold, right)).toBe(expected);
  });

  test('SM-9.2 the counter and the clause agree on every sequence of up to nine entries', () => {
    const clause = article09.clause('SM-9.2');
    const threshold = { login_password: 3, confirmation_password: 9, secret_word: 9 };
    for (let bits = 0; bits < 2 ** 9; bits += 1) {
      const entries = Array.from({ length: 9 }, (_, i) => ((bits >> i) & 1) === 1);
      const credentialEntries = entries.map((right, at) => ({
        kind: 'login_password' as const,
        right,
        at,
      }));
      const judged = clause.apply({ credentialEntries, countersCombined: false }, { threshold });
      expect(judged.stoppedAt).toBe(play(entries, 3));
    }
  });
});
