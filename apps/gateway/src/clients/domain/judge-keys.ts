import { finding, type Finding } from './finding.js';

/** A public key as it was sent, its members not yet judged. */
export type SentKey = Readonly<Record<string, unknown>>;

const KEYS_MAX = 10;
const RSA_BITS_MIN = 2048;
const RSA_BITS_MAX = 8192;
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
const KID = /^[A-Za-z0-9._:-]{1,80}$/;
/** 32 bytes in base64url. */
const COORDINATE = /^[A-Za-z0-9_-]{43}$/;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** Checks the form of every key: kind, length, use, and that nothing private came along (RFC 7517). */
export function judgeKeys(value: unknown): Finding[] {
  const keys = keysIn(value);
  if (!keys) return [finding('jwks', 'form_wrong', undefined, `{"keys": [1 to ${KEYS_MAX} keys]}`)];
  const seen = new Set<unknown>();
  return keys.flatMap((key, at) => {
    const field = `jwks.keys[${at}]`;
    const found = judgeKey(key, field);
    if (seen.has(key['kid'])) {
      found.push(finding(`${field}.kid`, 'key_id_wrong', key['kid'], 'a kid of its own'));
    }
    seen.add(key['kid']);
    return found;
  });
}

/** The keys of a JWK set where it has the form of one. */
export function keysIn(value: unknown): SentKey[] | undefined {
  const { keys } = (typeof value === 'object' && value !== null ? value : {}) as { keys?: unknown };
  const isList =
    Array.isArray(keys) &&
    keys.length >= 1 &&
    keys.length <= KEYS_MAX &&
    keys.every((key) => typeof key === 'object' && key !== null && !Array.isArray(key));
  return isList ? (keys as SentKey[]) : undefined;
}

/** One key by itself, wherever it was sent. */
export function judgeKey(key: SentKey, field: string): Finding[] {
  const found: Finding[] = [];
  const { kid, use, alg } = key;
  if (typeof kid !== 'string' || !KID.test(kid)) {
    found.push(finding(`${field}.kid`, 'key_id_wrong', kid, KID.source));
  }
  for (const member of PRIVATE.filter((name) => Object.hasOwn(key, name))) {
    found.push(finding(`${field}.${member}`, 'key_private', 'present', 'public members only'));
  }
  if (use !== undefined && use !== 'sig') {
    found.push(finding(`${field}.use`, 'key_not_allowed', use, 'sig'));
  }
  const wanted = algorithmOf(key);
  if (!wanted) {
    const words = `EC P-256, or RSA of ${RSA_BITS_MIN} to ${RSA_BITS_MAX} bits`;
    found.push(finding(`${field}.kty`, 'key_not_allowed', describe(key), words));
  } else if (alg !== undefined && alg !== wanted) {
    found.push(finding(`${field}.alg`, 'key_not_allowed', alg, wanted));
  }
  return found;
}

/** The only algorithm that a key of this kind may be used with; undefined where it is not admitted. */
export function algorithmOf({ kty, crv, x, y, n, e }: SentKey): 'ES256' | 'PS256' | undefined {
  const isCoordinate = (value: unknown) => typeof value === 'string' && COORDINATE.test(value);
  if (kty === 'EC')
    return crv === 'P-256' && isCoordinate(x) && isCoordinate(y) ? 'ES256' : undefined;
  if (kty !== 'RSA' || typeof n !== 'string' || typeof e !== 'string') return undefined;
  const bits = BASE64URL.test(n) ? Math.floor((n.length * 6) / 8) * 8 : 0;
  return e === 'AQAB' && bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX ? 'PS256' : undefined;
}

const describe = ({ kty, crv, n }: SentKey): string =>
  `${String(kty)}${crv === undefined ? '' : ` ${String(crv)}`}${
    typeof n === 'string' ? ` of ${Math.floor((n.length * 6) / 8) * 8} bits` : ''
  }`;
