import type { JWK } from 'jose';
import { Failure } from '../failure.js';

/** Private signing keys in the gateway's order: the first of each algorithm signs, all are published. */
export type SigningKeys = readonly JWK[];

export type KeyState = 'signs' | 'published';

/** What each key is for, by its place. */
export const stateOf = (keys: SigningKeys, key: JWK): KeyState =>
  keys.find(({ alg }) => alg === key.alg) === key ? 'signs' : 'published';

/** Publishes a new key behind the others, so that verifiers know it before anything is signed with it. */
export const withNext = (keys: SigningKeys, key: JWK): SigningKeys => [...keys, key];

/** Signs with `kid` from now on; the key before it stays published. */
export function withSigner(keys: SigningKeys, kid: string): SigningKeys {
  const key = keyOf(keys, kid);
  return [key, ...keys.filter((other) => other !== key)];
}

/** Takes a key out. Refuses the one that signs: what it signed a moment ago is still to be verified. */
export function without(keys: SigningKeys, kid: string): SigningKeys {
  const key = keyOf(keys, kid);
  if (stateOf(keys, key) === 'signs') {
    throw new Failure({
      ja: `${kid} は署名に使用中です。先に別の鍵を promote してください。`,
      en: `${kid} is the key that signs; promote another one first.`,
    });
  }
  return keys.filter((other) => other !== key);
}

function keyOf(keys: SigningKeys, kid: string): JWK {
  const found = keys.find((key) => key.kid === kid);
  if (found) return found;
  const known = keys.map((key) => key.kid).join(' ');
  throw new Failure({
    ja: `${kid} という鍵はありません。あるのは ${known} です。`,
    en: `There is no key ${kid}; there are ${known}.`,
  });
}
