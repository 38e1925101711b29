import type { Instant } from '#libs/kernel';
import type { Transfer } from './transfer.js';

/**
 * A draft whose time has passed is expired from that instant on, whether or not the sweeper has been there:
 * a status must never promise what a confirmation would refuse (SM-R3.2). The instant itself is too late.
 */
export function asOfNow<T extends Pick<Transfer, 'status' | 'statusReason' | 'expiresAt'>>(
  transfer: T,
  now: Instant,
): T {
  const isDraft = transfer.status === 'RCVD' || transfer.status === 'ACTC';
  return isDraft && now >= transfer.expiresAt
    ? { ...transfer, status: 'EXPD', statusReason: 'not_confirmed_in_time' }
    : transfer;
}
