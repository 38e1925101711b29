import type { Instant } from '#libs/kernel';

/** House rules: a session ends when nobody uses it, and at the latest after a working day. */
export const SESSION_IDLE_MS = 30 * 60 * 1000;
export const SESSION_WHOLE_MS = 10 * 60 * 60 * 1000;

export interface StaffSession {
  readonly openedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly closedAt: Instant | undefined;
}

export function isSessionOpen({ openedAt, lastSeenAt, closedAt }: StaffSession, now: Instant) {
  if (closedAt !== undefined) return false;
  return now - lastSeenAt < SESSION_IDLE_MS && now - openedAt < SESSION_WHOLE_MS;
}
