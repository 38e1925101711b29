import { createPublicKey, hash, constants, verify, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isBoundedJson } from '#libs/platform';

/** What a proof has to match at this call. */
export interface ProofExpectation {
  readonly method: string;
  /** Scheme, host and path of the request as this server knows itself; no proxy header has a say (T-11). */
  readonly url: string;
  /** SHA-256 of the token in base64url, which the proof carries as `ath`. */
  readonly tokenHash: string;
}

export interface Proof {
  readonly keyThumbprint: string;
  readonly jti: string;
  readonly nonce: string | undefined;
}

interface ProofKey {
  readonly alg: 'ES256' | 'PS256';
  readonly key: KeyObject;
  readonly thumbprint: string;
}

const KEYS_MAX = 5_000;
const JTI_CHARS_MAX = 256;
const RSA_BITS_MIN = 2_048;
/** By the encoded header: a client sends the same one with every proof, and parsing keys is dear. */
const keys = new LRUCache<string, ProofKey>({ max: KEYS_MAX });

const sha256 = (text: string): string => hash('sha256', text, 'base64url');

/**
 * Verifies a DPoP proof (RFC 9449 section 4.3) with synchronous node:crypto: it is the call's own work,
 * and moving it to another thread costs more than it. Whether the nonce is good and the proof new is for
 * the caller. Answers nothing where any of the points fails.
 */
export function verifyProof(proof: string, expected: ProofExpectation): Proof | undefined {
  const [header = '', payload = '', signature = '', more] = proof.split('.');
  if (more !== undefined || !signature) return undefined;
  const key = keys.get(header) ?? readKey(header);
  if (!key) return undefined;
  const claims = decode(payload);
  const found = claims && readClaims(claims, expected);
  if (!found || !isSigned(key, `${header}.${payload}`, signature)) return undefined;
  keys.set(header, key);
  return { keyThumbprint: key.thumbprint, ...found };
}

function readClaims(claims: Record<string, unknown>, { method, url, tokenHash }: ProofExpectation) {
  const { jti, htm, htu, iat, ath, nonce } = claims;
  if (typeof jti !== 'string' || jti === '' || jti.length > JTI_CHARS_MAX) return undefined;
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return undefined;
  if (htm !== method || !isSameUrl(htu, url) || ath !== tokenHash) return undefined;
  if (nonce !== undefined && typeof nonce !== 'string') return undefined;
  return { jti, nonce };
}

/** RFC 9449 section 4.3: compared without query and fragment, after normalisation by URL syntax. */
function isSameUrl(htu: unknown, expected: string): boolean {
  if (typeof htu !== 'string') return false;
  if (htu === expected) return true;
  const actual = URL.parse(htu);
  if (!actual) return false;
  actual.search = '';
  actual.hash = '';
  return actual.href === new URL(expected).href;
}

function readKey(encodedHeader: string): ProofKey | undefined {
  const header = decode(encodedHeader);
  if (header?.['typ'] !== 'dpop+jwt' || 'crit' in header) return undefined;
  const { alg, jwk } = header;
  if (alg !== 'ES256' && alg !== 'PS256') return undefined;
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  const { kty, crv, x, y, n, e, ...rest } = jwk as Record<string, unknown>;
  // A private or symmetric member in the header is a leaked key; such a proof proves nothing.
  if (['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].some((member) => member in rest))
    return undefined;
  const isCurve = alg === 'ES256' && kty === 'EC' && crv === 'P-256';
  const isRsa = alg === 'PS256' && kty === 'RSA';
  if (!isCurve && !isRsa) return undefined;
  // RFC 7638: the required members only, in this order.
  const thumbprint = sha256(JSON.stringify(isCurve ? { crv, kty, x, y } : { e, kty, n }));
  try {
    const members = (isCurve ? { kty, crv, x, y } : { kty, n, e }) as Record<string, string>;
    const key = createPublicKey({ key: members, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? RSA_BITS_MIN;
    return bits >= RSA_BITS_MIN ? { alg, key, thumbprint } : undefined;
  } catch {
    return undefined;
  }
}

function isSigned({ alg, key }: ProofKey, signed: string, signature: string): boolean {
  const options =
    alg === 'ES256'
      ? ({ key, dsaEncoding: 'ieee-p1363' } as const)
      : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return verify('sha256', Buffer.from(signed), options, Buffer.from(signature, 'base64url'));
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && isBoundedJson(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
