import { createHash, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';

export interface ProofOver {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
}

/** A key that proves possession (RFC 9449), with every part of a proof open to be spoilt. */
export class DpopKey {
  private constructor(
    readonly privateKey: CryptoKey,
    readonly jwk: JWK,
    readonly thumbprint: string,
    private readonly alg: string,
  ) {}

  static async make(alg: 'ES256' | 'PS256' | 'RS256' = 'ES256'): Promise<DpopKey> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = await exportJWK(publicKey);
    return new DpopKey(privateKey, jwk, await calculateJwkThumbprint(jwk), alg);
  }

  /** A proof for one request. A claim or header that is set to undefined is left out. */
  async proof(
    method: string,
    url: string,
    bound: { nonce?: string | undefined; token?: string | undefined } = {},
    over: ProofOver = {},
  ): Promise<string> {
    const htu = new URL(url);
    htu.search = '';
    const claims = present({
      jti: randomBytes(15).toString('base64url'),
      htm: method,
      htu: htu.href,
      iat: Math.floor(Date.now() / 1000),
      ...(bound.nonce ? { nonce: bound.nonce } : {}),
      ...(bound.token ? { ath: createHash('sha256').update(bound.token).digest('base64url') } : {}),
      ...over.claims,
    });
    const header = present({ typ: 'dpop+jwt', alg: this.alg, jwk: this.jwk, ...over.header });
    if (header['alg'] === 'none') return new UnsecuredJWT(claims).encode();
    if (!header['alg']) return withoutAlgorithm(header, claims);
    return new SignJWT(claims).setProtectedHeader(header as { alg: string }).sign(this.privateKey);
  }

  async privateJwk(): Promise<JWK> {
    return exportJWK(this.privateKey);
  }
}

const present = (members: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const withoutAlgorithm = (header: object, claims: object): string =>
  [header, claims, 'signature']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
