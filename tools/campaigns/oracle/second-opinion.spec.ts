import { describe, expect, test } from '@jest/globals';
import { lastDayOfYears } from './calendar.js';
import {
  extensionDays,
  firstCoveredDay,
  secondOpinion,
  type ClaimForOpinion,
  type HolderFault,
  type Known,
  type OpinionClass,
} from './second-opinion.js';

/** Every expectation here is computed by hand from the clause text, before any comparison. */
const transfer = (day: string, principal: bigint, fee = 0n, interest = 0n) => ({
  day,
  principal,
  fee,
  interest,
});

const plain: ClaimForOpinion = {
  individual: 'yes',
  promptNotice: 'yes',
  explained: 'yes',
  cooperated: 'yes',
  noticeDay: '2026-03-31',
  theftDay: '2026-02-20',
  transfers: [transfer('2026-03-10', 100n)],
  impediments: [],
  endDays: 'both',
  fault: 'none',
  unionFaultless: 'yes',
  byFamily: 'no',
  falseStatement: 'no',
  disorder: 'no',
  repaid: 0n,
  recovered: 0n,
  determined: null,
  setOffBasis: 'award',
};

const judge = (change: Partial<ClaimForOpinion>) => secondOpinion({ ...plain, ...change });

describe('the window', () => {
  test.each([
    ['2026-03-31', '2026-03-01'],
    ['2026-03-30', '2026-02-28'],
    ['2028-03-30', '2028-02-29'],
    ['2026-01-15', '2025-12-16'],
  ])('SM-14.2b/a–d a notice on %s covers from %s', (notice, from) => {
    expect(firstCoveredDay(notice, 0)).toBe(from);
  });

  test('SM-14.2b/e only the later of two transfers around the first day is covered', () => {
    const transfers = [transfer('2026-02-28', 7n), transfer('2026-03-01', 11n)];
    expect(judge({ transfers }).covered).toBe(11n);
  });

  test('SM-14.2b a transfer after the notice day is covered: the text sets no other end', () => {
    expect(judge({ transfers: [transfer('2026-04-05', 5n)] }).covered).toBe(5n);
  });

  test('SM-14.2c/a ten proven days make forty', () => {
    const impediments = [{ from: '2026-03-01', to: '2026-03-10', proven: true }];
    expect(extensionDays(impediments, 'both')).toBe(10);
    expect(extensionDays(impediments, 'one')).toBe(9);
    expect(judge({ impediments }).from).toBe('2026-02-19');
  });

  test('SM-14.2c/b unproven circumstances leave thirty', () => {
    const impediments = [{ from: '2026-03-01', to: '2026-03-10', proven: false }];
    expect(judge({ impediments }).from).toBe('2026-03-01');
  });

  test('SM-14.2c/d a day that two circumstances share counts once', () => {
    const impediments = [
      { from: '2026-03-01', to: '2026-03-10', proven: true },
      { from: '2026-03-08', to: '2026-03-12', proven: true },
    ];
    expect(extensionDays(impediments, 'both')).toBe(12);
    expect(extensionDays(impediments, 'one')).toBe(11);
  });

  test('SM-14.2d/a amount, fee and interest add up', () => {
    expect(judge({ transfers: [transfer('2026-03-10', 500_000n, 330n, 12n)] }).covered).toBe(
      500_342n,
    );
  });
});

describe('the two-year bar', () => {
  test.each([
    ['2024-11-22', '2026-11-22'],
    ['2024-02-29', '2026-02-28'],
    ['2024-02-28', '2026-02-28'],
    ['2022-02-28', '2024-02-29'],
    ['2024-12-01', '2026-12-01'],
    ['2023-12-31', '2025-12-31'],
  ])('SM-14.3 a theft on %s leaves until %s', (theft, last) => {
    expect(lastDayOfYears(theft, 2)).toBe(last);
  });

  const late = (theftDay: string | null, noticeDay: string, misuse: string) =>
    judge({ theftDay, noticeDay, transfers: [transfer(misuse, 1n)] }).class;

  test.each([
    ['SM-14.3/a', '2024-11-22', '2026-11-22', '2026-11-01', 'full'],
    ['SM-14.3/b', '2024-11-22', '2026-11-23', '2026-11-01', 'barred'],
    ['SM-14.3/c', '2024-02-29', '2026-02-28', '2026-02-27', 'full'],
    ['SM-14.3/c', '2024-02-29', '2026-03-01', '2026-02-27', 'barred'],
    ['SM-14.3/d', null, '2026-12-01', '2024-12-01', 'full'],
    ['SM-14.3/d', null, '2026-12-02', '2024-12-01', 'barred'],
    ['SM-14.3/e', '2024-01-10', '2026-01-11', '2025-12-31', 'barred'],
  ])('%s theft %s, notice %s, misuse %s: %s', (_id, theft, notice, misuse, expected) => {
    expect(late(theft, notice, misuse)).toBe(expected);
  });

  test('X-16 a proven impediment lengthens the thirty days, never the two years', () => {
    const seen = judge({
      theftDay: '2024-05-14',
      noticeDay: '2026-05-15',
      transfers: [transfer('2024-05-14', 900n)],
      impediments: [{ from: '2024-05-14', to: '2026-05-14', proven: true }],
    });
    expect(seen.lastNoticeDay).toBe('2026-05-14');
    expect(seen.class).toBe('barred');
    expect(seen.paid).toBeNull();
  });
});

