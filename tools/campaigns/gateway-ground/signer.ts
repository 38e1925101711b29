import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import { machineNow } from '../../machine-clock.js';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs with ES256 on the spot: a campaign signs so often that a promise for each would count. */
export class Signer {
  private constructor(
    private readonly key: KeyObject,
    /** The public key, as it goes into a proof's header. */
    readonly jwk: JWK,
  ) {}

  static of(jwk: JWK): Signer {
    const { kty, crv, x, y } = jwk;
    const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' });
    return new Signer(key, { kty, crv, x, y } as JWK);
  }

  static fresh(): Signer {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return Signer.of(privateKey.export({ format: 'jwk' }) as JWK);
  }

  jwt(header: object, claims: object): string {
    const signed = `${encode(header)}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), {
      key: this.key,
      dsaEncoding: 'ieee-p1363',
    });
    return `${signed}.${signature.toString('base64url')}`;
  }
}

export const newJti = (): string => randomBytes(15).toString('base64url');
export const nowSeconds = (): number => Math.floor(machineNow() / 1000);

export interface ProofOf {
  readonly method: string;
  readonly url: string;
  readonly nonce: string | undefined;
  readonly token?: string;
}

/** A DPoP proof (RFC 9449 section 4.2). */
export function proofOf(signer: Signer, { method, url, nonce, token }: ProofOf): string {
  const claims = {
    jti: newJti(),
    htm: method,
    htu: url.split('?')[0],
    iat: nowSeconds(),
    ...(nonce ? { nonce } : {}),
    ...(token ? { ath: createHash('sha256').update(token).digest('base64url') } : {}),
  };
  return signer.jwt({ typ: 'dpop+jwt', alg: 'ES256', jwk: signer.jwk }, claims);
}
