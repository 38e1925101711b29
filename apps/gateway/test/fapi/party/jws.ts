import { constants, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export type Members = Readonly<Record<string, unknown>>;
export type Alg = 'ES256' | 'PS256' | 'RS256';

export interface SigningKey {
  readonly alg: 'ES256' | 'PS256';
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const makePair = promisify(generateKeyPair);

export async function makeKey(alg: 'ES256' | 'PS256', kid: string): Promise<SigningKey> {
  const pair =
    alg === 'ES256'
      ? await makePair('ec', { namedCurve: 'P-256' })
      : await makePair('rsa', { modulusLength: 2048 });
  return { alg, kid, ...pair };
}

/** The public key as it is registered (RFC 7517). */
export const publicJwk = ({ publicKey, kid, alg }: SigningKey) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  alg,
  use: 'sig',
});

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What is set to undefined is left out: that is how a fault says "without". */
export const present = (members: Members): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/**
 * A compact JWS, signed by hand: a library would refuse half of what the modules have to send. `alg`
 * says how it is really signed, whatever the header claims; `none` leaves the signature empty.
 */
export function jws(
  header: Members,
  claims: Members,
  key: KeyObject,
  alg: Alg | 'none' = header['alg'] as Alg,
): string {
  const signed = `${encode(present(header))}.${encode(present(claims))}`;
  return `${signed}.${alg === 'none' ? '' : signatureOf(signed, key, alg)}`;
}

function signatureOf(text: string, key: KeyObject, alg: Alg): string {
  const data = Buffer.from(text);
  if (alg === 'ES256')
    return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const padding =
    alg === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : { padding: constants.RSA_PKCS1_PADDING };
  return sign('sha256', data, { key, ...padding }).toString('base64url');
}

/** The same token with one bit of its signature turned. */
export function withBrokenSignature(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[9] = (bytes[9] ?? 0) ^ 0x5a;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}
