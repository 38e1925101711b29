import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sumYen, type Result, type Yen } from '#libs/kernel';
import { paidBy } from '../test/a-question.js';
import { decided, refusal } from '../test/decided.js';
import { propertyRuns } from '../test/property-runs.js';
import type { Side } from './attribution.js';
import {
  burdenOf,
  openBook,
  paidBySide,
  recordPayment,
  recordRecourse,
  recordRecovery,
  recoveredBySide,
  uncoveredYen,
  userHas,
  type LossBook,
} from './payments.js';

const SIDES = ['EPSP', 'FI'] as const;
const anySide = fc.constantFrom<Side>(...SIDES);
const anyYen = fc.bigInt({ min: -5n, max: 120n });
const anyId = fc.nat({ max: 40 }).map((number) => `e-${number}`);

type Step = (book: LossBook) => Result<LossBook>;
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(anyId, anySide, anyYen).map(
    ([id, by, amountYen]): Step =>
      (book) =>
        recordPayment(book, { ...paidBy(by, amountYen), id }),
  ),
  fc.tuple(anyId, anySide, anyYen).map(
    ([id, by, amountYen]): Step =>
      (book) =>
        recordRecourse(book, { id, by, amountYen }),
  ),
  fc
    .tuple(
      anyId,
      fc.option(anySide, { nil: undefined }),
      anyYen,
      fc.constantFrom('payer_first' as const, 'holder_first' as const),
    )
    .map(
      ([id, forSide, amountYen, order]): Step =>
        (book) =>
          recordRecovery(book, { id, ...(forSide && { forSide }), amountYen }, order),
    ),
);

const total = (entries: readonly { readonly amountYen: Yen }[]): Yen =>
  sumYen(entries.map(({ amountYen }) => amountYen));

/** Runs any sequence of entries and holds `invariant` after every one of them. */
function always(invariant: (book: LossBook, before: LossBook) => boolean): void {
  const sequences = fc.tuple(
    fc.bigInt({ min: 1n, max: 200n }),
    fc.array(anyStep, { maxLength: 25 }),
  );
  fc.assert(
    fc.property(sequences, ([lossYen, steps]) => {
      let book = decided(openBook(lossYen));
      return steps.every((step) => {
        const before = book;
        const next = step(book);
        if (next.ok) book = next.value;
        return invariant(book, before);
      });
    }),
    propertyRuns,
  );
}

describe('RKN-L* whatever is paid, claimed and recovered, in any order', () => {
  test('RKN-L* the user is never paid more than the loss', () => {
    always((book) => total(book.payments) <= book.lossYen);
  });

  test('RKN-L* what the user got from the wrongdoer counts before the next payment', () => {
    always((book, before) => book.payments === before.payments || userHas(book) <= book.lossYen);
  });

  test('RKN-L* all recourse together never exceeds what the user was paid', () => {
    always((book) => total(book.recourses) <= total(book.payments));
  });

  test('RKN-L* nobody recovers more than it bore: no burden is ever negative', () => {
    always((book) => SIDES.every((side) => burdenOf(book, side) >= 0n));
  });

  test('RKN-L* recovered never exceeds paid, over both sides', () => {
    always((book) => {
      const fromWrongdoer = sumYen(book.recoveries.map(({ toPayerYen }) => toPayerYen));
      return fromWrongdoer <= total(book.payments);
    });
  });

  test('RKN-L* no yen appears or is lost: burdens and recoveries add up to the payments', () => {
    always((book) => {
      const burdens = sumYen(SIDES.map((side) => burdenOf(book, side)));
      const fromWrongdoer = sumYen(book.recoveries.map(({ toPayerYen }) => toPayerYen));
      return burdens + fromWrongdoer === total(book.payments);
    });
  });

  test('RKN-L* every recovery is divided without a rest', () => {
    always((book) =>
      book.recoveries.every((one) => one.toPayerYen + one.toHolderYen === one.amountYen),
    );
  });

  test('RKN-L* an entry is made once or not at all, and a refused one changes nothing', () => {
    always((book, before) => {
      const count = (one: LossBook) =>
        one.payments.length + one.recourses.length + one.recoveries.length;
      const ids = [...book.payments, ...book.recourses, ...book.recoveries].map(({ id }) => id);
      const grewByOne = count(book) === count(before) + 1;
      return (book === before || grewByOne) && new Set(ids).size === ids.length;
    });
  });
});

