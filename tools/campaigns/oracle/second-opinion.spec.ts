import { describe, expect, test } from '@jest/globals';
import { lastDayOfYears } from './calendar.js';
import type { ClaimForOpinion, HolderFault, Known, Letters } from './claim.js';
import { extensionDays, firstCoveredDay } from './days.js';
import { secondOpinion, type OpinionClass } from './second-opinion.js';

/** Every expectation here is computed by hand from the clause text, before any comparison. */
const transfer = (day: string, principal: bigint, fee = 0n, interest = 0n) => ({
  day,
  principal,
  fee,
  interest,
});

const notice = (day: string) => [{ day, kind: 'notice', tellsOfMisuse: true }] as const;
const known = (day: string) => ({ status: 'known', day }) as const;
const period = (from: string, to: string, proven: Known = 'yes') => ({
  from,
  to,
  proven,
  earlierCounts: 'no' as const,
});

const A: Letters = {
  'INT-01': 'A',
  'INT-02': 'A',
  'INT-03': 'A',
  'INT-04': 'A',
  'INT-05': 'A',
  'INT-07': 'A',
  'INT-20': 'A',
  'INT-26': 'A',
};

const plain: ClaimForOpinion = {
  individual: 'yes',
  stolen: 'yes',
  depositReduced: 'yes',
  promptNotice: 'yes',
  explained: 'yes',
  policeReport: 'yes',
  otherSigns: 'no',
  assisted: 'yes',
  messages: notice('2026-03-31'),
  theft: known('2026-02-20'),
  transfers: [transfer('2026-03-10', 100n)],
  impediments: [],
  endDays: 'both',
  fault: 'none',
  unionInGoodFaith: 'yes',
  unionWithoutFault: 'yes',
  relation: 'stranger',
  falseStatement: 'no',
  disorder: 'no',
  repaid: 0n,
  recovered: 0n,
  determined: null,
  letters: A,
  closedWeekdays: [],
};

const judge = (change: Partial<ClaimForOpinion>, letters: Partial<Letters> = {}) =>
  secondOpinion({ ...plain, ...change, letters: { ...A, ...letters } });

