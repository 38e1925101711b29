/**
 * What an attempt does to the service. `attempt` is its number in the row of consecutive entries of this
 * kind, counted before the password was looked at; `threshold` is P.sm.lock.threshold.
 * Source: SM-9.2 (at or above the set number, consecutive), INT-25 (a counter per kind).
 */
export function judgeAttempt(
  attempt: number,
  threshold: number,
  isRight: boolean,
): 'accept' | 'refuse' | 'lock' {
  if (isRight && attempt <= threshold) return 'accept';
  return attempt >= threshold ? 'lock' : 'refuse';
}
