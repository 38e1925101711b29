import {
  lackingFactors,
  smParameters,
  whichFactors,
  type FactorParameters,
  type FactorsRequired,
} from '#libs/contracts';
import { accepted, assert, refused, type Refusal, type Result } from '#libs/kernel';
import type { Factor, PasswordKind, StartedMeans } from './credential.js';

/** The parameters that a confirmation rests on; all of them approved values, none with a default (INT-12). */
export const CONFIRMATION_PARAMETERS = [
  smParameters.factorsMatrix.id,
  smParameters.mailPasswordOperations.id,
  smParameters.lockThreshold.id,
  smParameters.otpAttempts.id,
  smParameters.otpWindow.id,
] as const;

interface Readable<V> {
  readonly id: string;
  readonly constraint: { read(value: unknown): V | undefined };
}

/** The approved value, typed; one that breaks its constraint is a bug, since nobody could have approved it. */
function valueOf<V>(parameter: Readable<V>, value: unknown): V {
  const read = parameter.constraint.read(value);
  assert(read !== undefined, `The stored value of ${parameter.id} breaks its constraint.`);
  return read;
}

const KINDS = { login: 'login_password', confirmation: 'confirmation_password' } as const;

/** P.sm.lock.threshold of one kind of registered credential (SM-9.2, INT-25). */
export const lockThreshold = (value: unknown, kind: PasswordKind): number =>
  valueOf(smParameters.lockThreshold, value)[KINDS[kind]];

/** What a confirmation needs to know, from the institution's approved values. */
export interface ConfirmationRules {
  readonly factors: FactorParameters;
  readonly threshold: number;
  readonly otpAttempts: number;
  readonly otpWindow: number;
}

export function confirmationRules(values: ReadonlyMap<string, unknown>): ConfirmationRules {
  const read = <V>(parameter: Readable<V>): V => valueOf(parameter, values.get(parameter.id));
  return {
    factors: {
      matrix: read(smParameters.factorsMatrix),
      mailOperations: read(smParameters.mailPasswordOperations),
    },
    threshold: read(smParameters.lockThreshold).confirmation_password,
    otpAttempts: read(smParameters.otpAttempts),
    otpWindow: read(smParameters.otpWindow),
  };
}

/**
 * Which factors a transfer through an intermediary needs: the matrix, 確認用パスワード and a second means
 * (INT-30). Refuses with `factors_not_available` where that means was never started.
 */
export function factorsFor(
  { factors }: ConfirmationRules,
  { otp, mailPassword }: StartedMeans,
): Result<FactorsRequired, Refusal<'factors_not_available'>> {
  const required = whichFactors(
    {
      terminalClass: 'intermediary',
      operation: 'transfer',
      meansStarted: { oneTimePassword: otp, mailPassword },
    },
    factors,
  );
  if (required.ok) return accepted(required.value);
  return refused('factors_not_available', { clause: required.refusal.clause ?? 'SM-R2.7' });
}

/** Everything that the page has to offer a field for. */
export const allOf = ({ all, oneOf }: FactorsRequired): readonly Factor[] => [...all, ...oneOf];

export const isComplete = (required: FactorsRequired, matched: readonly Factor[]): boolean =>
  lackingFactors(required, matched).length === 0;
