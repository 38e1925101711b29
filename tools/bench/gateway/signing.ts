import { createPrivateKey, hash, randomBytes, sign, type JsonWebKey } from 'node:crypto';
import { machineNow } from '../../machine-clock.js';

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs JWTs of one P-256 key; the header is made once. */
export function signer(jwk: JsonWebKey, header: Readonly<Record<string, unknown>>) {
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const head = encoded({ alg: 'ES256', ...header });
  return (claims: object): string => {
    const content = `${head}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
    return `${content}.${signature.toString('base64url')}`;
  };
}

export const seconds = (): number => Math.floor(machineNow() / 1000);
export const newJti = (): string => randomBytes(15).toString('base64url');

/** Makes a proof for one request (RFC 9449 section 4.2). */
export function prover(jwk: JsonWebKey, method: string, url: string, token?: string) {
  const { kty, crv, x, y } = jwk;
  const signed = signer(jwk, { typ: 'dpop+jwt', jwk: { kty, crv, x, y } });
  const ath = token === undefined ? {} : { ath: hash('sha256', token, 'base64url') };
  return (nonce: string | undefined): string =>
    signed({
      jti: newJti(),
      htm: method,
      htu: url,
      iat: seconds(),
      ...(nonce ? { nonce } : {}),
      ...ath,
    });
}
