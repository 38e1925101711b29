import { describe, expect, test } from '@jest/globals';
import { established } from '#libs/kernel';
import {
  aBook,
  aClaim,
  aTransfer,
  at,
  noInterest,
  someReadings,
  someTerms,
} from '../../test/a-claim.js';
import type { CompensationClaim, Impediment } from './claim.js';
import { decideCompensation } from './decide-compensation.js';

const ask = (changes: Partial<CompensationClaim>, terms = someTerms()) =>
  decideCompensation(aClaim(changes), terms);
const refusalOf = (changes: Partial<CompensationClaim>, terms = someTerms()) => {
  const answer = ask(changes, terms);
  return answer.ok ? 'accepted' : answer.refusal;
};
const noticeOn = (day: string) => [
  { id: 'ntc-1', at: at(day), kind: 'notice', tellsOfMisuse: true } as const,
];
const hospital: Impediment = {
  id: 'hospital',
  circumstance: 'illness',
  from: '2026-03-11',
  to: '2026-03-20',
  proven: established('ev-doctor'),
};

describe('facts that contradict each other: both are named', () => {
  const contradicts = (clause: string, field: string, against: string) => ({
    code: 'facts_contradict',
    clause,
    facts: { field, against },
  });

  test.each<[string, object, Partial<CompensationClaim>]>([
    [
      'SM-14.1-1 noticed after the notice',
      contradicts('SM-14.1-1', 'noticedAt', 'notices'),
      { noticedAt: at('2026-03-31') + 1 },
    ],
    [
      'SM-14.3 a day of theft that is said not to be clear',
      contradicts('SM-14.3', 'theftDate.date', 'theftDate.status'),
      { theftDate: { status: 'not_clear', date: '2026-03-01', evidence: [] } },
    ],
    [
      'SM-14.3 a theft after its own misuse',
      contradicts('SM-14.3', 'theftDate.date', 'transfers'),
      { theftDate: { status: 'known', date: '2026-03-21', evidence: [] } },
    ],
    [
      'SM-14.3 a theft after the notice of it',
      contradicts('SM-14.3', 'theftDate.date', 'notices'),
      {
        theftDate: { status: 'known', date: '2026-03-11', evidence: [] },
        notices: noticeOn('2026-03-10'),
      },
    ],
    [
      'SM-14.2c a period that ends before it begins',
      contradicts('SM-14.2c', 'impediments[0].to', 'impediments[0].from'),
      { impediments: [{ ...hospital, to: '2026-03-10' }] },
    ],
    [
      'SM-14.2c a period that ends after the notice',
      contradicts('SM-14.2c', 'impediments[0].to', 'notices'),
      { impediments: [{ ...hospital, to: '2026-04-01' }] },
    ],
  ])('%s', (_what, expected, changes) => {
    expect(refusalOf(changes)).toEqual(expected);
  });

  test('SM-14.2d interest, where the rule knows none', () => {
    const transfers = [aTransfer('t-1', at('2026-03-20'), 1n, 0n, 1n)];
    expect(refusalOf({ transfers }, someTerms(noInterest))).toEqual(
      contradicts('SM-14.2d', 'transfers[0].interest', 'P.sm.interest.rule'),
    );
  });

  test('SM-14.1-1, SM-14.3 on the same instant or day nothing contradicts', () => {
    const sameDay = {
      noticedAt: at('2026-03-20', '09:00'),
      notices: [{ ...noticeOn('2026-03-20')[0]!, at: at('2026-03-20', '09:00') }],
      theftDate: { status: 'known', date: '2026-03-20', evidence: [] },
      impediments: [{ ...hospital, from: '2026-03-20' }],
    } as const;
    expect(refusalOf(sameDay)).toBe('accepted');
  });
});