describe('the window', () => {
  test.each([
    ['2026-03-31', '2026-03-01'],
    ['2026-03-30', '2026-02-28'],
    ['2028-03-30', '2028-02-29'],
    ['2026-01-15', '2025-12-16'],
  ])('SM-14.2b/a–d a notice on %s covers from %s', (day, from) => {
    expect(firstCoveredDay(day, 0)).toBe(from);
  });

  test('SM-14.2b/e only the later of two transfers around the first day is covered', () => {
    const transfers = [transfer('2026-02-28', 7n), transfer('2026-03-01', 11n)];
    expect(judge({ transfers }).covered).toBe(11n);
  });

  test('SM-14.2b a transfer after the notice day is covered: the text sets no other end', () => {
    expect(judge({ transfers: [transfer('2026-04-05', 5n)] }).covered).toBe(5n);
  });

  test('SM-14.2c/a ten proven days make forty', () => {
    const impediments = [period('2026-03-01', '2026-03-10')];
    expect(extensionDays(impediments, 'both')).toBe(10);
    expect(extensionDays(impediments, 'one')).toBe(9);
    expect(judge({ impediments }).from).toBe('2026-02-19');
  });

  test('SM-14.2c/b unproven circumstances leave thirty', () => {
    const impediments = [period('2026-03-01', '2026-03-10', 'no')];
    expect(judge({ impediments }).from).toBe('2026-03-01');
  });

  test('SM-14.2c/d a day that two circumstances share counts once', () => {
    const impediments = [period('2026-03-01', '2026-03-10'), period('2026-03-08', '2026-03-12')];
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
    judge({
      theft: theftDay === null ? { status: 'not_clear' } : known(theftDay),
      messages: notice(noticeDay),
      transfers: [transfer(misuse, 1n)],
    }).class;

  test.each([
    ['SM-14.3/a', '2024-11-22', '2026-11-22', '2026-11-01', 'full'],
    ['SM-14.3/b', '2024-11-22', '2026-11-23', '2026-11-01', 'barred'],
    ['SM-14.3/c', '2024-02-29', '2026-02-28', '2026-02-27', 'full'],
    ['SM-14.3/c', '2024-02-29', '2026-03-01', '2026-02-27', 'barred'],
    ['SM-14.3/d', null, '2026-12-01', '2024-12-01', 'full'],
    ['SM-14.3/d', null, '2026-12-02', '2024-12-01', 'barred'],
    ['SM-14.3/e', '2024-01-10', '2026-01-11', '2025-12-31', 'barred'],
  ])('%s theft %s, notice %s, misuse %s: %s', (_id, theft, day, misuse, expected) => {
    expect(late(theft, day, misuse)).toBe(expected);
  });

  test('X-16 a proven impediment lengthens the thirty days, never the two years', () => {
    const seen = judge({
      theft: known('2024-05-14'),
      messages: notice('2026-05-15'),
      transfers: [transfer('2024-05-14', 900n)],
      impediments: [period('2024-05-14', '2026-05-14')],
    });
    expect(seen.lastNoticeDay).toBe('2026-05-14');
    expect(seen.class).toBe('barred');
    expect(seen.paid).toBe(0n);
  });
});

describe('grounds, gaps and facts that are missing', () => {
  const row = (
    fault: HolderFault | 'unknown',
    unionWithoutFault: Known,
    byFamily: Known,
    falseStatement: Known,
    disorder: Known,
    expected: OpinionClass,
  ) => ({
    fault,
    unionWithoutFault,
    relation: ({ yes: 'spouse', no: 'other_relative', unknown: 'unknown' } as const)[byFamily],
    falseStatement,
    disorder,
    expected,
  });

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
    const facts = { relation: 'domestic_staff', fault: 'none' } as const;
    expect(judge({ ...facts, unionInGoodFaith: 'no' })).toMatchObject({
      class: 'full',
      paid: 100n,
    });
    expect(judge({ ...facts, unionWithoutFault: 'unknown' })).toMatchObject({
      class: 'undetermined',
      paid: null,
    });
  });

  test('SM-13.1b a corporate holder cannot claim; SM-14.1* all three conditions are needed', () => {
    expect(judge({ individual: 'no' }).class).toBe('not_applicable');
    expect(judge({ explained: 'no', assisted: 'unknown' }).class).toBe('not_claimable');
    expect(judge({ explained: 'unknown' }).class).toBe('undetermined');
  });

  test('SM-14.1* the 2,048 combinations fall into the classes of the register', () => {
    const counts = new Map<OpinionClass, number>();
    const yn: Known[] = ['yes', 'no'];
    for (const individual of yn)
      for (const promptNotice of yn)
        for (const explained of yn)
          for (const assisted of yn)
            for (const fault of ['none', 'ordinary', 'gross', 'intent'] as const)
              for (const unionWithoutFault of yn)
                for (const relation of ['spouse', 'stranger'] as const)
                  for (const falseStatement of yn)
                    for (const disorder of yn)
                      for (const day of ['2026-03-31', '2028-02-21']) {
                        const seen = judge({
                          individual,
                          promptNotice,
                          explained,
                          assisted,
                          fault,
                          unionWithoutFault,
                          relation,
                          falseStatement,
                          disorder,
                          messages: notice(day),
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
    expect(judge({ repaid: 30n })).toMatchObject({ award: 100n, paid: 70n });
  });

  test('SM-14.5b/a never below zero', () => {
    expect(judge({ repaid: 30n, recovered: 80n })).toMatchObject({ award: 100n, paid: 0n });
  });

  test('X-18 window, fee and repayment together', () => {
    const seen = judge({
      transfers: [transfer('2026-02-28', 100_000n), transfer('2026-03-01', 200_000n, 330n)],
      repaid: 150_000n,
    });
    expect(seen).toMatchObject({ class: 'full', covered: 200_330n, paid: 50_330n });
  });

  test.each([
    // fault    determined  repaid INT-07 award  paid   refused
    ['ordinary', null, 0n, 'A', null, null, null],
    ['ordinary', 0n, 0n, 'A', 0n, 0n, null],
    ['ordinary', 60n, 30n, 'A', 60n, 30n, null],
    ['ordinary', 99n, 0n, 'A', 99n, 99n, null],
    ['ordinary', 100n, 0n, 'A', null, null, 'whole'],
    ['ordinary', 101n, 0n, 'A', null, null, 'above'],
    ['ordinary', -1n, 0n, 'A', null, null, 'negative'],
    ['ordinary', 60n, 30n, 'B', 60n, 60n, null],
    ['ordinary', 70n, 30n, 'B', null, null, 'whole'],
    ['ordinary', 0n, 100n, 'B', 0n, 0n, null],
    ['none', 60n, 0n, 'A', null, null, 'not_open'],
    ['intent', 100n, 40n, 'A', 100n, 60n, null],
    ['intent', null, 40n, 'A', null, null, null],
  ] as const)(
    'SM-14.2e fault %s, determined %s, repaid %s, INT-07 %s: award %s, paid %s, refused %s',
    (fault, determined, repaid, letter, award, paid, refused) => {
      const seen = judge({ fault, determined, repaid }, { 'INT-07': letter });
      expect(seen).toMatchObject({ award, paid, refused });
    },
  );
});

describe('the other letters of the register', () => {
  test('SM-14.3 INT-01 B moves an end on a day without a desk', () => {
    // 2026-11-22 is a Sunday.
    const facts = {
      theft: known('2024-11-22'),
      transfers: [transfer('2026-11-20', 1n)],
      closedWeekdays: [0, 6],
    };
    const on = (day: string, letter: 'A' | 'B') =>
      judge({ ...facts, messages: notice(day) }, { 'INT-01': letter }).class;
    expect([on('2026-11-23', 'A'), on('2026-11-23', 'B'), on('2026-11-24', 'B')]).toEqual([
      'barred',
      'full',
      'barred',
    ]);
  });

  test('SM-14.2c INT-02: pieces of one run lose one end, separate sums lose one each', () => {
    const pieces = [period('2026-03-01', '2026-03-05'), period('2026-03-06', '2026-03-10')];
    expect(extensionDays(pieces, 'one', 'A')).toBe(9);
    expect(extensionDays(pieces, 'one', 'B')).toBe(8);
    const across = [period('2026-03-01', '2026-03-06'), period('2026-03-06', '2026-03-10')];
    expect([extensionDays(across, 'both', 'A'), extensionDays(across, 'both', 'B')]).toEqual([
      10, 11,
    ]);
  });

  test('SM-14.2c/c an impediment over before it began counts only as people judge', () => {
    const early = period('2026-02-01', '2026-02-10');
    const facts = { transfers: [transfer('2026-02-25', 5n), transfer('2026-03-10', 100n)] };
    const seen = (earlierCounts: Known) =>
      judge({ ...facts, impediments: [{ ...early, earlierCounts }] });
    expect(seen('no')).toMatchObject({ class: 'full', covered: 100n });
    expect(seen('yes')).toMatchObject({ class: 'full', covered: 105n });
    expect(seen('unknown')).toMatchObject({ class: 'undetermined', paid: null });
  });

  test('SM-14.3 INT-03 B lets an estimated theft start the bar', () => {
    const facts = {
      theft: { status: 'estimated', day: '2024-01-10' },
      transfers: [transfer('2026-03-10', 1n)],
    } as const;
    expect(judge(facts).class).toBe('full');
    expect(judge(facts, { 'INT-03': 'B' }).class).toBe('barred');
  });

  test('SM-14.4-1-0 INT-04 B takes the grounds alone, INT-05 B and C fill the gap', () => {
    const gross = { fault: 'gross', unionWithoutFault: 'no' } as const;
    expect(judge(gross, { 'INT-04': 'B' })).toMatchObject({
      class: 'excluded',
      grounds: ['SM-14.4-1-1'],
    });
    expect(judge(gross, { 'INT-05': 'B' }).class).toBe('discretionary');
    expect(judge(gross, { 'INT-05': 'C' })).toMatchObject({
      class: 'nothing_by_reading',
      paid: 0n,
    });
  });

  test('SM-14.1-3 INT-20: other signs alone suffice, unless the police report is required', () => {
    const facts = { policeReport: 'no', otherSigns: 'yes' } as const;
    expect(judge(facts).class).toBe('full');
    expect(judge(facts, { 'INT-20': 'B' }).class).toBe('not_claimable');
    expect(judge({ policeReport: 'no', otherSigns: 'no' }).class).toBe('not_claimable');
  });

  test('SM-14.1-1 INT-26: a loss report is the notice if it tells of misuse, always, or never', () => {
    const messages = [
      { day: '2026-03-31', kind: 'notice', tellsOfMisuse: true },
      { day: '2026-03-20', kind: 'loss_report', tellsOfMisuse: true },
      { day: '2026-03-15', kind: 'loss_report', tellsOfMisuse: false },
    ] as const;
    const on = (letter: 'A' | 'B' | 'C') => judge({ messages }, { 'INT-26': letter }).noticeDay;
    expect([on('A'), on('B'), on('C')]).toEqual(['2026-03-20', '2026-03-15', '2026-03-31']);
  });
});
