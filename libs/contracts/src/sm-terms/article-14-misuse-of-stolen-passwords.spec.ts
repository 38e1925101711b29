import { CivilDate, triOr, type Period, type Tri } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { partialAward } from '../decisions/partial-award.js';
import { demand } from '../demand.js';
import type { Relation, WrongfulTransfer } from '../facts/index.js';
import { article14 } from './article-14-misuse-of-stolen-passwords.js';

const date = CivilDate.from;
const all: Tri[] = ['yes', 'no', 'unknown'];

describe('SM-14.1 conditions', () => {
  test('SM-14.1-1/a a claim without the time of notice is incomplete', () => {
    const given = { noticedAt: 1, promptNotice: 'yes', grounds: '翌日に通知' } as const;
    expect(demand(article14.clause('SM-14.1-1'), given)).toMatchObject({
      refusal: { clause: 'SM-14.1-1', facts: { missing: ['notifiedAt'] } },
    });
    expect(demand(article14.clause('SM-14.1-1'), { ...given, notifiedAt: 2 }).ok).toBe(true);
  });
  test('SM-14.1-2/a without a judgement on the explanation nothing is approved', () => {
    expect(demand(article14.clause('SM-14.1-2'), { grounds: '面談' })).toMatchObject({
      refusal: { facts: { missing: ['adequateExplanation'] } },
    });
  });

  const shown = (
    policeReport: string | undefined,
    otherTheftEvidence: string[],
    cooperation: Tri = 'yes',
    policeReportRequired = false,
  ) =>
    article14
      .clause('SM-14.1-3')
      .apply({ cooperation, policeReport, otherTheftEvidence, policeReportRequired });
  test('SM-14.1-3/a neither report nor other signs', () => {
    expect(shown(undefined, [])).toBe('no');
    expect(shown(' ', [])).toBe('no');
  });
  test('SM-14.1-3/b other signs alone are enough, unless the policy demands the report', () => {
    expect(shown(undefined, ['evt_1'])).toBe('yes');
    expect(shown(undefined, ['evt_1'], 'yes', true)).toBe('no');
    expect(shown('2026-1', [], 'yes', true)).toBe('yes');
    expect(shown('2026-1', [], 'no')).toBe('no');
    expect(shown('2026-1', [], 'unknown')).toBe('unknown');
  });

  test('SM-14.1* one row of eight passes, and an unknown never passes', () => {
    const passed: string[] = [];
    for (const promptNotice of all) {
      for (const adequateExplanation of all) {
        for (const theftSupported of all) {
          const facts = { promptNotice, adequateExplanation, theftSupported };
          const answer = article14.clause('SM-14.1*').apply(facts);
          const values = Object.values(facts);
          if (values.includes('no')) expect(answer).toBe('no');
          else if (values.includes('unknown')) expect(answer).toBe('unknown');
          else passed.push(answer);
        }
      }
    }
    expect(passed).toEqual(['yes']);
  });
});

