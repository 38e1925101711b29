import { randomBytes } from 'node:crypto';
import { jws, withBrokenSignature, type Alg, type Members, type SigningKey } from './jws.js';

/** What may be wrong with something that the client signs for the server. */
export interface SigningFaults {
  readonly claims?: Members;
  readonly header?: Members;
  readonly key?: SigningKey;
  readonly signedAs?: Alg | 'none';
  readonly isBroken?: boolean;
}

const ASSERTION_SECONDS = 60;
const REQUEST_OBJECT_SECONDS = 300;
const JTI_CHARS = 20;

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

function signedWith(key: SigningKey, header: Members, claims: Members, faults: SigningFaults) {
  const alg = faults.signedAs ?? key.alg;
  const all = { alg, kid: key.kid, ...header, ...faults.header };
  const token = jws(all, { ...claims, ...faults.claims }, key.privateKey, alg);
  return faults.isBroken ? withBrokenSignature(token) : token;
}

/** A client assertion (RFC 7523) as the profile wants it: one audience, the issuer, as a string. */
export function assertionOf(
  clientId: string,
  issuer: string,
  ownKey: SigningKey,
  faults: SigningFaults = {},
): string {
  const now = nowSeconds();
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: issuer,
    iat: now,
    nbf: now,
    exp: now + ASSERTION_SECONDS,
    jti: randomBytes(15).toString('base64url').slice(0, JTI_CHARS),
  };
  return signedWith(faults.key ?? ownKey, {}, claims, faults);
}

/** A signed request object (RFC 9101) around the parameters of an authorization request. */
export function requestObjectOf(
  params: Members,
  of: { readonly clientId: string; readonly issuer: string },
  ownKey: SigningKey,
  faults: SigningFaults = {},
): string {
  const now = nowSeconds();
  const claims = {
    ...params,
    iss: of.clientId,
    client_id: of.clientId,
    aud: of.issuer,
    nbf: now,
    exp: now + REQUEST_OBJECT_SECONDS,
  };
  return signedWith(faults.key ?? ownKey, {}, claims, faults);
}
