import {
  article04,
  type AccountType as TermsAccountType,
  type ParameterValues,
  type smParameters,
} from '#libs/contracts';
import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { AccountType } from '../../accounts/index.js';

type Values = ParameterValues<typeof smParameters>;
const inquiry = article04.clause('SM-4.1-1');

/** 預金種目 as the Zengin system codes it, in the words of the terms. */
const TYPES: Readonly<Record<AccountType, TermsAccountType>> = {
  '1': 'ordinary',
  '2': 'current',
  '4': 'savings',
  '9': 'other',
};

/**
 * May an intermediary ask this of a service account, that far back? Refuses with `function_not_offered`
 * (the combination is not in the matrix), then `period_too_long`. Source: SM-4.1-1.
 */
export function mayInquire(
  asked: {
    readonly accountType: AccountType;
    readonly inquiry: 'balance' | 'transactions';
    readonly from: CivilDate;
    readonly today: CivilDate;
  },
  parameters: Pick<Values, 'inquiryMatrix' | 'inquiryPeriod'>,
): Result<void, Refusal<'function_not_offered' | 'period_too_long'>> {
  const answer = inquiry.apply(
    {
      accountRegistered: true,
      terminal: 'intermediary',
      accountType: TYPES[asked.accountType],
      inquiryFunction: asked.inquiry,
      inquiryFrom: asked.from,
      today: asked.today,
    },
    { matrix: parameters.inquiryMatrix, period: parameters.inquiryPeriod },
  );
  if (answer === 'allowed') return accepted(undefined);
  const code = answer === 'period_too_long' ? answer : 'function_not_offered';
  return refused(code, { clause: inquiry.id });
}
