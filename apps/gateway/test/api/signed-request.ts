import { randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import type { Software } from './software.js';

interface Over {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly key?: CryptoKey;
}

/** A request object (RFC 9101) as the conformance suite sends it; a claim set to undefined is left out. */
export async function requestObject(
  software: Software,
  issuer: string,
  params: Record<string, string | undefined>,
  { claims = {}, header = {}, key = software.key }: Over = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    ...params,
    ...(params['authorization_details']
      ? { authorization_details: JSON.parse(params['authorization_details']) as unknown }
      : {}),
    client_id: software.clientId,
    iss: software.clientId,
    aud: issuer,
    iat: now,
    nbf: now,
    exp: now + 300,
    jti: randomBytes(12).toString('base64url'),
    ...claims,
  };
  const present = Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  );
  if (header['alg'] === 'none') return new UnsecuredJWT(present).encode();
  return new SignJWT(present)
    .setProtectedHeader({ alg: software.alg, kid: software.kid, ...header })
    .sign(key);
}
