import type { Instant } from './civil-date.js';

/** The nouns that have ids. An id is `prefix_` and 26 characters that sort by the time of their making. */
export type IdPrefix =
  | 'acc'
  | 'app'
  | 'agr'
  | 'apr'
  | 'bat'
  | 'case'
  | 'chg'
  | 'cmt'
  | 'cns'
  | 'cp'
  | 'dec'
  | 'dem'
  | 'dlv'
  | 'doc'
  | 'epsp'
  | 'evd'
  | 'evt'
  | 'gdn'
  | 'fnd'
  | 'grp'
  | 'hld'
  | 'hold'
  | 'inc'
  | 'mea'
  | 'msg'
  | 'ntc'
  | 'out'
  | 'prp'
  | 'prs'
  | 'rec'
  | 'req'
  | 'rpt'
  | 'ses'
  | 'stm'
  | 'sub'
  | 'svc'
  | 'trf';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten characters of milliseconds, sixteen random ones, in Crockford's base 32: ids sort by time. */
export function newId<P extends IdPrefix>(prefix: P, now: Instant): `${P}_${string}` {
  let time = now;
  let head = '';
  for (let i = 0; i < 10; i += 1) {
    head = ALPHABET[time % 32] + head;
    time = Math.floor(time / 32);
  }
  const random = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const tail = Array.from(random, (byte) => ALPHABET[byte % 32]).join('');
  return `${prefix}_${head}${tail}`;
}

/** True for a well-formed id of that prefix; says nothing about whether the thing exists. */
export const isId = (prefix: IdPrefix, text: string): boolean =>
  new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`).test(text);
