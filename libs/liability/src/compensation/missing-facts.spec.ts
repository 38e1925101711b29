import { describe, expect, test } from '@jest/globals';
import { established, notEstablished } from '#libs/kernel';
import { aClaim, someTerms } from '../../test/a-claim.js';
import { claimOf, FACT_OF } from '../../test/article-14-claims.js';
import { decided } from '../../test/decided.js';
import { combinations, readTable, rowFor, type Combination } from '../../test/expected-table.js';
import { decideCompensation } from './decide-compensation.js';

const table = readTable('article-14');
const terms = someTerms();
const expectedOf = new Map(
  combinations(table.questions).map((one) => [JSON.stringify(one), rowFor(table, one).outcome]),
);

/** Every way to fill in what is unknown, each with what the hand-written table says of it. */
function completions(one: Combination): { full: Combination; outcome: string | undefined }[] {
  const open = Object.keys(one).filter((question) => one[question] === 'unknown');
  const answers = Object.fromEntries(
    open.map((question) => [question, table.questions[question] ?? []]),
  );
  return combinations(answers).map((chosen) => {
    const full = { ...one, ...chosen };
    return { full, outcome: expectedOf.get(JSON.stringify(full)) };
  });
}

/** The unknown questions on which the table's outcome still hangs: two answers, two outcomes. */
function decidingQuestions(one: Combination, all: ReturnType<typeof completions>): string[] {
  return Object.keys(one).filter((question) => {
    if (one[question] !== 'unknown') return false;
    const byRest = new Map<string, string | undefined>();
    return all.some(({ full, outcome }) => {
      const rest = JSON.stringify({ ...full, [question]: '' });
      if (byRest.has(rest) && byRest.get(rest) !== outcome) return true;
      byRest.set(rest, outcome);
      return false;
    });
  });
}

const withUnknown = (questions: readonly string[], fixed: Combination): Combination[] =>
  combinations(
    Object.fromEntries(
      Object.entries(table.questions).map(([question, answers]) => [
        question,
        fixed[question]
          ? [fixed[question]]
          : questions.includes(question)
            ? [...answers, 'unknown']
            : answers,
      ]),
    ),
  );

const inner = ['fault', 'bankFaultless', 'family', 'falseStatement', 'disorder'];
const outer = ['individual', 'prompt', 'explained', 'cooperated'];
const open = {
  individual: 'yes',
  prompt: 'yes',
  explained: 'yes',
  cooperated: 'yes',
  barred: 'no',
};
const plain = { family: 'no', falseStatement: 'no', disorder: 'no', bankFaultless: 'yes' };

const partial = [
  ...withUnknown(inner, open),
  ...withUnknown(outer, { ...plain, fault: 'none' }),
  ...withUnknown(outer, { ...plain, fault: 'unknown', disorder: 'yes' }),
  ...withUnknown(outer, { ...plain, fault: 'unknown', bankFaultless: 'unknown', family: 'yes' }),
];

describe('facts that are not established, against every way to complete them', () => {
  const all = partial.map((one) => {
    const { outcome, unknown } = decided(decideCompensation(claimOf(one), terms));
    const possible = completions(one);
    return {
      one,
      outcome,
      unknown,
      possible: [...new Set(possible.map((way) => way.outcome))],
      deciding: decidingQuestions(one, possible),
    };
  });

  test('SM-14 the set holds every partial answer after the gates, and the gates by themselves', () => {
    expect(all).toHaveLength(5 * 81 + 3 * 81 * 2);
  });

  test('SM-14 it is decided exactly where every completion comes to the same', () => {
    const wrong = all.filter(
      ({ outcome, possible }) =>
        outcome.kind !== (possible.length === 1 ? possible[0] : 'undetermined'),
    );
    expect(wrong).toEqual([]);
  });

  test('SM-14 where it is not, the outcomes that are still open are the ones it names', () => {
    const wrong = all.filter(
      ({ outcome, possible }) =>
        possible.length > 1 && [...outcome.couldBe].sort().join() !== possible.sort().join(),
    );
    expect(wrong).toEqual([]);
  });

  test('SM-14 the facts it names as missing are exactly those that would decide', () => {
    const wrong = all.filter(
      ({ unknown, deciding }) =>
        [...unknown].sort().join() !==
        deciding
          .map((question) => FACT_OF[question])
          .sort()
          .join(),
    );
    expect(wrong).toEqual([]);
  });
});

describe('X-17 family acted and the holder is without fault', () => {
  const relation = { value: 'spouse', evidence: ['ev'] } as const;

  test('X-17 SM-14.2a the union found at fault: full', () => {
    const claim = aClaim({ relation, institutionFaultless: { value: 'no', evidence: ['ev'] } });
    const { outcome } = decided(decideCompensation(claim, terms));
    expect(outcome).toMatchObject({ kind: 'full', butForFault: ['SM-14.4-1-2'] });
  });

  test('X-17 SM-14.4-1-0 its fault not established: neither paid nor excluded by machine', () => {
    const claim = aClaim({ relation, institutionFaultless: notEstablished });
    const decision = decided(decideCompensation(claim, terms));
    expect(decision.outcome).toMatchObject({
      kind: 'undetermined',
      couldBe: ['excluded', 'full'],
      grounds: [],
      payableYen: null,
    });
    expect(decision.unknown).toEqual(['institutionFaultless']);
    expect(decision.human?.bounds).toEqual([0n, 100_000n]);
    expect(decision.duties).toHaveLength(1);
  });

  test('X-17 SM-14.4-1-0 found without fault after all: excluded', () => {
    const claim = aClaim({ relation, institutionFaultless: established('ev') });
    expect(decided(decideCompensation(claim, terms)).outcome.kind).toBe('excluded');
  });
});
