import { describe, expect, test } from '@jest/globals';
import { established, excluded, notEstablished, type Finding } from '#libs/kernel';
import { aClaim, aTransfer, at, someTerms } from '../../test/a-claim.js';
import { decided, refusal } from '../../test/decided.js';
import type { CompensationClaim } from './claim.js';
import { decideCompensation } from './decide-compensation.js';

const yes = established('ev');
const no = excluded('ev');

const outcomeOf = (changes: Partial<CompensationClaim>, letters = {}) =>
  decided(decideCompensation(aClaim(changes), someTerms({}, letters))).outcome;
const kindOf = (changes: Partial<CompensationClaim>, letters = {}) =>
  outcomeOf(changes, letters).kind;

describe('SM-13.1b who may claim', () => {
  test('SM-13.1b/a a corporate holder is outside article 14', () => {
    expect(outcomeOf({ holderIsIndividual: no })).toMatchObject({
      kind: 'not_applicable',
      clause: 'SM-13.1b',
      payableYen: 0n,
    });
  });

  test.each([
    ['SM-13.1b/b', 'overheard on the line (SM-13.3)', 'ev-eavesdropping'],
    ['SM-13.1b/c', 'read from a lost letter (SM-13.4)', 'ev-lost-letter'],
  ])('%s credentials %s are stolen credentials', (_id, _how, evidence) => {
    expect(kindOf({ credentialsStolen: established(evidence) })).toBe('full');
  });

  test('SM-13.1b/d an overdraft wrongly drawn opens the claim like a reduced deposit', () => {
    expect(kindOf({ depositReduced: established('ev-overdraft') })).toBe('full');
    expect(kindOf({ depositReduced: no })).toBe('not_applicable');
  });

  test('SM-13.1b without a theft there is no claim under article 14', () => {
    expect(kindOf({ credentialsStolen: no })).toBe('not_applicable');
  });
});

describe('SM-14.1 the three conditions', () => {
  test('SM-14.1-1/a a claim without a notice is refused with its field', () => {
    const claim = aClaim({ notices: [] });
    expect(refusal(decideCompensation(claim, someTerms()))).toBe(
      'notice_time_missing notices SM-14.1-1',
    );
  });

  test('SM-14.1-1 a late notice closes the claim, and the clause is named', () => {
    expect(outcomeOf({ promptNotice: no })).toMatchObject({
      kind: 'not_claimable',
      clause: 'SM-14.1-1',
    });
  });

  test('SM-14.1-2/a without an adequate explanation the claim cannot be approved', () => {
    expect(outcomeOf({ adequateExplanation: no })).toMatchObject({
      kind: 'not_claimable',
      clause: 'SM-14.1-2',
    });
  });

  //    police  other  helped  outcome under INT-20 A   under INT-20 B
  test.each<[string, Finding, Finding, Finding, string, string]>([
    ['SM-14.1-3/a', no, no, yes, 'not_claimable', 'not_claimable'],
    ['SM-14.1-3/b', no, yes, yes, 'full', 'not_claimable'],
    ['SM-14.1-3', yes, no, yes, 'full', 'full'],
    ['SM-14.1-3', yes, yes, no, 'not_claimable', 'not_claimable'],
    ['SM-14.1-3', notEstablished, yes, yes, 'full', 'undetermined'],
    ['SM-14.1-3', notEstablished, no, yes, 'undetermined', 'undetermined'],
  ])(
    '%s police report %j, other signs %j, co-operation %j: %s, or %s where the report is required',
    (_id, policeReport, otherTheftEvidence, cooperation, usual, strict) => {
      const changes = { policeReport, otherTheftEvidence, cooperation };
      expect(kindOf(changes)).toBe(usual);
      expect(kindOf(changes, { 'INT-20': 'B' })).toBe(strict);
    },
  );

  test('SM-14.1* one of the eight ways to answer the three conditions passes', () => {
    const passing = [yes, no].flatMap((promptNotice) =>
      [yes, no].flatMap((adequateExplanation) =>
        [yes, no].filter(
          (cooperation) =>
            kindOf({ promptNotice, adequateExplanation, cooperation }) !== 'not_claimable',
        ),
      ),
    );
    expect(passing).toEqual([yes]);
  });

  const report = { id: 'ntc-0', at: at('2026-03-10'), kind: 'loss_report' } as const;
  const notice = {
    id: 'ntc-1',
    at: at('2026-03-31'),
    kind: 'notice',
    tellsOfMisuse: true,
  } as const;
  test.each([
    ['A', true, '2026-03-10'],
    ['A', false, '2026-03-31'],
    ['B', false, '2026-03-10'],
    ['C', true, '2026-03-31'],
  ])(
    'SM-14.1-1 reading %s: a loss report that tells of misuse (%s) makes the notice day %s (INT-26)',
    (reading, tellsOfMisuse, day) => {
      const notices = [notice, { ...report, tellsOfMisuse }];
      expect(String(outcomeOf({ notices }, { 'INT-26': reading }).noticeDay)).toBe(day);
    },
  );
});

