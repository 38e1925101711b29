import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { MINATO } from './fixtures.js';

export type Claims = Record<string, unknown>;

/** A directory that vouches for software; `over` spoils a claim or, with undefined, leaves it out. */
export class StatementIssuer {
  private constructor(
    readonly issuer: string,
    private readonly key: CryptoKey,
    private readonly publicKey: JWK,
  ) {}

  static async make(issuer = 'https://directory.example'): Promise<StatementIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'directory-1', alg: 'ES256', use: 'sig' };
    return new StatementIssuer(issuer, privateKey, jwk);
  }

  /** As the gateway's allow-list has it. */
  get entry() {
    return { issuer: this.issuer, jwks: { keys: [this.publicKey] } };
  }

  claims(audience: string, jwks: { keys: object[] }, over: Claims = {}): Claims {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.issuer,
      aud: audience,
      iat: now,
      exp: now + 3600,
      jti: randomBytes(12).toString('hex'),
      software_id: `sw-${randomBytes(6).toString('hex')}`,
      software_version: '1.4',
      epsp_id: MINATO,
      client_name: 'みなと家計',
      roles: ['account_information'],
      redirect_uris: ['https://app.example/callback'],
      jwks,
      ...over,
    };
  }

  sign(claims: Claims, header: { alg?: string } = {}, key = this.key): Promise<string> {
    const present = Object.entries(claims).filter(([, value]) => value !== undefined);
    return new SignJWT(Object.fromEntries(present))
      .setProtectedHeader({ alg: 'ES256', kid: 'directory-1', ...header })
      .sign(key);
  }
}
