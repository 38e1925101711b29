import { createHash, X509Certificate } from 'node:crypto';

/** Extended key usage "TLS client" (RFC 5280 section 4.2.1.12). */
const CLIENT_USE = '1.3.6.1.5.5.7.3.2';

/** A certificate whose key the caller has proven to hold, in the TLS handshake here or at our proxy. */
export interface PeerCertificate {
  readonly x509: X509Certificate;
  /** `x5t#S256`: base64url of the SHA-256 of its DER (RFC 8705 section 3.1). */
  readonly thumbprint: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** False where its issuer made it for something else than a TLS client. */
  readonly isForClients: boolean;
}

export function peerCertificate(x509: X509Certificate): PeerCertificate {
  return {
    x509,
    thumbprint: createHash('sha256').update(x509.raw).digest('base64url'),
    notBefore: Date.parse(x509.validFrom),
    notAfter: Date.parse(x509.validTo),
    isForClients: x509.keyUsage?.includes(CLIENT_USE) ?? true,
  };
}

/** True at `now` in milliseconds since 1970. A connection may outlive the certificate it began with. */
export const isInTime = ({ notBefore, notAfter }: PeerCertificate, now: number): boolean =>
  notBefore <= now && now <= notAfter;
