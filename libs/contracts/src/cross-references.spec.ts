import { describe, expect, test } from '@jest/globals';
import { clausesOf, type AnyClause } from './clause.js';
import { lintReferences, rknReferences, type CrossReference } from './cross-references.js';
import { readingEntry, readingIds } from './readings.js';
import { rknAgreement } from './rkn-agreement/index.js';
import { smTerms } from './sm-terms/index.js';

const rkn = clausesOf(rknAgreement);
const both: readonly AnyClause[] = [...rkn, ...clausesOf(smTerms)];
const ids = new Set<string>(both.map(({ id }) => id));

const fake = (id: string, refers: string[] = []) => ({ id, refers }) as unknown as AnyClause;
const article = ['5.1', '5.2-1', '5.2-2', '5.3-1a', '5.3-1b', '5.3-2', '5.3-12', '5.12', '12', '5']
  .map((place) => `SM-${place}`)
  .filter((id) => id !== 'SM-5');

/** The problem of one reference in a made-up article, where the clause follows all it names. */
const judge = (citing: string, words: string, ...means: string[]) => {
  const clauses = [
    ...article.filter((id) => id !== citing).map((id) => fake(id)),
    fake(citing, means),
  ];
  const reference = { in: citing, words, means } as unknown as CrossReference;
  return lintReferences([reference], clauses, [])[0]?.problem ?? 'right';
};

describe('how pointing words are read', () => {
  test.each([
    ['第5条', judge('SM-12', '第5条', 'SM-5.1'), 'right'],
    ['第5条 means nothing of article 12', judge('SM-12', '第5条', 'SM-12x'), 'target_unknown'],
    ['第5条1 is not paragraph 12', judge('SM-12', '第5条1', 'SM-5.12'), 'means_something_else'],
    ['第5条12', judge('SM-12', '第5条12', 'SM-5.12'), 'right'],
    ['前項1 in paragraph 2 is paragraph 1', judge('SM-5.2-1', '前項1', 'SM-5.1'), 'right'],
    ['前項1 in paragraph 3 is item 1 of 2', judge('SM-5.3-2', '前項1', 'SM-5.2-1'), 'right'],
    ['前項1 in paragraph 3 is not 1', judge('SM-5.3-2', '前項1', 'SM-5.1'), 'means_something_else'],
    ['前号', judge('SM-5.3-2', '前号', 'SM-5.3-1a', 'SM-5.3-1b'), 'right'],
    [
      '前号 is in the same paragraph',
      judge('SM-5.3-2', '前号', 'SM-5.2-1'),
      'means_something_else',
    ],
    ['前号 of the first item', judge('SM-5.2-1', '前号', 'SM-5.1'), 'points_nowhere'],
    ['上記(1)', judge('SM-5.3-2', '上記(1)', 'SM-5.3-1a'), 'right'],
    ['上記(12)', judge('SM-5.3-2', '上記(12)', 'SM-5.3-12'), 'right'],
    ['上記(1) is not (12)', judge('SM-5.3-2', '上記(1)', 'SM-5.3-12'), 'means_something_else'],
    ['前記1', judge('SM-5.2-2', '前記1', 'SM-5.1'), 'right'],
    ['前記1、2', judge('SM-5.3-2', '前記1、2', 'SM-5.1', 'SM-5.2-1'), 'right'],
    ['前記1、2 is not 12', judge('SM-5.3-2', '前記1、2', 'SM-5.12'), 'means_something_else'],
    ['後記3、4 with no paragraph 4', judge('SM-5.1', '後記3、4', 'SM-5.3-2'), 'points_nowhere'],
    [
      'one of two is meant elsewhere',
      judge('SM-12', '第5条1', 'SM-5.1', 'SM-5.2-1'),
      'means_something_else',
    ],
    ['words that nobody can read', judge('SM-12', '別途', 'SM-5.1'), 'points_nowhere'],
  ])('%s', (_title, problem, expected) => {
    expect(problem).toBe(expected);
  });

  test('one target followed of two is not enough, nor one known', () => {
    const clauses = [fake('SM-5.1'), fake('SM-5.2-1'), fake('SM-12', ['SM-5.1'])];
    const ask = (...means: string[]) => {
      const reference = { in: 'SM-12', words: '第5条', means } as unknown as CrossReference;
      return lintReferences([reference], clauses, []).map(({ problem }) => problem);
    };
    expect(ask('SM-5.1', 'SM-5.2-1')).toEqual(['not_followed_by_the_clause']);
    expect(ask('SM-5.1', 'SM-5.9')).toEqual(['target_unknown']);
    expect(ask('SM-5.1')).toEqual([]);
  });

  test('a defect explains its own clause and words, and no other', () => {
    const clauses = [fake('SM-5.1', ['SM-12']), fake('SM-5.2-1', ['SM-12']), fake('SM-12')];
    const handling = { ja: '意味に従う。', en: 'The meaning is followed.' };
    const pointing = (citing: string, words: string) =>
      ({ in: citing, words, means: ['SM-12'] }) as unknown as CrossReference;
    const problems = lintReferences(
      [pointing('SM-5.1', '第5条'), pointing('SM-5.1', '第5条1'), pointing('SM-5.2-1', '第5条')],
      clauses,
      [{ clause: 'SM-5.1', words: '第5条', handling }],
    );
    expect(problems.map(({ reference }) => `${reference.in} ${reference.words}`)).toEqual([
      'SM-5.1 第5条1',
      'SM-5.2-1 第5条',
    ]);
  });
});

describe('references of both texts', () => {
  test('the two texts have 150 clauses, 113 of the terms and 37 of the agreement', () => {
    expect([ids.size, both.length, rkn.length]).toEqual([150, 150, 37]);
  });

  test('the agreement points where we follow it', () => {
    expect(lintReferences(rknReferences, rkn, [])).toEqual([]);
    expect(rknReferences.map(({ in: clause, means }) => [clause, ...means].join(' '))).toEqual([
      'RKN-L2a RKN-L1b RKN-L1d',
      'RKN-L2b RKN-L1b RKN-L1d',
      'RKN-L3 RKN-L1b RKN-L1d',
      'RKN-C2a RKN-C1a RKN-C1c',
    ]);
    const wrong = { in: 'RKN-L3', words: '上記2', means: ['RKN-L1b'] } as const;
    expect(lintReferences([wrong], rkn, [])).toEqual([
      { reference: wrong, problem: 'means_something_else' },
    ]);
  });

  test('every clause that a clause or a reading names exists', () => {
    const named = both.flatMap(({ id, refers = [], overrides = [] }) =>
      [...refers, ...overrides].map((target) => [id, target] as const),
    );
    const read = readingIds.flatMap((id) =>
      readingEntry(id).clauses.map((target) => [id, target] as const),
    );
    expect([...named, ...read].filter(([, target]) => !ids.has(target))).toEqual([]);
  });

  test('a clause and the readings that concern it name each other', () => {
    const lonely = readingIds.flatMap((id) =>
      readingEntry(id)
        .clauses.filter((clause) => !both.find((one) => one.id === clause)?.readings?.includes(id))
        .map((clause) => `${id} ${clause}`),
    );
    expect(lonely).toEqual([]);
  });
});
