// The library registers its parts through tsyringe, which needs this first.
import 'reflect-metadata';
import { createPrivateKey, randomBytes, X509Certificate, type webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Instant } from '#libs/kernel';

/** PEM texts of a certificate and its private key. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Days of a server's or client's certificate, and how many before its end it is made anew. */
export const LEAF_DAYS = 397;
export const RENEW_DAYS = 30;
/** An authority outlives every certificate it signs, so that its own renewal is rare. */
export const AUTHORITY_DAYS = 1825;

/** A certificate authority of this installation. Its key leaves no other machine. */
export async function mintAuthority(name: string, now: Instant): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    ...lifetime(now, AUTHORITY_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await exported(keys.privateKey) };
}

export interface Leaf {
  /** DNS name: the subject alternative name, by which servers are known. */
  readonly name: string;
  readonly use: 'server' | 'client';
  /** Distinguished name in the certificate's order, by which intermediaries may be known (RFC 8705). */
  readonly subject?: string;
}

/** A certificate for one name and one use, signed by `authority`. */
export async function mintLeaf(authority: KeyPair, leaf: Leaf, now: Instant): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const issuer = new x509.X509Certificate(authority.certificate);
  const usage = x509.ExtendedKeyUsage[leaf.use === 'server' ? 'serverAuth' : 'clientAuth'];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: leaf.subject ?? `CN=${leaf.name}`,
    issuer: issuer.subject,
    ...lifetime(now, LEAF_DAYS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await imported(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: leaf.name }]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await exported(keys.privateKey) };
}

/** A day's list of what `authority` took back, by serial number in hexadecimal (RFC 5280 section 5). */
export async function mintRevocations(
  authority: KeyPair,
  serialNumbers: readonly string[],
  now: Instant,
): Promise<string> {
  const crl = await x509.X509CrlGenerator.create({
    issuer: new x509.X509Certificate(authority.certificate).subject,
    thisUpdate: new Date(now),
    nextUpdate: new Date(now + DAY_MS),
    signingAlgorithm: ALGORITHM,
    signingKey: await imported(authority.key),
    entries: serialNumbers.map((serialNumber) => ({ serialNumber, revocationDate: new Date(now) })),
  });
  // The label of RFC 7468 section 6.
  return x509.PemConverter.encode(crl.rawData, 'X509 CRL');
}

/** True when certificate and key belong together and at least `days` are left. */
export function isGood(pair: KeyPair, now: Instant, days: number): boolean {
  try {
    const certificate = new X509Certificate(pair.certificate);
    const key = createPrivateKey(pair.key);
    const isInTime =
      Date.parse(certificate.validFrom) <= now &&
      Date.parse(certificate.validTo) - now >= days * DAY_MS;
    return isInTime && certificate.checkPrivateKey(key);
  } catch {
    return false;
  }
}

/** True when `pair` names `leaf` and was signed by `authority`. */
export function isOf(pair: KeyPair, authority: KeyPair, leaf: Leaf): boolean {
  const certificate = new X509Certificate(pair.certificate);
  const issuer = new X509Certificate(authority.certificate);
  return (
    certificate.checkHost(leaf.name) !== undefined &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey)
  );
}

/** A positive number of 16 bytes; the first bit stays clear, as DER wants. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** Begins an hour early: a clock that was set back a little must not break the first start. */
function lifetime(now: Instant, days: number): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(now - HOUR_MS),
    notAfter: new Date(now - HOUR_MS + days * DAY_MS),
  };
}

async function exported(key: webcrypto.CryptoKey): Promise<string> {
  const der = await crypto.subtle.exportKey('pkcs8', key);
  return x509.PemConverter.encode(der, 'PRIVATE KEY');
}

async function imported(pem: string): Promise<webcrypto.CryptoKey> {
  const der = x509.PemConverter.decodeFirst(pem);
  return crypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}
