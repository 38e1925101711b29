import { generateKeyPairSync, hkdfSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { SettingError } from '#libs/platform';

/**
 * What every process of one gateway shares and nobody else knows. Nonces and cursors of one process must
 * be good at the next one, so the keys come from a file and are never drawn per process (oauth.md 7).
 */
export interface GatewaySecrets {
  /** 32 bytes: nonces of the authorization server (RFC 9449 section 8). */
  readonly dpopNonceKey: Buffer;
  /** 32 bytes: nonces of the resource server, apart from the other so that neither serves both. */
  readonly resourceNonceKey: Buffer;
  readonly cursorKey: Buffer;
  readonly interactionKey: Buffer;
  readonly cookieKey: string;
  /** Private signing keys of the issuer, each with its own `kid`. */
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
}

const derived = (master: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `renkei gateway ${purpose}`, 32));

/** Reads the file that `newGatewaySecrets` wrote. Ends the start with a sentence when it is another. */
export function readSecrets(text: string): GatewaySecrets {
  const wrong = new SettingError(
    'GATEWAY_SECRETS_FILE must hold {"master": 64 hex digits, "jwks": {"keys": [...]}}.',
  );
  let content: { master?: unknown; jwks?: { keys?: unknown } };
  try {
    content = JSON.parse(text) as typeof content;
  } catch {
    throw wrong;
  }
  const { master, jwks } = content;
  if (typeof master !== 'string' || !/^[0-9a-f]{64}$/.test(master)) throw wrong;
  if (!Array.isArray(jwks?.keys) || jwks.keys.length === 0) throw wrong;
  const key = Buffer.from(master, 'hex');
  return {
    dpopNonceKey: derived(key, 'dpop nonce of the authorization server'),
    resourceNonceKey: derived(key, 'dpop nonce of the resource server'),
    cursorKey: derived(key, 'page cursor'),
    interactionKey: derived(key, 'interaction'),
    cookieKey: derived(key, 'cookie').toString('base64url'),
    jwks: { keys: jwks.keys as JsonWebKey[] },
  };
}

/** A fresh secrets file for one installation: a master key and one ES256 signing key. */
export function newGatewaySecrets(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomBytes(8).toString('hex');
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
  const master = randomBytes(32).toString('hex');
  return `${JSON.stringify({ master, jwks: { keys: [jwk] } }, null, 2)}\n`;
}
