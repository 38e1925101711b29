import { canonicalJson, sha256Hex } from '#libs/kernel';
import type { LedgerOrder } from './ledger-order.js';

const OURS = /^[a-z]+_([0-7][0-9a-hjkmnp-tv-z]{25})$/;
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * The key of a posting row. An id of ours is 128 bits that sort by time, which keeps the key's index small; any
 * other name becomes the first half of its SHA-256. The SQL function `ledger_key` gives the same.
 */
export function ledgerKey(name: string): string {
  const digits = OURS.exec(name)?.[1];
  if (!digits) return asUuid(sha256Hex(name).slice(0, 32));
  let bits = 0n;
  for (const digit of digits) bits = (bits << 5n) | BigInt(DIGITS.indexOf(digit));
  return asUuid(bits.toString(16).padStart(32, '0'));
}

/**
 * The first half of the SHA-256 of what the order asks for. How it was judged (party, limit, overdraft, day) is not
 * part of it: a holder's limit may be another when the same order comes again.
 */
export function orderHash(order: LedgerOrder): string {
  const {
    key: _key,
    bookedOn: _bookedOn,
    party: _party,
    limit: _limit,
    mayUseOverdraft: _mayUseOverdraft,
    ...content
  } = order;
  return asUuid(sha256Hex(canonicalJson(content)).slice(0, 32));
}

const asUuid = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
