import { assert, type Yen } from '#libs/kernel';

export interface LimitParameters {
  readonly capWithOtpYen: Yen;
  readonly capYen: Yen;
  readonly scope: 'contract' | 'account';
  readonly includesFee: boolean;
}

/** Reads P.sm.limit.*; the values were approved in this form, so any other form is a bug. */
export function readLimitParameters(values: ReadonlyMap<string, unknown>): LimitParameters {
  const cap = values.get('P.sm.limit.cap') as { withOtp?: unknown; withoutOtp?: unknown };
  const scope = values.get('P.sm.limit.scope');
  const includesFee = values.get('P.sm.limit.includesFee');
  assert(
    typeof cap?.withOtp === 'string' && typeof cap.withoutOtp === 'string',
    'P.sm.limit.cap must name two amounts of yen.',
  );
  assert(scope === 'contract' || scope === 'account', 'P.sm.limit.scope is contract or account.');
  assert(typeof includesFee === 'boolean', 'P.sm.limit.includesFee is yes or no.');
  return {
    capWithOtpYen: BigInt(cap.withOtp),
    capYen: BigInt(cap.withoutOtp),
    scope,
    includesFee,
  };
}
