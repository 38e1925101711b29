import { describe, expect, test } from '@jest/globals';
import { clausesOf, type AnyClause } from './clause.js';
import { lintReferences, rknReferences } from './cross-references.js';
import { readingEntry, readingIds } from './readings.js';
import { rknAgreement } from './rkn-agreement/index.js';
import { smTerms } from './sm-terms/index.js';

const rkn = clausesOf(rknAgreement);
const both: readonly AnyClause[] = [...rkn, ...clausesOf(smTerms)];
const ids = new Set<string>(both.map(({ id }) => id));

describe('references of both texts', () => {
  test('the two texts have 150 clauses, 113 of the terms and 37 of the agreement', () => {
    expect([ids.size, both.length, rkn.length]).toEqual([150, 150, 37]);
  });

  test('the agreement points where we follow it', () => {
    expect(lintReferences(rknReferences, rkn, [])).toEqual([]);
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
