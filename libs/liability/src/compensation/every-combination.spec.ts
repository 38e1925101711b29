import { describe, expect, test } from '@jest/globals';
import { someTerms } from '../../test/a-claim.js';
import { claimOf } from '../../test/article-14-claims.js';
import { decided } from '../../test/decided.js';
import { combinations, readTable, rowFor, type ExpectedRow } from '../../test/expected-table.js';
import { decideCompensation } from './decide-compensation.js';

const table = readTable('article-14');
const terms = someTerms();
describe('every combination of article 14 against the hand-written table', () => {
  const all = combinations(table.questions).map((one) => ({
    one,
    row: rowFor(table, one),
    decision: decided(decideCompensation(claimOf(one), terms)),
  }));
  type Case = (typeof all)[number];
  const differing = (
    ofRow: (row: ExpectedRow) => unknown,
    found: (decision: Case['decision']) => unknown,
  ) =>
    all.filter(
      ({ row, decision }) => JSON.stringify(ofRow(row)) !== JSON.stringify(found(decision)),
    );

  test('SM-14 all 2,048 come to the outcome that the clauses say', () => {
    expect(
      differing(
        ({ outcome }) => outcome,
        ({ outcome }) => outcome.kind,
      ),
    ).toEqual([]);
  });

  test('SM-14 each rests on the clause that the table names, and nine on none', () => {
    expect(
      differing(
        ({ clause }) => clause,
        ({ outcome }) => outcome.clause ?? 'none',
      ),
    ).toEqual([]);
  });

  test('SM-14.4 all grounds are collected, and those that only the fault of the bank keeps away', () => {
    expect(
      differing(
        ({ grounds, butForFault }) => [grounds ?? [], butForFault ?? []],
        ({ outcome }) => [outcome.grounds, outcome.butForFault],
      ),
    ).toEqual([]);
  });

  test('SM-14.2 money follows the class: all, nothing, or bounds for people', () => {
    const expected: Record<string, string> = {
      full: '100330 [100330,100330]',
      discretionary: 'null [0,100329]',
      no_rule: 'null [0,100330]',
    };
    expect(
      differing(
        ({ outcome }) => expected[outcome] ?? '0 [0,0]',
        ({ outcome: { payableYen, bounds } }) => `${payableYen} [${bounds.join(',')}]`,
      ),
    ).toEqual([]);
  });

  test('SM-14 no decision with all facts known leaves a fact missing, and each explains itself', () => {
    const poor = all.filter(({ decision: { unknown, trace, inputHash } }) => {
      return unknown.length > 0 || trace.length === 0 || !inputHash.startsWith('sha256:');
    });
    expect(poor).toEqual([]);
  });
});
