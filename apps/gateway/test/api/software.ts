import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { SeedClient } from '../../seeds/index.js';

/** An intermediary's software as its developer holds it: id, signing key, where it returns. */
export interface Software {
  readonly clientId: string;
  readonly redirectUri: string;
  /** As module 2 of oauth.md has it: the query is part of what is registered. */
  readonly redirectUriWithQuery: string;
  readonly key: CryptoKey;
  readonly kid: string;
  readonly alg: 'ES256' | 'PS256';
  readonly seed: SeedClient;
}

export async function newSoftware(
  clientId: string,
  epspId: string,
  alg: 'ES256' | 'PS256' = 'ES256',
  metadata: Readonly<Record<string, unknown>> = {},
  /** DER in base64 of a self-signed certificate, for `self_signed_tls_client_auth`. */
  x5c?: string,
): Promise<Software> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const kid = `${clientId}-1`;
  const redirectUri = `https://app.localhost:9443/callback/${clientId}`;
  const redirectUriWithQuery = `${redirectUri}?dummy1=lorem&dummy2=ipsum`;
  const jwk = {
    ...(await exportJWK(publicKey)),
    kid,
    alg,
    use: 'sig',
    ...(x5c ? { x5c: [x5c] } : {}),
  };
  const redirectUris = [redirectUri, redirectUriWithQuery];
  const seed = { clientId, epspId, redirectUris, jwks: { keys: [jwk] }, metadata };
  return { clientId, redirectUri, redirectUriWithQuery, key: privateKey, kid, alg, seed };
}

/** A client assertion (RFC 7523) as the conformance suite sends it; `over` spoils a claim. */
export async function assertionOf(
  software: Software,
  issuer: string,
  over: Record<string, unknown> = {},
  key: CryptoKey = software.key,
  alg: string = software.alg,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: software.clientId,
    sub: software.clientId,
    aud: issuer,
    iat: now,
    nbf: now,
    exp: now + 60,
    jti: randomBytes(15).toString('base64url'),
    ...over,
  };
  const present = Object.entries(claims).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(present))
    .setProtectedHeader({ alg, kid: software.kid })
    .sign(key);
}
