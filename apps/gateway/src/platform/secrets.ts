import { hkdfSync, type JsonWebKey } from 'node:crypto';
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
  /**
   * Sign the cookie that brings a browser back and seal where it landed. The first signs and seals, all verify and
   * open: a holder who was handed over by one process returns to another that is a step further (docs/keys.md).
   */
  readonly interactionKeys: readonly [Buffer, ...Buffer[]];
  /**
   * Wrap the keys that sign webhooks: the database alone opens none of them (T-22). The first seals, all open, so
   * that what was sealed before a change can still be read after it (docs/keys.md).
   */
  readonly webhookWrapKeys: readonly [Buffer, ...Buffer[]];
  /** The first signs, all verify, so that keys can be changed under way. */
  readonly cookieKeys: readonly string[];
  /**
   * Private signing keys of the issuer, each with its own `kid`. The first of each algorithm signs, all are
   * published: the next one before it signs, the last one until nothing it signed is alive (docs/keys.md).
   */
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
}

const derived = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `renkei gateway ${purpose}`, 32));

const wrong = new SettingError(
  'GATEWAY_SECRETS_FILE must hold cookieKeys, dpopNonceSecret and cursorKey (64 hex digits each, ' +
    'cursorKey one or a list of different ones) and jwks with at least one private key.',
);

/** Reads the secrets of this installation. Ends the start with a sentence when one is missing. */
export function readSecrets(text: string): GatewaySecrets {
  const content = parse(text);
  const { cookieKeys, jwks } = content;
  if (!Array.isArray(cookieKeys) || cookieKeys.length === 0) throw wrong;
  if (!Array.isArray(jwks?.keys) || !areSigningKeys(jwks.keys)) throw wrongKeys;
  const nonceKey = keyOf(content.dpopNonceSecret);
  const [cursorKey, ...otherKeys] = keysOf(content.cursorKey);
  const allFor = (purpose: string): readonly [Buffer, ...Buffer[]] => [
    derived(cursorKey, purpose),
    ...otherKeys.map((key) => derived(key, purpose)),
  ];
  return {
    dpopNonceKey: nonceKey,
    resourceNonceKey: derived(nonceKey, 'nonce of the resource server'),
    cursorKey,
    interactionKeys: allFor('interaction'),
    webhookWrapKeys: allFor('wrapping of webhook keys'),
    cookieKeys: cookieKeys.map((key) => keyOf(key).toString('hex')),
    jwks: { keys: jwks.keys as JsonWebKey[] },
  };
}

const wrongKeys = new SettingError(
  'GATEWAY_SECRETS_FILE must hold in jwks private keys with kid and alg, ES256 and PS256 at least once each.',
);

/** Both algorithms are announced, so both must have a key that signs; a kid names one key. */
function areSigningKeys(keys: readonly unknown[]): boolean {
  const read = keys.map((key) => (key ?? {}) as Partial<Record<'kid' | 'alg' | 'd', unknown>>);
  const isWhole = read.every(
    ({ kid, alg, d }) =>
      typeof kid === 'string' && typeof d === 'string' && (alg === 'ES256' || alg === 'PS256'),
  );
  const isEach = ['ES256', 'PS256'].every((alg) => read.some((key) => key.alg === alg));
  return isWhole && isEach && new Set(read.map(({ kid }) => kid)).size === read.length;
}

interface SecretsFile {
  readonly cookieKeys?: unknown;
  readonly dpopNonceSecret?: unknown;
  readonly cursorKey?: unknown;
  readonly jwks?: { readonly keys?: unknown };
}

function parse(text: string): SecretsFile {
  try {
    return JSON.parse(text) as SecretsFile;
  } catch {
    throw wrong;
  }
}

function keyOf(hex: unknown): Buffer {
  if (typeof hex !== 'string' || !/^[0-9a-f]{64}$/.test(hex)) throw wrong;
  return Buffer.from(hex, 'hex');
}

/** One key, or a list of which the first is in use and the others only open what they once sealed. */
function keysOf(value: unknown): [Buffer, ...Buffer[]] {
  const [first, ...others] = Array.isArray(value) ? (value as unknown[]) : [value];
  if (new Set([first, ...others]).size !== others.length + 1) throw wrong;
  return [keyOf(first), ...others.map(keyOf)];
}
