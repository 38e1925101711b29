import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { importJWK, SignJWT, type JWK } from 'jose';
import { readJsonIfThere, writeJson } from '../files.js';
import { newSigningKey } from './signing-key.js';

/** Who vouches for software in the demonstration; in production a directory outside does. */
export interface DemoIssuer {
  readonly issuer: string;
  readonly jwk: JWK;
}

const ISSUER = 'https://directory.renkei.example';

/** Makes the issuer's key where it is missing, and the list that the gateway believes. */
export async function ensureStatementIssuer(folder: string) {
  const statementIssuerFile = join(folder, 'statement-issuer.json');
  const statementIssuersFile = join(folder, 'statement-issuers.json');
  const kept = await readJsonIfThere<DemoIssuer>(statementIssuerFile);
  const own = kept ?? { issuer: ISSUER, jwk: await newSigningKey('ES256') };
  if (!kept) await writeJson(statementIssuerFile, own);
  const { d: _, ...open } = own.jwk;
  await writeJson(statementIssuersFile, [{ issuer: own.issuer, jwks: { keys: [open] } }]);
  return { statementIssuerFile, statementIssuersFile };
}

export interface Vouched {
  readonly epspId: string;
  readonly softwareId: string;
  readonly clientName: string;
  readonly roles: readonly string[];
  readonly redirectUris: readonly string[];
  readonly jwks: { readonly keys: readonly JWK[] };
}

const HOUR_SECONDS = 3600;

/** A software statement (RFC 7591 section 2.3), good once and for one hour. `now` in seconds since 1970. */
export async function issueStatement(
  { issuer, jwk }: DemoIssuer,
  audience: string,
  vouched: Vouched,
  now: number,
): Promise<string> {
  const claims = {
    epsp_id: vouched.epspId,
    software_id: vouched.softwareId,
    client_name: vouched.clientName,
    roles: vouched.roles,
    redirect_uris: vouched.redirectUris,
    jwks: vouched.jwks,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid ?? '' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + HOUR_SECONDS)
    .setJti(randomBytes(16).toString('hex'))
    .sign(await importJWK(jwk, 'ES256'));
}
