import { describe, expect, test } from '@jest/globals';
import { openBook, recordPayment, recordRecourse, type LossBook } from '#libs/liability';
import { divideReturn } from './divide-return.js';

const must = (result: ReturnType<typeof openBook>): LossBook => {
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};
const paid = (book: LossBook, by: 'EPSP' | 'FI', amountYen: bigint): LossBook =>
  must(recordPayment(book, { id: `paid-${by}`, by, institution: '2963', amountYen, paidAt: 0 }));

describe('SM-14.6 whose is stolen money that comes back', () => {
  const byBank = paid(must(openBook(100n)), 'FI', 60n);

  test('SM-14.6/a the institution up to what it paid, the rest the holder', () => {
    expect(divideReturn(byBank, 100n, 'payer_first')).toEqual([
      { forSide: 'FI', amountYen: 60n },
      { amountYen: 40n },
    ]);
  });

  test('SM-14.6 INT-08 under the other reading the holder’s uncovered loss comes first', () => {
    expect(divideReturn(byBank, 70n, 'holder_first')).toEqual([
      { amountYen: 40n },
      { forSide: 'FI', amountYen: 30n },
    ]);
  });

  test('SM-14.6 RKN-L* after recourse it is the intermediary that bears the loss', () => {
    const received = { id: 'recourse', by: 'FI', amountYen: 50n } as const;
    const after = must(recordRecourse(byBank, received));
    expect(divideReturn(after, 60n, 'payer_first')).toEqual([
      { forSide: 'FI', amountYen: 10n },
      { forSide: 'EPSP', amountYen: 50n },
    ]);
  });

  test('SM-14.6 nothing is lost and nothing is kept twice', () => {
    for (const order of ['payer_first', 'holder_first'] as const)
      for (let yen = 1n; yen <= 120n; yen += 1n) {
        const parts = divideReturn(byBank, yen, order);
        expect(parts.reduce((sum, { amountYen }) => sum + amountYen, 0n)).toBe(yen);
      }
  });
});