describe('SM-14.2 and SM-14.3: days and amounts', () => {
  test('SM-14.2a/a only a holder without fault has the full amount by right', () => {
    const duty = (holderFault: 'none' | 'ordinary' | 'gross' | 'intent' | 'unknown') =>
      article14.clause('SM-14.2a').apply({ holderFault });
    expect([
      duty('none'),
      duty('ordinary'),
      duty('gross'),
      duty('intent'),
      duty('unknown'),
    ]).toEqual(['yes', 'no', 'no', 'no', 'unknown']);
  });

  test.each([
    ['SM-14.2b', '2026-03-31', '2026-03-01'],
    ['SM-14.2b/c', '2026-03-30', '2026-02-28'],
    ['SM-14.2b/d in a leap year', '2028-03-30', '2028-02-29'],
  ])('%s notice %s covers from %s', (_title, notice, from) => {
    expect(String(article14.clause('SM-14.2b').apply({ noticeDate: date(notice) }))).toBe(from);
  });

  const transfer = (id: string, happenedAt: number, amount = 100n): WrongfulTransfer => ({
    id,
    happenedAt,
    amount,
    fee: 0n,
    interest: 0n,
  });
  const covered = (wrongfulTransfers: WrongfulTransfer[], from = '2026-03-01') =>
    article14.clause('SM-14.2d').apply({ wrongfulTransfers, coveredFrom: date(from) });
  test('SM-14.2b/a, SM-14.2b/b, SM-14.2b/e midnight in Tokyo is the boundary', () => {
    const first = date('2026-03-01').startsAt();
    const answer = covered([transfer('before', first - 60_000), transfer('first', first)]);
    expect(answer.lines.map(({ id }) => id)).toEqual(['first']);
  });
  test('SM-14.2d/a amount, fee and interest are the covered amount', () => {
    const one = {
      ...transfer('1', date('2026-03-02').startsAt(), 500_000n),
      fee: 330n,
      interest: 12n,
    };
    expect(covered([one]).coveredYen).toBe(500_342n);
  });

  const notice = date('2026-03-31');
  const period = (first: string, last: string): Period => ({
    firstDay: date(first),
    lastDay: date(last),
  });
  const window = (provenImpediments: Period[], endDays: 'both' | 'one' = 'both') =>
    article14.clause('SM-14.2c').apply({ noticeDate: notice, provenImpediments }, { endDays });
  test('SM-14.2c/a ten proven days make it forty', () => {
    expect(window([period('2026-03-10', '2026-03-19')])).toMatchObject({ addedDays: 10 });
    expect(String(window([period('2026-03-10', '2026-03-19')]).coveredFrom)).toBe('2026-02-19');
  });
  test('SM-14.2c/b nothing proven leaves thirty', () => {
    expect(String(window([]).coveredFrom)).toBe('2026-03-01');
  });
  test('SM-14.2c/c whether both end days count is the parameter of the institution', () => {
    expect(window([period('2026-03-10', '2026-03-19')], 'one').addedDays).toBe(9);
  });
  test('SM-14.2c/d circumstances that overlap are counted once', () => {
    const overlapping = [period('2026-03-10', '2026-03-19'), period('2026-03-15', '2026-03-24')];
    expect(window(overlapping).addedDays).toBe(15);
  });

  test('SM-14.2e/a a part without grounds or a second person is incomplete', () => {
    const given = { holderFault: 'ordinary', amountYen: 1n, enteredBy: 'Sato' } as const;
    expect(demand(article14.clause('SM-14.2e'), given)).toMatchObject({
      refusal: { facts: { missing: ['grounds', 'secondApprover'] } },
    });
  });
  test.each([
    ['SM-14.2e/b the covered amount itself', 100n, 'no_fault_finding_required'],
    ['SM-14.2e a yen less is a part', 99n, 'partial'],
    ['SM-14.2e one yen is a part', 1n, 'partial'],
    ['SM-14.2e INT-06 nothing is a recorded refusal', 0n, 'refused_by_people'],
    ['SM-14.2e more than covered', 101n, 'award_out_of_bounds'],
    ['SM-14.2e below zero', -1n, 'award_out_of_bounds'],
  ])('%s', (_title, amount, expected) => {
    const answer = partialAward(amount, 100n);
    expect(answer.ok ? answer.value : answer.refusal.code).toBe(expected);
  });

  const bar = (theft: string | undefined, firstMisuse: string, noticed: string) => {
    const answer = article14.clause('SM-14.3').apply({
      theftDate: theft ? date(theft) : undefined,
      firstMisuseDate: date(firstMisuse),
      noticeDate: date(noticed),
    });
    return `${answer.startedBy} ${answer.lastDay} ${answer.isBarred ? 'barred' : 'in time'}`;
  };
  test.each([
    ['SM-14.3/a', bar('2024-11-22', '2024-11-25', '2026-11-22'), 'theft 2026-11-22 in time'],
    ['SM-14.3/b', bar('2024-11-22', '2024-11-25', '2026-11-23'), 'theft 2026-11-22 barred'],
    ['SM-14.3/c', bar('2024-02-29', '2024-03-02', '2026-02-28'), 'theft 2026-02-28 in time'],
    ['SM-14.3/d', bar(undefined, '2024-12-01', '2026-12-01'), 'first_misuse 2026-12-01 in time'],
    ['SM-14.3/e', bar('2024-11-01', '2024-12-01', '2026-11-02'), 'theft 2026-11-01 barred'],
  ])('%s %s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });
});

describe('SM-14.4 exclusions', () => {
  const excluded = (institutionGoodFaith: Tri, institutionFaultless: Tri, anyOfThree: Tri) =>
    article14
      .clause('SM-14.4-1-0')
      .apply({ institutionGoodFaith, institutionFaultless, anyOfThree });
  test('SM-14.4-1-0/a a ground with the institution at fault excludes nothing', () => {
    expect(excluded('yes', 'no', 'yes')).toBe('no');
    expect(excluded('no', 'yes', 'yes')).toBe('no');
    expect(excluded('yes', 'unknown', 'yes')).toBe('unknown');
  });
  test('SM-14.4-1-0/b a faultless institution without a ground excludes nothing', () => {
    expect(excluded('yes', 'yes', 'no')).toBe('no');
    expect(excluded('yes', 'yes', 'yes')).toBe('yes');
  });
  test('SM-14.4-1-1 is gross negligence, and nothing else', () => {
    const gross = (holderFault: 'none' | 'ordinary' | 'gross' | 'intent' | 'unknown') =>
      article14.clause('SM-14.4-1-1').apply({ holderFault });
    expect([gross('gross'), gross('intent'), gross('ordinary'), gross('none')]).toEqual([
      'yes',
      'no',
      'no',
      'no',
    ]);
    expect(gross('unknown')).toBe('unknown');
  });
  test.each<[Relation, Tri]>([
    ['spouse', 'yes'],
    ['family_within_second_degree', 'yes'],
    ['cohabiting_relative', 'yes'],
    ['other_cohabitant', 'yes'],
    ['domestic_staff', 'yes'],
    ['other_relative', 'no'],
    ['stranger', 'no'],
    ['unknown', 'unknown'],
  ])('SM-14.4-1-2 %s: %s', (relation, expected) => {
    expect(article14.clause('SM-14.4-1-2').apply({ relation })).toBe(expected);
  });
  test('SM-14.4-1-2 a spouse acted, but the institution was at fault: not excluded', () => {
    const ground = article14.clause('SM-14.4-1-2').apply({ relation: 'spouse' });
    expect(excluded('yes', 'no', ground)).toBe('no');
  });
  test('SM-14.4-1-3 a false statement is found on evidence and grounds', () => {
    expect(demand(article14.clause('SM-14.4-1-3'), { falseStatement: 'yes' })).toMatchObject({
      refusal: { facts: { missing: ['evidence', 'grounds'] } },
    });
  });
  test('SM-14.4-2/a grave disorder excludes even where the first paragraph does not', () => {
    const disorder = article14.clause('SM-14.4-2').apply({ graveDisorder: 'yes' });
    expect(triOr(excluded('yes', 'no', 'yes'), disorder)).toBe('yes');
    expect(article14.clause('SM-14.4-2').apply({ graveDisorder: 'unknown' })).toBe('unknown');
  });
});

describe('SM-14.5 to SM-14.7', () => {
  test('SM-14.5a/a 100 covered, 30 repaid: 70', () => {
    const left = (awardYen: bigint, repaidYen: bigint) =>
      article14.clause('SM-14.5a').apply({ awardYen, repaidYen });
    expect([left(100n, 30n), left(100n, 101n)]).toEqual([70n, 0n]);
  });
  test('SM-14.5b/a 100 − 30 − 80 is nothing, never less', () => {
    const left = (recoveredYen: bigint) =>
      article14.clause('SM-14.5b').apply({ awardYen: 100n, repaidYen: 30n, recoveredYen });
    expect([left(80n), left(70n), left(69n), left(0n)]).toEqual([0n, 0n, 1n, 70n]);
  });
  test('SM-14.6/a what comes back later goes to the institution up to the amount paid', () => {
    const back = (laterRefundYen: bigint) =>
      article14.clause('SM-14.6').apply({ paidYen: 70n, laterRefundYen });
    expect(back(100n)).toEqual({ toInstitution: 70n, toHolder: 30n });
    expect(back(50n)).toEqual({ toInstitution: 50n, toHolder: 0n });
  });
  test('SM-14.7/a a recovery above what was paid leaves the surplus to the holder', () => {
    const recovered = (recoveredYen: bigint) =>
      article14.clause('SM-14.7').apply({ paidYen: 70n, recoveredYen });
    expect(recovered(100n)).toEqual({ claimYen: 70n, toInstitution: 70n, surplusToHolder: 30n });
    expect(recovered(70n).surplusToHolder).toBe(0n);
  });

  const day = fc.integer({ min: 0, max: 900 }).map((n) => date('2024-01-01').plusDays(n));
  test('SM-14.2b, SM-14.2d property: a later notice never covers more', () => {
    const transfers = fc.array(
      fc.record({
        id: fc.uuid(),
        happenedAt: day.map((one) => one.at('12:00')),
        amount: fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fee: fc.bigInt({ min: 0n, max: 1_000n }),
        interest: fc.bigInt({ min: 0n, max: 1_000n }),
      }),
      { maxLength: 10 },
    );
    const sum = (wrongfulTransfers: WrongfulTransfer[], noticeDate: CivilDate) =>
      article14.clause('SM-14.2d').apply({
        wrongfulTransfers,
        coveredFrom: article14.clause('SM-14.2b').apply({ noticeDate }),
      }).coveredYen;
    fc.assert(
      fc.property(transfers, day, fc.nat(60), (list, noticeDate, later) => {
        const now = sum(list, noticeDate);
        expect(sum(list, noticeDate.plusDays(later))).toBeLessThanOrEqual(now);
        expect(sum([...list].reverse(), noticeDate)).toBe(now);
      }),
    );
  });
  test('SM-14.2c property: one more proven day never shortens the window', () => {
    const anyPeriod = fc.tuple(day, fc.nat(20)).map(([firstDay, length]): Period => {
      return { firstDay, lastDay: firstDay.plusDays(length) };
    });
    fc.assert(
      fc.property(
        fc.array(anyPeriod, { maxLength: 5 }),
        anyPeriod,
        day,
        (list, more, noticeDate) => {
          const from = (provenImpediments: Period[]) =>
            article14
              .clause('SM-14.2c')
              .apply({ noticeDate, provenImpediments }, { endDays: 'both' }).coveredFrom;
          expect(from([...list, more]).isAfter(from(list))).toBe(false);
        },
      ),
    );
  });
  test('SM-14.3 property: the bar falls on one day and stays; it is 730 or 731 days away', () => {
    fc.assert(
      fc.property(day, (theftDate) => {
        const on = (noticeDate: CivilDate) =>
          article14.clause('SM-14.3').apply({ theftDate, firstMisuseDate: theftDate, noticeDate });
        const { lastDay } = on(theftDate);
        expect([730, 731]).toContain(theftDate.daysUntil(lastDay));
        expect(on(lastDay).isBarred).toBe(false);
        expect(on(lastDay.plusDays(1)).isBarred).toBe(true);
      }),
    );
  });
});
