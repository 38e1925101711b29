import {
  flag,
  oneOf,
  parameter,
  shape,
  subsetOf,
  tableBy,
  wholeNumber,
  type ParameterBook,
  type ParameterUsed,
} from '#libs/contracts';
import type { CivilDate, Result } from '#libs/kernel';

/** What the policy proposes for a degree of fault. `INDIVIDUAL`: 個別対応, no amount is suggested. */
export type PolicyProposal = 'FULL' | 'INDIVIDUAL' | 'NONE';

const fraudPolicyParameter = parameter(
  'P.rkn.fraudPolicy',
  ['RKN-L1d'],
  'version of the policy',
  shape({
    eligibleUsers: subsetOf(['individual', 'sole_proprietor', 'corporate']),
    thirtyDayTest: oneOf('look_back', 'notice_within'),
    windowDays: wholeNumber(1, 365),
    longStopYears: wholeNumber(1, 20),
    policeReportRequired: flag,
    exclusionsNeedFaultlessInstitution: flag,
    proposals: tableBy(
      ['none', 'ordinary', 'gross', 'intent'],
      oneOf('FULL', 'INDIVIDUAL', 'NONE'),
    ),
  }),
  { ja: '不正払戻しの補償の方針', en: 'policy on unauthorised withdrawals' },
);

export type FraudPolicy = NonNullable<ReturnType<typeof fraudPolicyParameter.constraint.read>>;

/**
 * The policy of the labour banks' 申し合わせ as this institution holds it: the version in force on the
 * day of the notice. Refuses with `parameter_unset`; there is no default policy. Source: RKN-L1d, INT-16.
 */
export const readPolicy = (
  parameters: ParameterBook,
  noticeDay: CivilDate,
): Result<ParameterUsed<FraudPolicy>> => parameters.read(fraudPolicyParameter, noticeDay);
