import { canonicalJson, sha256Hex } from '#libs/kernel';
import type { LedgerOrder } from './ledger-order.js';

const OURS = /^[a-z]+_([0-7][0-9a-hjkmnp-tv-z]{25})$/;
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** SHA-256 of a text, in hexadecimal digits. The storage hands in the platform's, which is faster than our own. */
export type Digest = (text: string) => string;

/**
 * The key of a posting row. An id of ours is 128 bits that sort by time, which keeps the key's index small; any
 * other name becomes the first half of its SHA-256. The SQL function `ledger_key` gives the same.
 */
export function ledgerKey(name: string, digest: Digest = sha256Hex): string {
  const digits = OURS.exec(name)?.[1];
  if (!digits) return asUuid(digest(name));
  // 26 digits of five bits are 130, of which the first two are zero: 32 digits of four.
  let hex = '';
  let rest = 0;
  let bits = -2;
  for (const digit of digits) {
    rest = (rest << 5) | DIGITS.indexOf(digit);
    bits += 5;
    while (bits >= 4) {
      bits -= 4;
      hex += (rest >> bits).toString(16);
      rest &= (1 << bits) - 1;
    }
  }
  return asUuid(hex);
}

/**
 * The first half of the SHA-256 of what the order asks for. How it was judged (party, limit, overdraft, day) is not
 * part of it: a holder's limit may be another when the same order comes again.
 */
export function orderHash(order: LedgerOrder, digest: Digest = sha256Hex): string {
  const {
    key: _key,
    bookedOn: _bookedOn,
    party: _party,
    limit: _limit,
    mayUseOverdraft: _mayUseOverdraft,
    ...content
  } = order;
  return asUuid(digest(canonicalJson(content)));
}

/** A name that `ledgerKey` turns into this key: for what is known by its row alone. */
export function nameOfKey(key: string): string {
  let bits = BigInt(`0x${key.replaceAll('-', '')}`);
  let digits = '';
  for (let place = 0; place < 26; place += 1) {
    digits = `${DIGITS[Number(bits & 31n)]}${digits}`;
    bits >>= 5n;
  }
  return `key_${digits}`;
}

/** The first 32 hexadecimal digits, as PostgreSQL reads a uuid. */
const asUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
