import { describe, expect, test } from '@jest/globals';
import { clausesOf } from '../clause.js';
import { lintReferences, type CrossReference } from '../cross-references.js';
import { smDefects, smReferences } from './cross-references.js';
import { smTerms } from './index.js';

const clauses = clausesOf(smTerms);
const lint = (references: readonly CrossReference[], defects = smDefects) =>
  lintReferences(references, clauses, defects).map(
    ({ reference, problem }) => `${reference.in} ${reference.words}: ${problem}`,
  );

describe('cross-references of the terms', () => {
  test('every reference leads where we follow it, or its defect is known', () => {
    expect(lint(smReferences)).toEqual([]);
  });

  test('without the known defects the linter finds exactly the seven broken ones', () => {
    expect(lint(smReferences, [])).toEqual([
      'SM-5.2 第3条2: points_nowhere',
      'SM-5.4-1 第3条1: points_nowhere',
      'SM-5.4-2 前項1: means_something_else',
      'SM-5.4-3b 前項1: means_something_else',
      'SM-7.4b 第9条1: means_something_else',
      'SM-7.4b 第9条2: means_something_else',
      'SM-13.1a 第2条7: points_nowhere',
    ]);
  });

  test.each<[string, CrossReference]>([
    ['SM-99 第4条: citing_clause_unknown', { in: 'SM-99', words: '第4条', means: [] }],
    ['SM-3.4-2 第4条: target_unknown', { in: 'SM-3.4-2', words: '第4条', means: ['SM-4.9'] }],
    [
      'SM-3.4-2 第4条: not_followed_by_the_clause',
      { in: 'SM-3.4-2', words: '第4条', means: ['SM-4.2'] },
    ],
    ['SM-3.4-2 第22条: points_nowhere', { in: 'SM-3.4-2', words: '第22条', means: ['SM-4.1-1'] }],
    [
      'SM-3.4-2 第5条: means_something_else',
      { in: 'SM-3.4-2', words: '第5条', means: ['SM-4.1-1'] },
    ],
  ])('a reference that is wrong is reported: %s', (expected, reference) => {
    expect(lint([reference])).toEqual([expected]);
  });

  test('every defect belongs to a clause, is short, and says in both languages what we do', () => {
    for (const { clause, words, handling } of smDefects) {
      expect(clauses.map(({ id }) => id)).toContain(clause);
      expect([...words].length).toBeLessThanOrEqual(24);
      expect(handling.ja.endsWith('。')).toBe(true);
      expect(handling.en.endsWith('.')).toBe(true);
    }
  });

  test('what a clause refers to, overrides or is presupposed by exists, and is not itself', () => {
    const ids = new Set<string>(clauses.map(({ id }) => id));
    const broken = clauses.flatMap((clause) => {
      const pointed = [
        ...(clause.refers ?? []),
        ...(clause.overrides ?? []),
        ...('presupposedBy' in clause ? (clause.presupposedBy as string[]) : []),
      ];
      return pointed
        .filter((id) => id.startsWith('SM-') && (!ids.has(id) || id === clause.id))
        .map((id) => `${clause.id} → ${id}`);
    });
    expect(broken).toEqual([]);
  });
});
