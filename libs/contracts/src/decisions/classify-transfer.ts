import type { Yen } from '#libs/kernel';
import type { AccountPlace, TransferKind } from '../facts/index.js';
import type { ParameterValues } from '../parameter.js';
import { article05 } from '../sm-terms/article-05-transfers.js';
import type { smParameters } from '../sm-terms/parameters.js';

export type DestinationClass = 'same_branch' | 'same_institution' | 'other_institution';
export type Membership = 'member' | 'non_member';
type FeeTable = ParameterValues<typeof smParameters>['transferFee'];

const isFurikae = article05.clause('SM-5.1-2-2');

/** 振替 within one branch, whoever owns the accounts; 振込 otherwise. Source: SM-5.1-2-1, SM-5.1-2-2. */
export const classifyTransfer = (
  debitPlace: AccountPlace,
  creditPlace: AccountPlace,
): TransferKind => (isFurikae.apply({ debitPlace, creditPlace }) ? 'furikae' : 'furikomi');

export function destinationClass(debit: AccountPlace, credit: AccountPlace): DestinationClass {
  if (classifyTransfer(debit, credit) === 'furikae') return 'same_branch';
  return debit.institution === credit.institution ? 'same_institution' : 'other_institution';
}

/**
 * The transfer fee in yen: none for 振替; else the row of its class and membership with the highest
 * start that the amount reaches. The table's constraint guarantees a row. Source: SM-5.1-1, SM-5.1-2.
 */
export function transferFee(
  table: FeeTable,
  destination: DestinationClass,
  membership: Membership,
  amount: Yen,
): Yen {
  if (destination === 'same_branch') return 0n;
  let best: FeeTable[number] | undefined;
  for (const row of table) {
    const fits =
      row.destination === destination && row.membership === membership && row.fromYen <= amount;
    if (fits && (best === undefined || row.fromYen > best.fromYen)) best = row;
  }
  return best?.feeYen ?? 0n;
}