describe('SM-14.4 nothing is compensated', () => {
  test('SM-14.4-1-0/a gross negligence does not exclude where the union is at fault', () => {
    const outcome = outcomeOf({
      holderFault: { value: 'gross', evidence: ['ev'] },
      institutionFaultless: no,
    });
    expect(outcome).toMatchObject({
      kind: 'no_rule',
      grounds: [],
      butForFault: ['SM-14.4-1-1'],
    });
    expect(outcome.clause).toBeUndefined();
  });

  test('SM-14.4-1-0/b a union without fault excludes nobody without one of the three grounds', () => {
    expect(kindOf({})).toBe('full');
  });

  test('SM-14.4-1-0 good faith and absence of fault are both needed', () => {
    const relation = { value: 'spouse', evidence: ['ev'] } as const;
    expect(kindOf({ relation })).toBe('excluded');
    expect(kindOf({ relation, institutionGoodFaith: no })).toBe('full');
    expect(kindOf({ relation, institutionFaultless: no })).toBe('full');
  });

  test('SM-14.4-1-1 gross negligence excludes where the union is without fault', () => {
    const outcome = outcomeOf({ holderFault: { value: 'gross', evidence: ['ev'] } });
    expect(outcome).toMatchObject({ kind: 'excluded', grounds: ['SM-14.4-1-1'], payableYen: 0n });
  });

  test.each([
    ['spouse', 'excluded'],
    ['family_within_second_degree', 'excluded'],
    ['cohabiting_relative', 'excluded'],
    ['other_cohabitant', 'excluded'],
    ['domestic_staff', 'excluded'],
    ['other_relative', 'full'],
    ['stranger', 'full'],
    ['unknown', 'undetermined'],
  ] as const)('SM-14.4-1-2 done by %s: %s; with the union at fault: full', (value, expected) => {
    const relation = { value, evidence: ['ev'] };
    expect(kindOf({ relation })).toBe(expected);
    expect(kindOf({ relation, institutionFaultless: no })).toBe('full');
  });

  test('SM-14.4-1-3 a false statement on something important excludes, a faultless holder too', () => {
    expect(outcomeOf({ falseStatement: yes })).toMatchObject({
      kind: 'excluded',
      grounds: ['SM-14.4-1-3'],
    });
  });

  test('SM-14.4-2/a disorder excludes by itself, even where the union is at fault', () => {
    expect(outcomeOf({ graveDisorder: yes, institutionFaultless: no })).toMatchObject({
      kind: 'excluded',
      grounds: ['SM-14.4-2'],
    });
  });

  test('SM-14.4-1-0 the signed reading of independent grounds excludes at the fault of the union too', () => {
    const changes = { falseStatement: yes, institutionFaultless: no };
    expect(kindOf(changes)).toBe('full');
    expect(kindOf(changes, { 'INT-04': 'B' })).toBe('excluded');
  });
});

describe('SM-14.2 where no clause says what follows (INT-05)', () => {
  const intent = { holderFault: { value: 'intent', evidence: ['ev'] } } as const;
  test.each([
    ['A', 'no_rule', '0,100000'],
    ['B', 'discretionary', '0,99999'],
    ['C', 'nothing_by_reading', '0,0'],
  ])('SM-14.2e intent, reading %s: %s within %s yen', (letter, kind, bounds) => {
    const outcome = outcomeOf(intent, { 'INT-05': letter });
    expect(outcome.kind).toBe(kind);
    expect(outcome.bounds.join()).toBe(bounds);
  });

  test('SM-14.2e a combination without a rule goes to a person and is never shown as a refusal', () => {
    const decision = decided(decideCompensation(aClaim(intent), someTerms()));
    expect(decision.human).toMatchObject({ bounds: [0n, 100_000n] });
    expect(decision.human?.why.ja).toContain('定めなし');
    expect(decision.outcome.payableYen).toBeNull();
    expect(decision.duties).toHaveLength(1);
  });

  test('SM-14.2e the reading without a table of ratios cannot be taken (INT-06 B)', () => {
    const refused = decideCompensation(aClaim(), someTerms({}, { 'INT-06': 'B' }));
    expect(refusal(refused)).toContain('reading_without_figures');
  });
});

test('SM-14.2b transfers at the notice itself and after it are covered as well', () => {
  const transfers = [
    aTransfer('t-1', at('2026-03-31', '10:00'), 1n),
    aTransfer('t-2', at('2026-04-01', '00:00'), 2n),
  ];
  expect(outcomeOf({ transfers }).coveredYen).toBe(3n);
});
