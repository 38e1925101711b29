import { X509Certificate } from 'node:crypto';
import { SettingError } from '#libs/platform';
import { isInTime, peerCertificate, type PeerCertificate } from './peer-certificate.js';
import { Revocations } from './revocations.js';

/**
 * The authorities whose certificates are believed. Judged here and not by TLS: the same rule has to hold
 * for a certificate that a proxy passes on, and again on every request of a connection that stays open
 * (T-11).
 */
export class CertificateAuthorities {
  readonly issuers: readonly PeerCertificate[];
  /** What was taken back; replaced as a whole when the lists are read anew. */
  revocations = new Revocations();
  /** Whose signature a certificate bears never changes; whether it still counts is asked each time. */
  private readonly known = new WeakMap<X509Certificate, PeerCertificate | 'nobody'>();

  /** `pem`: certificates of the issuing authorities, one after the other. */
  constructor(pem: string, name: string) {
    this.issuers = readAll(pem, name);
  }

  /** True where one of ours signed it for a client, and both are in time at `now` (ms since 1970). */
  vouchFor(certificate: PeerCertificate, now: number): boolean {
    if (!certificate.isForClients || !isInTime(certificate, now)) return false;
    const issuer = this.issuerOf(certificate.x509);
    if (!issuer || !isInTime(issuer, now) || !this.revocations.isKnown(issuer, now)) return false;
    return !this.revocations.isRevoked(certificate, issuer);
  }

  /** True where its authority took it back; of a stranger's certificate nothing is known. */
  isRevoked(certificate: PeerCertificate): boolean {
    const issuer = this.issuerOf(certificate.x509);
    return issuer !== undefined && this.revocations.isRevoked(certificate, issuer);
  }

  private issuerOf(x509: X509Certificate): PeerCertificate | undefined {
    const known = this.known.get(x509);
    if (known) return known === 'nobody' ? undefined : known;
    const found = this.issuers.find(
      (issuer) => x509.checkIssued(issuer.x509) && x509.verify(issuer.x509.publicKey),
    );
    this.known.set(x509, found ?? 'nobody');
    return found;
  }
}

function readAll(pem: string, name: string): PeerCertificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new SettingError(`${name} holds no certificate in PEM.`);
  return blocks.map((block) => {
    const x509 = parsed(block, name);
    // A leaf in this list could sign for others.
    if (!x509.ca) throw new SettingError(`${name} holds a certificate that is no authority's.`);
    return peerCertificate(x509);
  });
}

function parsed(block: string, name: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch {
    throw new SettingError(`${name} holds a certificate that cannot be read.`);
  }
}
