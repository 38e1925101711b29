import { describe, expect, test } from '@jest/globals';
import { questionOf, recourseTerms } from '../../test/a-question.js';
import { decided } from '../../test/decided.js';
import {
  combinations,
  readTable,
  rowFor,
  type Combination,
  type ExpectedRow,
} from '../../test/expected-table.js';
import { decideRecourse, type RecourseOutcome } from './decide-recourse.js';

const table = readTable('recourse');
const terms = recourseTerms();
const decide = (one: Combination) => decided(decideRecourse(questionOf(one), terms));

describe('every combination of recourse against the hand-written table', () => {
  const all = combinations(table.questions)
    .map((one) => ({
      one,
      row: rowFor(table, one),
      decision: decide(one),
    }))
    .map((one) => ({ ...one, outcome: one.decision.outcome }));
  const differing = (
    ofRow: (row: ExpectedRow) => unknown,
    found: (outcome: RecourseOutcome) => unknown,
  ) =>
    all.filter(({ row, outcome }) => JSON.stringify(ofRow(row)) !== JSON.stringify(found(outcome)));

  test('RKN-L all 480 come to the outcome, clause, gate and gap that the clauses say', () => {
    expect(
      differing(
        ({ outcome, clause, gate, why }) => [outcome, clause, gate, why],
        ({ kind, clause, gate, why }) => [kind, clause ?? 'none', gate, why],
      ),
    ).toEqual([]);
  });

  test('RKN-L a claim is open in the 26 of sole responsibility alone, in the direction of the table', () => {
    const other = { 'EPSP>FI': 'EPSP', 'FI>EPSP': 'FI' } as const;
    const wrong = all.filter(({ row, outcome }) => {
      const claimant = row.outcome === 'full' && row.direction && other[row.direction as 'EPSP>FI'];
      const yen = claimant ? 100_000n : 0n;
      return outcome.claimableYen !== yen || (claimant && outcome.claimant !== claimant);
    });
    expect(wrong).toEqual([]);
    expect(all.filter(({ outcome }) => outcome.claimableYen > 0n)).toHaveLength(26);
  });

  test('RKN-L3 no share is computed and no claim opens before the sides agree', () => {
    const open = all.filter(({ row }) => /agreed|consultation|without_clause/.test(row.outcome));
    expect(open.filter(({ outcome }) => outcome.claimableYen !== 0n)).toEqual([]);
  });

  test('RKN-L* what has no clause goes to people and is never told as having no right', () => {
    const gaps = all.filter(({ row }) => row.outcome === 'without_clause');
    const silent = gaps.filter(({ decision: { human, duties } }) => {
      return !human?.why.ja.includes('定めなし') || duties.length !== 1;
    });
    expect(silent).toEqual([]);
  });
});

describe('RKN-L what is missing, against every way to complete it', () => {
  const flags = ['scope', 'unavoidable', 'exempt', 'fraud'];
  const partial = combinations(
    Object.fromEntries(
      Object.entries(table.questions).map(([question, answers]) => [
        question,
        flags.includes(question) ? [...answers, 'unknown'] : answers,
      ]),
    ),
  );
  const keyOf = (one: Combination): string => Object.values(one).join();
  const ways = new Map(
    combinations(table.questions).map((one) => {
      const { outcome, clause, gate, why } = rowFor(table, one);
      return [keyOf(one), [outcome, clause, gate, why].join()];
    }),
  );
  const completions = (one: Combination): Combination[] => {
    const open = Object.keys(one).filter((question) => one[question] === 'unknown');
    const answers = open.map((question) => [question, table.questions[question] ?? []]);
    return combinations(Object.fromEntries(answers)).map((chosen) => ({ ...one, ...chosen }));
  };
  const differ = (all: readonly Combination[]): boolean =>
    new Set(all.map((one) => ways.get(keyOf(one)))).size > 1;
  const decisions = partial.map((one) => ({ one, decision: decide(one) }));

  test('RKN-L all 2,160 partial answers: decided exactly where every completion goes one way', () => {
    expect(partial).toHaveLength(5 * 4 * 4 * 27);
    const wrong = decisions.filter(
      ({ one, decision }) =>
        (decision.outcome.kind === 'undetermined') !== differ(completions(one)),
    );
    expect(wrong).toEqual([]);
  });

  test('RKN-L the facts named as missing are those that could change the way', () => {
    const hinges = (one: Combination, question: string): boolean =>
      completions({ ...one, [question]: '' }).some((rest) =>
        differ(
          (table.questions[question] ?? []).map((answer) => ({ ...rest, [question]: answer })),
        ),
      );
    const wrong = decisions.filter(({ one, decision }) => {
      const open = flags.filter((question) => one[question] === 'unknown');
      return decision.unknown.join() !== open.filter((question) => hinges(one, question)).join();
    });
    expect(wrong).toEqual([]);
  });
});