describe('grounds, gaps and facts that are missing', () => {
  const row = (
    fault: HolderFault | 'unknown',
    unionFaultless: Known,
    byFamily: Known,
    falseStatement: Known,
    disorder: Known,
    expected: OpinionClass,
  ) => ({ fault, unionFaultless, byFamily, falseStatement, disorder, expected });

  test.each([
    //   fault      faultless  family     false  riot   expected
    row('none', 'no', 'yes', 'no', 'no', 'full'),
    row('none', 'yes', 'no', 'no', 'no', 'full'),
    row('none', 'unknown', 'yes', 'no', 'no', 'undetermined'),
    row('none', 'unknown', 'no', 'no', 'no', 'full'),
    row('none', 'no', 'no', 'no', 'yes', 'excluded'),
    row('gross', 'yes', 'no', 'no', 'no', 'excluded'),
    row('gross', 'no', 'no', 'no', 'no', 'no_rule'),
    row('intent', 'yes', 'no', 'no', 'no', 'no_rule'),
    row('intent', 'yes', 'no', 'yes', 'no', 'excluded'),
    row('intent', 'unknown', 'no', 'no', 'no', 'no_rule'),
    row('unknown', 'yes', 'yes', 'no', 'no', 'excluded'),
    row('unknown', 'no', 'no', 'no', 'no', 'undetermined'),
    row('ordinary', 'yes', 'no', 'no', 'no', 'discretionary'),
    row('ordinary', 'yes', 'unknown', 'no', 'no', 'undetermined'),
  ])('SM-14.4-1-0 %j', ({ expected, ...facts }) => {
    expect(judge(facts).class).toBe(expected);
  });

  test('X-17 a family member acted: paid in full if the Union is at fault, open if not found', () => {
    const facts = { byFamily: 'yes', fault: 'none' } as const;
    expect(judge({ ...facts, unionFaultless: 'no' })).toMatchObject({ class: 'full', paid: 100n });
    expect(judge({ ...facts, unionFaultless: 'unknown' })).toMatchObject({
      class: 'undetermined',
      paid: null,
    });
  });

  test('SM-13.1b a corporate holder cannot claim; SM-14.1* all three conditions are needed', () => {
    expect(judge({ individual: 'no' }).class).toBe('not_applicable');
    expect(judge({ explained: 'no', cooperated: 'unknown' }).class).toBe('not_claimable');
    expect(judge({ explained: 'unknown' }).class).toBe('undetermined');
  });

  test('SM-14.1* the 2,048 combinations fall into the classes of the register', () => {
    const counts = new Map<OpinionClass, number>();
    const yn: Known[] = ['yes', 'no'];
    for (const individual of yn)
      for (const promptNotice of yn)
        for (const explained of yn)
          for (const cooperated of yn)
            for (const fault of ['none', 'ordinary', 'gross', 'intent'] as const)
              for (const unionFaultless of yn)
                for (const byFamily of yn)
                  for (const falseStatement of yn)
                    for (const disorder of yn)
                      for (const noticeDay of ['2026-03-31', '2028-02-21']) {
                        const seen = judge({
                          individual,
                          promptNotice,
                          explained,
                          cooperated,
                          fault,
                          unionFaultless,
                          byFamily,
                          falseStatement,
                          disorder,
                          noticeDay,
                        }).class;
                        counts.set(seen, (counts.get(seen) ?? 0) + 1);
                      }
    expect(Object.fromEntries(counts)).toEqual({
      not_applicable: 1024,
      not_claimable: 896,
      barred: 64,
      excluded: 45,
      full: 5,
      discretionary: 5,
      no_rule: 9,
    });
  });
});

describe('award and set-off', () => {
  test('SM-14.5a/a what was repaid is not paid again', () => {
    expect(judge({ repaid: 30n })).toMatchObject({ award: 100n, setOff: 30n, paid: 70n });
  });

  test('SM-14.5b/a never below zero', () => {
    expect(judge({ repaid: 30n, recovered: 80n })).toMatchObject({ setOff: 100n, paid: 0n });
  });

  test('X-18 window, fee and repayment together', () => {
    const seen = judge({
      transfers: [transfer('2026-02-28', 100_000n), transfer('2026-03-01', 200_000n, 330n)],
      repaid: 150_000n,
    });
    expect(seen).toMatchObject({ class: 'full', covered: 200_330n, paid: 50_330n });
  });

  const ordinary = { fault: 'ordinary' } as const;
  test.each([
    // determined  repaid  basis       award  set-off  paid   refused
    [null, 0n, 'award', null, null, null, false],
    [0n, 0n, 'award', 0n, 0n, 0n, false],
    [60n, 30n, 'award', 60n, 30n, 30n, false],
    [99n, 0n, 'award', 99n, 0n, 99n, false],
    [100n, 0n, 'award', null, null, null, true],
    [-1n, 0n, 'award', null, null, null, true],
    [60n, 30n, 'covered', 60n, 30n, 60n, false],
    [70n, 30n, 'covered', null, null, null, true],
  ] as const)(
    'SM-14.2e determined %s, repaid %s, basis %s: award %s, set off %s, paid %s, refused %s',
    (determined, repaid, setOffBasis, award, setOff, paid, amountRefused) => {
      const seen = judge({ ...ordinary, determined, repaid, setOffBasis });
      expect(seen).toMatchObject({ award, setOff, paid, amountRefused });
    },
  );
});
