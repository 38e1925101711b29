import { maxYen, minYen, sumYen, type Yen } from '#libs/kernel';
import type { Funds, PaymentStop } from '../facts/index.js';

/** True where an attachment or stop reaches the whole account. Source: SM-3.4-1-3. */
export const isWhollyStopped = (stops: readonly PaymentStop[]): boolean =>
  stops.some((stop) => stop.amount === undefined);

/**
 * Yen that can be withdrawn (支払可能金額): balance − holds − attached part, plus the overdraft where
 * the product lets it be used. An attachment takes from the deposit, not from the overdraft line; never
 * below zero. Source: SM-3.4-1-2a, SM-3.4-1-3.
 */
export function payableAmount(
  funds: Funds,
  stops: readonly PaymentStop[],
  overdraftUsable: boolean,
): Yen {
  if (isWhollyStopped(stops)) return 0n;
  const free = funds.balance - funds.holds;
  const attached = minYen(sumYen(stops.map((stop) => stop.amount ?? 0n)), maxYen(free, 0n));
  return maxYen(free - attached + (overdraftUsable ? funds.overdraftLimit : 0n), 0n);
}
