import { CivilDate, triAnd, triNot, type Tri } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { article14 } from '../sm-terms/article-14-misuse-of-stolen-passwords.js';

const date = CivilDate.from;

describe('scenarios of stolen passwords', () => {
  test('X-16 a proven impediment lengthens the thirty days, never the two years (14.2c, 14.3)', () => {
    const noticeDate = date('2026-05-15');
    const bar = article14.clause('SM-14.3').apply({
      theftDate: date('2024-05-14'),
      firstMisuseDate: date('2024-05-20'),
      noticeDate,
    });
    expect([String(bar.lastDay), bar.isBarred]).toEqual(['2026-05-14', true]);
    const impediment = { firstDay: date('2024-05-14'), lastDay: date('2026-05-14') };
    const { coveredFrom } = article14
      .clause('SM-14.2c')
      .apply({ noticeDate, provenImpediments: [impediment] }, { endDays: 'both' });
    expect(coveredFrom.isBefore(date('2024-05-20'))).toBe(true);
  });

  test('X-17 a family member acted: full if the institution is at fault, else open (14.4-1-0, -2)', () => {
    const fullByRight = article14.clause('SM-14.2a').apply({ holderFault: 'none' });
    const ground = article14.clause('SM-14.4-1-2').apply({ relation: 'spouse' });
    const paid = (institutionFaultless: Tri): Tri => {
      const excluded = article14.clause('SM-14.4-1-0').apply({
        institutionGoodFaith: 'yes',
        institutionFaultless,
        anyOfThree: ground,
      });
      return triAnd(fullByRight, triNot(excluded));
    };
    expect([paid('no'), paid('unknown'), paid('yes')]).toEqual(['yes', 'unknown', 'no']);
  });

  test('X-18 of two transfers one is covered, and 150,000 were repaid: 50,330 (14.2b, 14.2d, 14.5a)', () => {
    const noticeDate = date('2026-03-31');
    const coveredFrom = article14.clause('SM-14.2b').apply({ noticeDate });
    const transfer = (id: string, on: string, amount: bigint, fee: bigint) => ({
      id,
      happenedAt: date(on).at('23:59'),
      amount,
      fee,
      interest: 0n,
    });
    const { coveredYen } = article14.clause('SM-14.2d').apply({
      wrongfulTransfers: [
        transfer('1', '2026-02-28', 100_000n, 0n),
        transfer('2', '2026-03-01', 200_000n, 330n),
      ],
      coveredFrom,
    });
    expect(coveredYen).toBe(200_330n);
    const paid = article14.clause('SM-14.5a').apply({ awardYen: coveredYen, repaidYen: 150_000n });
    expect(paid).toBe(50_330n);
  });
});
