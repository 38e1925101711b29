import { assert } from '#libs/kernel';
import type { Factor, PasswordKind, StartedMeans } from './credential.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1;

/** P.sm.lock.threshold: one number for every kind, or one per kind. A stored value of another form is a bug. */
export function lockThreshold(value: unknown, kind: PasswordKind): number {
  const own = isObject(value) ? (value[kind] ?? value['default']) : value;
  assert(isCount(own), 'P.sm.lock.threshold holds no number for this kind.');
  return own;
}

/** P.sm.otp.window or .attempts: a whole number that is not negative. */
export function wholeNumber(value: unknown, id: string): number {
  assert(typeof value === 'number' && Number.isInteger(value) && value >= 0, `${id} is no number.`);
  return value;
}

/**
 * Which factors a transfer through an intermediary needs from this holder. The matrix may ask for more
 * than the house minimum, never for less: 確認用パスワード and at least one of OTP and mail password.
 * `undefined` when nothing that the holder has started meets it. Source: P.sm.factors.matrix, INT-30.
 */
export function factorsForIntermediaryTransfer(
  matrix: unknown,
  started: StartedMeans,
): readonly Factor[] | undefined {
  const wantsBoth = asksForBoth(matrix);
  const second: Factor[] = [];
  if (started.otp) second.push('otp');
  if (started.mailPassword && (wantsBoth || !started.otp)) second.push('mail_password');
  if (second.length < (wantsBoth ? 2 : 1)) return undefined;
  return ['confirmation_password', ...second];
}

/** True where the row of an intermediary's transfer demands all second factors and not one of them. */
function asksForBoth(matrix: unknown): boolean {
  const text = JSON.stringify(matrix) ?? '';
  assert(
    text.includes('confirmation_password') || text.includes('confirmation'),
    'INT-30 needs 確認用.',
  );
  if (!isObject(matrix)) return false;
  const row = matrix['intermediary'] ?? matrix['intermediary_transfer'];
  const all = isObject(row) ? row['all'] : undefined;
  return Array.isArray(all) && all.includes('otp') && all.includes('mail_password');
}