describe('RKN-L* examples', () => {
  const book = decided(recordPayment(decided(openBook(100n)), paidBy('EPSP', 70n)));

  test('RKN-L* the second payer may pay the rest and not one yen more', () => {
    expect(refusal(recordPayment(book, paidBy('FI', 31n)))).toBe(
      'payment_exceeds_loss amountYen RKN-L*',
    );
    const both = decided(recordPayment(book, paidBy('FI', 30n)));
    expect([uncoveredYen(both), paidBySide(both, 'FI')]).toEqual([0n, 30n]);
  });

  test('RKN-L* recourse before any payment is refused', () => {
    const empty = decided(openBook(100n));
    expect(refusal(recordRecourse(empty, { id: 'r', by: 'EPSP', amountYen: 1n }))).toBe(
      'not_yet_compensated amountYen RKN-L*',
    );
  });

  test('RKN-L* one yen above what was paid is refused, exactly that is not', () => {
    const claim = (amountYen: Yen) => recordRecourse(book, { id: 'r', by: 'EPSP', amountYen });
    expect(refusal(claim(71n))).toBe('amount_exceeds_paid amountYen RKN-L*');
    expect(recoveredBySide(decided(claim(70n)), 'EPSP')).toBe(70n);
  });

  test('RKN-L* where both paid, each recovers what it bears itself and no yen of the other', () => {
    const both = decided(recordPayment(book, paidBy('FI', 30n)));
    const claim = (amountYen: Yen) => recordRecourse(both, { id: 'r', by: 'EPSP', amountYen });
    expect(refusal(claim(71n))).toBe('amount_exceeds_paid amountYen RKN-L*');
    expect(burdenOf(decided(claim(70n)), 'FI')).toBe(100n);
  });

  test('RKN-L* what is received is entered once, and never as nothing', () => {
    const once = decided(recordRecourse(book, { id: 'r', by: 'EPSP', amountYen: 1n }));
    const again = { id: 'r', by: 'EPSP', amountYen: 1n } as const;
    expect(refusal(recordRecourse(once, again))).toBe('named_twice id RKN-L*');
    expect(refusal(recordRecourse(book, { ...again, amountYen: 0n }))).toBe(
      'amount_not_positive amountYen RKN-L*',
    );
    const recovery = { id: 'r', amountYen: 1n };
    expect(refusal(recordRecovery(once, recovery, 'payer_first'))).toBe('named_twice id RKN-L*');
  });

  test('RKN-L* after recourse the side that bears it gets the recovery', () => {
    const shifted = decided(recordRecourse(book, { id: 'r', by: 'EPSP', amountYen: 70n }));
    expect([burdenOf(shifted, 'EPSP'), burdenOf(shifted, 'FI')]).toEqual([0n, 70n]);
    const recovery = { id: 'w', forSide: 'FI', amountYen: 80n } as const;
    const after = decided(recordRecovery(shifted, recovery, 'payer_first'));
    expect(after.recoveries[0]).toMatchObject({ toPayerYen: 70n, toHolderYen: 10n });
    expect(burdenOf(after, 'FI')).toBe(0n);
  });

  test('RKN-L* a loss of nothing and a payment of nothing are refused', () => {
    expect(refusal(openBook(0n))).toBe('amount_not_positive lossYen RKN-L*');
    expect(refusal(recordPayment(book, { ...paidBy('FI', 0n) }))).toBe(
      'amount_not_positive amountYen RKN-L*',
    );
    expect(refusal(recordPayment(book, paidBy('EPSP', 1n)))).toBe('named_twice id RKN-L*');
  });
});
