import { describe, expect, test } from '@jest/globals';
import { article13, type ClauseId } from '#libs/contracts';
import { checkPaper, PAPER_CLAUSES, type SealCheck } from './paper-entry.js';

const check: SealCheck = { by: 'Ito', at: 20, matched: true };

describe('SM-13.5 a paper and its seal', () => {
  test.each([
    //  seal check                        now   answer
    ['no check', undefined, 100, 'seal_check_missing'],
    ['nobody’s check', { ...check, by: ' ' }, 100, 'seal_check_missing'],
    ['a check of tomorrow', { ...check, at: 101 }, 100, 'fact_malformed'],
    ['a check before the paper came', { ...check, at: 9 }, 100, 'fact_malformed'],
    ['a paper of tomorrow', { ...check, at: 9 }, 9, 'fact_malformed'],
    ['a check that did not match is one too', { ...check, matched: false }, 100, 'taken'],
    ['a check at the last moment', check, 20, 'taken'],
  ] as const)('%s', (_title, sealCheck, now, answer) => {
    const checked = checkPaper({ kind: 'termination', receivedAt: 10, sealCheck }, now);
    expect(checked.ok ? 'taken' : checked.refusal.code).toBe(answer);
  });

  test('SM-13.5 the kinds of paper are those of the clauses that rest on it', () => {
    const rests: readonly ClauseId[] = article13.clause('SM-13.5').refers ?? [];
    expect(Object.values(PAPER_CLAUSES)).toEqual(rests);
  });
});
