import { createHash, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { jws, withBrokenSignature, type Alg, type Members, type SigningKey } from './jws.js';

/** What may be wrong with a DPoP proof; a member that is set to undefined is left out. */
export interface ProofFaults {
  readonly header?: Members;
  readonly claims?: Members;
  readonly key?: SigningKey;
  /** Signed with this key under the header of the right one. */
  readonly signedBy?: SigningKey;
  readonly signedAs?: Alg | 'none';
  readonly isBroken?: boolean;
}

export interface ProofOf {
  readonly method: string;
  readonly url: string;
  readonly nonce: string | undefined;
  readonly token?: string;
}

export const thumbprintOf = ({ publicKey }: SigningKey): Promise<string> =>
  calculateJwkThumbprint(publicKey.export({ format: 'jwk' }));

/** A DPoP proof (RFC 9449 section 4.2) for one request. */
export function proofOf(of: ProofOf, ownKey: SigningKey, faults: ProofFaults = {}): string {
  const key = faults.key ?? ownKey;
  const url = new URL(of.url);
  const claims = {
    jti: randomBytes(15).toString('base64url'),
    htm: of.method,
    htu: `${url.origin}${url.pathname}`,
    iat: Math.floor(Date.now() / 1000),
    nonce: of.nonce,
    ath: of.token && createHash('sha256').update(of.token).digest('base64url'),
    ...faults.claims,
  };
  const jwk = key.publicKey.export({ format: 'jwk' });
  const header = { typ: 'dpop+jwt', alg: key.alg, jwk, ...faults.header };
  const signer = faults.signedBy ?? key;
  const proof = jws(header, claims, signer.privateKey, faults.signedAs ?? signer.alg);
  return faults.isBroken ? withBrokenSignature(proof) : proof;
}
