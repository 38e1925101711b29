import { CivilDate, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { PasswordKind } from '../domain/credential.js';

export interface CountedPassword {
  readonly hash: string;
  readonly attempt: number;
  /** The day on which it was mailed, while it is a temporary one (SM-13.4). */
  readonly temporaryMailedOn: CivilDate | undefined;
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
  const [row] = await tx.query<{
    hash: string;
    consecutive_failures: number;
    temporary_mailed_on: string | null;
  }>(
    `update credential_password set consecutive_failures = consecutive_failures + 1
     where institution_id = $1 and holder_id = $2 and kind = $3
     returning hash, consecutive_failures, temporary_mailed_on`,
    [institutionId, holderId, kind],
  );
  if (!row) return undefined;
  const { hash, consecutive_failures: attempt, temporary_mailed_on: mailed } = row;
  const temporaryMailedOn = mailed === null ? undefined : CivilDate.from(mailed);
  return { hash, attempt, temporaryMailedOn };
}

/** Puts a login password in place of whatever was there; `mailedOn` makes it a temporary one (SM-13.4). */
export async function replaceLoginPassword(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  password: {
    readonly hash: string;
    readonly mailedOn: CivilDate | undefined;
    readonly at: Instant;
    /** Only over exactly this hash: of two first uses one stands. */
    readonly over?: string | undefined;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into credential_password (institution_id, holder_id, kind, hash, changed_at, temporary_mailed_on)
     values ($1, $2, 'login', $3, to_timestamp($4::float8 / 1000), $5)
     on conflict (institution_id, holder_id, kind) do update
       set hash = excluded.hash, changed_at = excluded.changed_at, consecutive_failures = 0,
           temporary_mailed_on = excluded.temporary_mailed_on
       where $6::text is null or credential_password.hash = $6
     returning 1 as done`,
    [
      institutionId,
      holderId,
      password.hash,
      password.at,
      password.mailedOn?.toString() ?? null,
      password.over ?? null,
    ],
  );
  return rows.length === 1;
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
