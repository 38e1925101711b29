import { maxYen, minYen, type Yen } from '#libs/kernel';
import {
  burdenOf,
  uncoveredYen,
  type LossBook,
  type RecoveryOrder,
  type Side,
} from '#libs/liability';

/** One part of stolen money that came back; without a side it is the holder's own. */
export interface ReturnedPart {
  readonly forSide?: Side;
  readonly amountYen: Yen;
}

/**
 * Whose is stolen money that comes back after compensation? What each side still bears of the loss goes there first,
 * the institution before the intermediary, since the right to the deposit lapsed towards it; the rest is the holder's.
 * Under the other reading of INT-08 what the holder still lacks comes before both. Source: SM-14.6, RKN-L*.
 */
export function divideReturn(
  book: LossBook,
  amountYen: Yen,
  order: RecoveryOrder,
): readonly ReturnedPart[] {
  let left = amountYen;
  const parts: ReturnedPart[] = [];
  const take = (yen: Yen, forSide?: Side): void => {
    const taken = minYen(left, maxYen(0n, yen));
    if (taken > 0n) parts.push({ ...(forSide && { forSide }), amountYen: taken });
    left -= taken;
  };
  if (order === 'holder_first') take(uncoveredYen(book));
  take(burdenOf(book, 'FI'), 'FI');
  take(burdenOf(book, 'EPSP'), 'EPSP');
  take(left);
  return parts;
}