describe('what cannot be', () => {
  test.each([undefined, '', '2026-02-29', '2026-13-01', '2026-3-1', 'soon'])(
    'SM-14.3 a known theft on the day "%s"',
    (date) => {
      const theftDate = { status: 'known', ...(date !== undefined && { date }), evidence: [] };
      expect(refusalOf({ theftDate } as Partial<CompensationClaim>)).toEqual({
        code: 'date_malformed',
        clause: 'SM-14.3',
        facts: { field: 'theftDate.date', value: date ?? '' },
      });
    },
  );

  test.each([Number.NaN, 0.5, -1, 253_402_268_400_000])(
    'SM-14.1-1 a holder who noticed at the instant %d',
    (noticedAt) => {
      expect(refusalOf({ noticedAt })).toEqual({
        code: 'instant_malformed',
        clause: 'SM-14.1-1',
        facts: { field: 'noticedAt' },
      });
    },
  );

  test('SM-14.2d, SM-14.5a no fee, no interest and nothing returned are amounts as well', () => {
    const setOffs = [
      { id: 's-1', kind: 'refund', amountYen: 0n },
      { id: 's-2', kind: 'damages', amountYen: 0n },
    ] as const;
    const transfers = [aTransfer('t-1', at('2026-03-20'), 1n, 0n, 0n)];
    expect(refusalOf({ transfers, setOffs })).toBe('accepted');
  });

  test.each(['A', 'B', 'C'])(
    'SM-14.2b an instant that cannot be is refused whichever day governs, reading %s (INT-16)',
    (letter) => {
      const transfers = [aTransfer('t-1', -1, 1n)];
      expect(refusalOf({ transfers }, someTerms({}, { 'INT-16': letter }))).toMatchObject({
        code: 'instant_malformed',
        facts: { field: 'transfers[0].happenedAt' },
      });
    },
  );

  test('SM-14.2b the first instant that there is governs by its day (INT-16)', () => {
    const transfers = [aTransfer('t-1', 0, 1n)];
    const before = someTerms({}, {}, '1970-01-01');
    const after = someTerms({}, {}, '1970-01-02');
    expect(refusalOf({ transfers }, before)).toBe('accepted');
    expect(refusalOf({ transfers }, after)).toMatchObject({ code: 'parameter_unset' });
  });

  test('SM-14.2c two impediments of one name, even apart from each other', () => {
    const impediments = [hospital, { ...hospital, from: '2026-03-25', to: '2026-03-26' }];
    expect(refusalOf({ impediments })).toEqual({
      code: 'named_twice',
      clause: 'SM-14.2c',
      facts: { field: 'impediments[1].id', id: 'hospital' },
    });
  });

  test('SM-14.2c two periods of one circumstance that share a day: the other is named', () => {
    const impediments = [hospital, { ...hospital, id: 'again', from: '2026-03-20' }];
    expect(refusalOf({ impediments })).toEqual({
      code: 'periods_overlap',
      clause: 'SM-14.2c',
      facts: { field: 'impediments[1]', against: 'hospital' },
    });
  });

  test.each([
    ['INT-06', 'SM-14.2e'],
    ['INT-19', 'SM-14.2d'],
  ])(
    '%s B would need figures that nobody gave: refused, never approximated (%s)',
    (entry, clause) => {
      expect(refusalOf({}, someTerms({}, { [entry]: 'B' }))).toEqual({
        code: 'reading_without_figures',
        clause,
        facts: { entry, reading: 'B' },
      });
    },
  );

  test.each(['parameters', 'readings'] as const)('%s of another institution', (which) => {
    const others = { parameters: aBook({}, undefined, '2963'), readings: someTerms().readings };
    const books = which === 'parameters' ? others : { readings: someReadings({}, '2963') };
    expect(() => ask({}, { ...someTerms(), ...books })).toThrow(
      'The books are of another institution.',
    );
  });
});

describe('an amount that people set where none is open: the refusal says what stands instead', () => {
  const determination = {
    amountYen: 0n,
    grounds: 'grounds',
    decidedBy: 'staff-1',
    approvedBy: 'staff-2',
  };
  const notOpen = (outcome: string) => ({
    code: 'determination_not_open',
    clause: 'SM-14.2a',
    facts: { field: 'determination', outcome },
  });
  const open = { value: 'unknown', evidence: [] } as const;

  test.each<[string, Partial<CompensationClaim>]>([
    ['not_applicable', { holderIsIndividual: { value: 'no', evidence: [] } }],
    ['barred', { theftDate: { status: 'known', date: '2020-01-01', evidence: [] } }],
    ['full', {}],
    ['undetermined', { falseStatement: open }],
  ])('SM-14.2a %s', (outcome, changes) => {
    expect(refusalOf({ ...changes, determination })).toEqual(notOpen(outcome));
  });

  const intent = { holderFault: { value: 'intent', evidence: ['ev'] } } as const;
  const ordinary = { holderFault: { value: 'ordinary', evidence: ['ev'] } } as const;

  test.each(['decidedBy', 'approvedBy'])('SM-14.2e a blank name is nobody: %s', (field) => {
    expect(refusalOf({ ...ordinary, determination: { ...determination, [field]: ' ' } })).toEqual({
      code: 'person_missing',
      clause: 'SM-14.2e',
      facts: { field: `determination.${field}` },
    });
  });

  test('SM-14.2e where no rule speaks, nothing may be set, and less than nothing not (INT-05)', () => {
    expect(refusalOf({ ...intent, determination })).toBe('accepted');
    expect(refusalOf({ ...intent, determination: { ...determination, amountYen: -1n } })).toEqual({
      code: 'award_out_of_bounds',
      clause: 'SM-14.2e',
      facts: { field: 'determination.amountYen' },
    });
  });
});
