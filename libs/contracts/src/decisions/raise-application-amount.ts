import { accepted, refused, type Refusal, type Result, type Yen } from '#libs/kernel';
import { demand } from '../demand.js';
import type { Facts } from '../facts/index.js';
import type { ParameterValues } from '../parameter.js';
import { article10 } from '../sm-terms/article-10-changes-of-registered-matters.js';
import type { smParameters } from '../sm-terms/parameters.js';

const clause = article10.clause('SM-10.3d');

export type RaiseRefusal = Refusal<
  'record_incomplete' | 'fact_malformed' | 'second_person_required' | 'above_cap' | 'not_a_raise'
>;

/**
 * The branch raises the amount of the application form. Needs form, seal check and two people; the
 * highest cap binds the branch as well. Gives the new form amount in yen. Source: SM-10.3d, SM-13.5.
 */
export function raiseApplicationAmount(
  supplied: Partial<Facts>,
  current: Yen,
  cap: ParameterValues<typeof smParameters>['limitCap'],
): Result<Yen, RaiseRefusal> {
  const record = demand(clause, supplied);
  if (!record.ok) return record;
  const { newLimit } = record.value;
  if (newLimit <= current) return refused('not_a_raise', { clause: clause.id });
  const highest = cap.withOtp > cap.withoutOtp ? cap.withOtp : cap.withoutOtp;
  if (newLimit > highest) return refused('above_cap', { clause: clause.id });
  return accepted(newLimit);
}
