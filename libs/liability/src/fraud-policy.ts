import {
  rknParameters,
  type HolderFault,
  type ParameterBook,
  type ParameterUsed,
} from '#libs/contracts';
import type { CivilDate, Result } from '#libs/kernel';

/** The policy of the labour banks' 申し合わせ as one version of the parameter holds it. Source: RKN-L1d. */
export type FraudPolicy = NonNullable<ReturnType<typeof rknParameters.fraudPolicy.constraint.read>>;

/** What the policy proposes for a degree of fault. `INDIVIDUAL`: 個別対応, no amount is suggested. */
export type PolicyProposal = FraudPolicy['proposals']['noFault'];

/** The row of the policy's table for each degree of fault. */
export const ROW_OF = {
  none: 'noFault',
  ordinary: 'negligence',
  gross: 'gross',
  intent: 'intent',
} as const satisfies Record<Exclude<HolderFault, 'unknown'>, keyof FraudPolicy['proposals']>;

/**
 * The policy of this institution, in the version in force on the day of the notice. Refuses with
 * `parameter_unset`; there is no default policy. Source: RKN-L1d, INT-16.
 */
export const readPolicy = (
  parameters: ParameterBook,
  noticeDay: CivilDate,
): Result<ParameterUsed<FraudPolicy>> => parameters.read(rknParameters.fraudPolicy, noticeDay);
