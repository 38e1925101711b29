import type { Transaction } from '#libs/platform';
import type { PasswordKind } from '../domain/credential.js';

export interface CountedPassword {
  readonly hash: string;
  readonly attempt: number;
}

export interface OtpRow {
  readonly wrappedSeed: Buffer;
  readonly stepSeconds: number;
  readonly digits: number;
  readonly attempt: number;
}

/** Counts an entry before anybody looks at it and says how many there now are in a row; nothing for nobody. */
export async function countPasswordAttempt(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  kind: PasswordKind,
): Promise<CountedPassword | undefined> {
  const [row] = await tx.query<{ hash: string; consecutive_failures: number }>(
    `update credential_password set consecutive_failures = consecutive_failures + 1
     where institution_id = $1 and holder_id = $2 and kind = $3
     returning hash, consecutive_failures`,
    [institutionId, holderId, kind],
  );
  return row && { hash: row.hash, attempt: row.consecutive_failures };
}

/** Takes one count back, of an entry that nobody compared: the server was too busy to hash it (T-31). */
export async function uncountPasswordAttempt(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  kind: PasswordKind,
): Promise<void> {
  await tx.query(
    `update credential_password set consecutive_failures = greatest(consecutive_failures - 1, 0)
     where institution_id = $1 and holder_id = $2 and kind = $3`,
    [institutionId, holderId, kind],
  );
}

export async function forgetPasswordFailures(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  kind: PasswordKind,
): Promise<void> {
  await tx.query(
    `update credential_password set consecutive_failures = 0
     where institution_id = $1 and holder_id = $2 and kind = $3`,
    [institutionId, holderId, kind],
  );
}

export async function hasLiveOtp(
  tx: Transaction,
  institutionId: number,
  holderId: string,
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from credential_otp where institution_id = $1 and holder_id = $2
       and state = 'active' and renkei_now() < expires_at`,
    [institutionId, holderId],
  );
  return rows.length > 0;
}

/** As for passwords, on the token's own counter (SM-7.1, SM-9.2). An expired token is none (SM-7.5). */
export async function countOtpAttempt(
  tx: Transaction,
  institutionId: number,
  holderId: string,
): Promise<OtpRow | undefined> {
  const [row] = await tx.query<{
    wrapped_seed: Buffer;
    step_seconds: number;
    digits: number;
    consecutive_failures: number;
  }>(
    `update credential_otp set consecutive_failures = consecutive_failures + 1
     where institution_id = $1 and holder_id = $2 and state = 'active'
       and renkei_now() < expires_at
     returning wrapped_seed, step_seconds, digits, consecutive_failures`,
    [institutionId, holderId],
  );
  return (
    row && {
      wrappedSeed: row.wrapped_seed,
      stepSeconds: row.step_seconds,
      digits: row.digits,
      attempt: row.consecutive_failures,
    }
  );
}

/** Uses a step up: true once, false for that step and every earlier one from then on (SM-7.2/c). */
export async function useOtpStep(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  step: number,
): Promise<boolean> {
  const rows = await tx.query(
    `update credential_otp set last_used_step = $3, consecutive_failures = 0
     where institution_id = $1 and holder_id = $2 and last_used_step < $3 returning 1 as used`,
    [institutionId, holderId, step],
  );
  return rows.length > 0;
}
