import { liability } from '#libs/contracts';
import { accepted, maxYen, sumYen, type Result, type Yen } from '#libs/kernel';
import type { Side } from './attribution.js';
import {
  apportionRecovery,
  type Apportioned,
  type RecoveryOrder,
} from './compensation/lapse-and-subrogation.js';
import type { PaidToUser } from './recourse/question.js';
import type { LiabilityCode } from './liability.refusals.js';
import { refused } from './refused.js';

/** One side made good to the other. Source: RKN-L2, RKN-L4. */
export interface RecourseReceived {
  readonly id: string;
  readonly by: Side;
  readonly amountYen: Yen;
}

/** Money from the wrongdoer. `forSide` took over the user's claim (SM-14.7); absent: the user's own. */
export interface Recovery {
  readonly id: string;
  readonly forSide?: Side;
  readonly amountYen: Yen;
}

/** Everything that was paid and came back for one loss. Only the functions below make a new one. */
export interface LossBook {
  readonly lossYen: Yen;
  readonly payments: readonly PaidToUser[];
  readonly recourses: readonly RecourseReceived[];
  readonly recoveries: readonly (Recovery & Apportioned)[];
}

/** A book for a loss of so many yen. Refuses a loss that is none. */
export function openBook(lossYen: Yen): Result<LossBook> {
  if (lossYen <= 0n) return refusedAt('amount_not_positive', 'lossYen');
  return accepted({ lossYen, payments: [], recourses: [], recoveries: [] });
}

/** What a side has paid the user. */
export const paidBySide = (book: LossBook, side: Side): Yen =>
  sumYen(book.payments.filter(({ by }) => by === side).map(({ amountYen }) => amountYen));

/** What a side has had back: by recourse from the other, and from the wrongdoer. */
export const recoveredBySide = (book: LossBook, side: Side): Yen =>
  recourseOf(book, side) + fromWrongdoerOf(book, side);

/** What a side has had from the wrongdoer. */
export const fromWrongdoerOf = (book: LossBook, side: Side): Yen =>
  sumYen(book.recoveries.filter(({ forSide }) => forSide === side).map((one) => one.toPayerYen));

/** What a side bears now: paid to the user or the other side, less what it had back. Never negative. */
export const burdenOf = (book: LossBook, side: Side): Yen =>
  paidBySide(book, side) + recourseOf(book, otherSide(side)) - recoveredBySide(book, side);

/** What the user has of the loss: paid by either side, and got from the wrongdoer. */
export const userHas = (book: LossBook): Yen =>
  sumYen(book.payments.map(({ amountYen }) => amountYen)) +
  sumYen(book.recoveries.map(({ toHolderYen }) => toHolderYen));

/** The bounds of the whole section: paid within the loss, recovered within what was paid. */
const bounds = liability.clause('RKN-L*');

const allRecourse = (book: LossBook): Yen =>
  sumYen(book.recourses.map(({ amountYen }) => amountYen));

/** What a side has had from the other by recourse. */
export const recourseOf = (book: LossBook, side: Side): Yen =>
  sumYen(book.recourses.filter(({ by }) => by === side).map(({ amountYen }) => amountYen));

export const otherSide = (side: Side): Side => (side === 'EPSP' ? 'FI' : 'EPSP');

/**
 * Enters a payment to the user. Whoever pays, the user never gets more than the loss, nor the same part
 * twice: `payment_exceeds_loss`. Source: RKN-L*, SM-14.5.
 */
export function recordPayment(book: LossBook, payment: PaidToUser): Result<LossBook> {
  const checked = checkEntry(book, payment);
  if (!checked.ok) return checked;
  const judged = bounds.apply({
    caseSums: {
      lossYen: book.lossYen,
      paidToUserYen: userHas(book),
      recoveredYen: allRecourse(book),
    },
    newPaymentYen: payment.amountYen,
    newRecoveryYen: 0n,
  });
  if (judged !== 'within_bounds') return refusedAt(judged, 'amountYen');
  return accepted({ ...book, payments: [...book.payments, payment] });
}

/**
 * Enters what one side made good to the other. The recipient never recovers more than it bears, and all
 * recourse together never exceeds what the user was paid: `amount_exceeds_paid`. Source: RKN-L*.
 */
export function recordRecourse(book: LossBook, received: RecourseReceived): Result<LossBook> {
  const checked = checkEntry(book, received);
  if (!checked.ok) return checked;
  const judged = bounds.apply({
    caseSums: {
      lossYen: book.lossYen,
      paidToUserYen: sumYen(book.payments.map(({ amountYen }) => amountYen)),
      recoveredYen: allRecourse(book),
    },
    newPaymentYen: 0n,
    newRecoveryYen: received.amountYen,
  });
  if (judged !== 'within_bounds') return refusedAt(judged, 'amountYen');
  if (received.amountYen > burdenOf(book, received.by)) {
    return refusedAt('amount_exceeds_paid', 'amountYen');
  }
  return accepted({ ...book, recourses: [...book.recourses, received] });
}

/**
 * Enters money from the wrongdoer and divides it: the side that took over the claim gets at most what
 * it bears, the rest is the user's. Nothing is lost, nothing is kept twice. Source: SM-14.7, INT-08.
 */
export function recordRecovery(
  book: LossBook,
  recovery: Recovery,
  order: RecoveryOrder,
): Result<LossBook> {
  const checked = checkEntry(book, recovery);
  if (!checked.ok) return checked;
  const bearsYen = recovery.forSide ? burdenOf(book, recovery.forSide) : 0n;
  const divided = apportionRecovery(
    recovery.amountYen,
    { lossYen: book.lossYen, holderHasYen: userHas(book), paidYen: bearsYen, recoveredYen: 0n },
    order,
  );
  return accepted({ ...book, recoveries: [...book.recoveries, { ...recovery, ...divided }] });
}

/** What the user still lacks of the loss. */
export const uncoveredYen = (book: LossBook): Yen => maxYen(0n, book.lossYen - userHas(book));

function checkEntry(book: LossBook, entry: { id: string; amountYen: Yen }): Result<true> {
  if (entry.amountYen <= 0n) return refusedAt('amount_not_positive', 'amountYen');
  const all = [...book.payments, ...book.recourses, ...book.recoveries];
  if (all.some(({ id }) => id === entry.id)) return refusedAt('named_twice', 'id');
  return accepted(true);
}

const refusedAt = <Code extends LiabilityCode>(code: Code, field: string) =>
  refused(code, { clause: 'RKN-L*', facts: { field } });
