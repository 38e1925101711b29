import type { AccountType as MatrixType, ParameterValues, smParameters } from '#libs/contracts';
import type { AccountType } from '../../accounts/index.js';

type Matrix = ParameterValues<typeof smParameters>['inquiryMatrix'];

const ROWS: Readonly<Record<AccountType, MatrixType>> = {
  '1': 'ordinary',
  '2': 'current',
  '4': 'savings',
  '9': 'other',
};

/** Whether an intermediary's terminal may ask this of an account of this type. Source: SM-4.1-1/b. */
export const isInquiryOffered = (
  matrix: Matrix,
  type: AccountType,
  inquiry: 'balance' | 'transactions',
): boolean => matrix.intermediary[ROWS[type]].includes(inquiry);
