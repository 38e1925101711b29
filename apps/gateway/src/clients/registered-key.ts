import { createHash, createPublicKey, X509Certificate, type JsonWebKey } from 'node:crypto';
import type { Instant } from '#libs/kernel';
import { finding, type Finding } from './domain/finding.js';
import { algorithmOf, type SentKey } from './domain/judge-keys.js';

/** A public key of registered software, alone or with its certificate. */
export interface RegisteredKey {
  readonly kid: string;
  /** Signs assertions and requests, or presents itself in TLS. */
  readonly purpose: 'sign' | 'tls';
  /** RFC 7638. */
  readonly thumbprint: string;
  /** `x5t#S256` (RFC 8705 section 3.1). */
  readonly certificateThumbprint: string | undefined;
  readonly jwk: SentKey;
  /** The end of the certificate, or of an overlap. */
  readonly goodUntil: Instant | undefined;
}

const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('base64url');

/** RFC 7638: the required members in the order of their names. */
export function thumbprintOf({ kty, crv, x, y, n, e }: SentKey): string {
  return sha256(JSON.stringify(kty === 'EC' ? { crv, kty, x, y } : { e, kty, n }));
}

export const thumbprintOfCertificate = (certificate: X509Certificate): string =>
  sha256(certificate.raw);

/** Every mark under which a certificate can be refused: its own, and that of its key under any other. */
export const marksOfCertificate = (certificate: X509Certificate): string[] => [
  thumbprintOfCertificate(certificate),
  thumbprintOf(certificate.publicKey.export({ format: 'jwk' }) as SentKey),
];

export interface Inspected {
  readonly findings: readonly Finding[];
  readonly key: RegisteredKey | undefined;
}

/** Reads a key whose form was judged: a point off the curve or a foreign certificate shows only here. */
export function inspectKey(
  sent: SentKey,
  field: string,
  purpose: RegisteredKey['purpose'],
  now: Instant,
): Inspected {
  const { kty, crv, x, y, n, e, kid, x5c } = sent;
  const plain = { kty, crv, x, y, n, e } as JsonWebKey;
  const alg = algorithmOf(sent);
  if (!alg || !isReadable(plain)) {
    const found = finding(field, 'key_unreadable', kid, 'a public key');
    return { findings: [found], key: undefined };
  }
  const certificate = x5c === undefined ? undefined : certificateIn(x5c);
  const findings: Finding[] = [];
  if (x5c !== undefined && !fits(certificate, sent, now)) {
    const wanted = 'the certificate of this key, in force now';
    findings.push(finding(`${field}.x5c`, 'certificate_wrong', describe(certificate), wanted));
  }
  const jwk = Object.fromEntries(
    Object.entries({ kty, crv, x, y, n, e, kid, alg, use: 'sig', x5c }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const key: RegisteredKey = {
    kid: String(kid),
    purpose,
    thumbprint: thumbprintOf(sent),
    certificateThumbprint: certificate && thumbprintOfCertificate(certificate),
    jwk,
    goodUntil: certificate && Date.parse(certificate.validTo),
  };
  return { findings, key };
}

/** The keys of software that nobody has to judge: the demonstration's and the tests' own. */
export function registeredKeys(jwks: { readonly keys: readonly object[] }) {
  return jwks.keys.map((each) => {
    const jwk = each as SentKey;
    const certificate = jwk['x5c'] === undefined ? undefined : certificateIn(jwk['x5c']);
    return {
      kid: String(jwk['kid']),
      thumbprint: thumbprintOf(jwk),
      certificateThumbprint: certificate && thumbprintOfCertificate(certificate),
      jwk,
    };
  });
}

/** A certificate in PEM as a key that presents itself in TLS; undefined where it cannot be read. */
export function keyOfCertificate(pem: string, kid?: string): SentKey | undefined {
  try {
    const certificate = new X509Certificate(pem);
    const jwk = certificate.publicKey.export({ format: 'jwk' }) as SentKey;
    const named = kid ?? thumbprintOfCertificate(certificate);
    return { ...jwk, kid: named, use: 'sig', x5c: [certificate.raw.toString('base64')] };
  } catch {
    return undefined;
  }
}

function isReadable(jwk: JsonWebKey): boolean {
  try {
    createPublicKey({ key: jwk, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function certificateIn(x5c: unknown): X509Certificate | undefined {
  const [first] = Array.isArray(x5c) && x5c.length <= 5 ? (x5c as unknown[]) : [];
  if (typeof first !== 'string' || first.length > 16 * 1024) return undefined;
  try {
    return new X509Certificate(Buffer.from(first, 'base64'));
  } catch {
    return undefined;
  }
}

function fits(certificate: X509Certificate | undefined, key: SentKey, now: Instant): boolean {
  if (!certificate) return false;
  const isInForce =
    Date.parse(certificate.validFrom) <= now && now < Date.parse(certificate.validTo);
  const own = certificate.publicKey.export({ format: 'jwk' }) as SentKey;
  return isInForce && thumbprintOf(own) === thumbprintOf(key);
}

const describe = (certificate: X509Certificate | undefined): string =>
  certificate ? `${certificate.validFrom} to ${certificate.validTo}` : 'no certificate';
