import { describe, expect, test } from '@jest/globals';
import { article18 } from './article-18-subordinate-rules.js';

describe('SM-18 subordinate rules', () => {
  test('SM-18 shows the register of the other rules, and the overdraft points to it', () => {
    const clause = article18.clause('SM-18');
    expect(clause.force).toBe('inform');
    expect(clause.refers).toEqual(['SM-3.4-1-2a']);
    expect(clause.shownAt.join()).toContain('register of the subordinate rules');
  });
});
