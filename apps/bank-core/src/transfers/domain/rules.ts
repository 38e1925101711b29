import type { Yen } from '#libs/kernel';
import type { TransferKind } from './transfer.js';

export interface AccountPlace {
  readonly institution: string;
  readonly branch: string;
}

export type DestinationClass = 'same_branch' | 'same_institution' | 'other_institution';

export interface FeeRow {
  readonly destination: 'same_institution' | 'other_institution';
  readonly membership: 'member' | 'non_member';
  readonly fromYen: Yen;
  readonly feeYen: Yen;
}

/** 振替 within one branch, whoever owns the accounts; 振込 otherwise. Source: SM-5.1-2-1, SM-5.1-2-2. */
export const classifyTransfer = (debit: AccountPlace, credit: AccountPlace): TransferKind =>
  debit.institution === credit.institution && debit.branch === credit.branch
    ? 'furikae'
    : 'furikomi';

export function destinationClass(debit: AccountPlace, credit: AccountPlace): DestinationClass {
  if (classifyTransfer(debit, credit) === 'furikae') return 'same_branch';
  return debit.institution === credit.institution ? 'same_institution' : 'other_institution';
}

/** The row of the class with the highest start that the amount reaches; none for 振替. Source: SM-5.1-1. */
export function transferFee(
  table: readonly FeeRow[],
  destination: DestinationClass,
  membership: 'member' | 'non_member',
  amount: Yen,
): Yen {
  if (destination === 'same_branch') return 0n;
  const rows = table.filter(
    (row) =>
      row.destination === destination && row.membership === membership && row.fromYen <= amount,
  );
  return rows.reduce((best, row) => (row.fromYen > best.fromYen ? row : best)).feeYen;
}
