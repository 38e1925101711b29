import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { LRUCache } from 'lru-cache';
import { SettingError } from '#libs/platform';
import type { HostClock } from '../host-clock.js';
import { alternativeNames, carriesHost } from './certificate-names.js';
import { CertificateAuthorities } from './certificate-authorities.js';
import { readRevocations } from './revocations.js';
import { isInTime, peerCertificate, type PeerCertificate } from './peer-certificate.js';

export interface ClientCertificateSettings {
  /** PEM of the authorities that issue intermediaries' certificates; nobody is believed without. */
  readonly authorities: string | undefined;
  /** The proxy that ends intermediaries' TLS in front of us and shows us a certificate of its own. */
  readonly proxy: { readonly authorities: string; readonly name: string } | undefined;
}

const HEADER_CERTIFICATES_MAX = 1_000;
const mutualSockets = new WeakSet<object>();

/** Said by the listener that asked for a certificate; of other connections nothing is believed. */
export const markMutual = (socket: TLSSocket): void => void mutualSockets.add(socket);

/** Which certificate a request was made with, and who vouches for it. */
export class ClientCertificates {
  private readonly authorities: CertificateAuthorities | undefined;
  private readonly proxyAuthorities: CertificateAuthorities | undefined;
  private readonly proxyName: string;
  private readonly bySocket = new WeakMap<object, PeerCertificate | 'none'>();
  private readonly byHeader = new LRUCache<string, PeerCertificate>({
    max: HEADER_CERTIFICATES_MAX,
  });

  constructor(
    settings: ClientCertificateSettings,
    private readonly clock: HostClock,
  ) {
    const { authorities, proxy } = settings;
    this.authorities = authorities
      ? new CertificateAuthorities(authorities, 'GATEWAY_CLIENT_CA')
      : undefined;
    this.proxyAuthorities = proxy
      ? new CertificateAuthorities(proxy.authorities, 'GATEWAY_PROXY_CA')
      : undefined;
    this.proxyName = proxy?.name ?? '';
  }

  /** True where the request came in at the listener for certificates. */
  isMutual(request: IncomingMessage): boolean {
    return mutualSockets.has(request.socket);
  }

  /**
   * The certificate whose key the caller holds, in time and not taken back, or nothing. A header is looked
   * at only where the connection itself was proven to be the configured proxy's (RFC 9440 section 4, T-11).
   */
  of(request: IncomingMessage): PeerCertificate | undefined {
    const shown = this.ofSocket(request);
    if (!shown) return undefined;
    const certificate = this.isProxy(shown) ? this.ofHeader(request) : shown;
    if (!certificate || !isInTime(certificate, this.clock.read())) return undefined;
    return this.authorities?.isRevoked(certificate) ? undefined : certificate;
  }

  /** True where the connection was proven to be the configured proxy's. */
  isFromProxy(request: IncomingMessage): boolean {
    const shown = this.ofSocket(request);
    return shown !== undefined && this.isProxy(shown);
  }

  /** True where a configured authority issued it (RFC 8705 section 2.1). */
  isVouchedFor(certificate: PeerCertificate): boolean {
    return this.authorities?.vouchFor(certificate, this.clock.read()) ?? false;
  }

  /** Takes lists in PEM (RFC 5280) in place of the former ones; throws where they are none. */
  async readRevocations(pem: string): Promise<void> {
    if (!this.authorities)
      throw new SettingError('GATEWAY_CLIENT_CRL needs the authorities of GATEWAY_CLIENT_CA.');
    this.authorities.revocations = await readRevocations(pem, this.authorities.issuers);
  }

  private isProxy(certificate: PeerCertificate): boolean {
    if (!this.proxyAuthorities?.vouchFor(certificate, this.clock.read())) return false;
    return carriesHost(alternativeNames(certificate.x509.subjectAltName ?? ''), this.proxyName);
  }

  private ofSocket(request: IncomingMessage): PeerCertificate | undefined {
    if (!this.isMutual(request)) return undefined;
    const { socket } = request;
    const known = this.bySocket.get(socket);
    if (known) return known === 'none' ? undefined : known;
    const x509 = (socket as TLSSocket).getPeerX509Certificate();
    const certificate = x509 && peerCertificate(x509);
    this.bySocket.set(socket, certificate ?? 'none');
    return certificate;
  }

  /** RFC 9440 section 2.2: one `Client-Cert`, a byte sequence of RFC 8941 that holds the DER. */
  private ofHeader(request: IncomingMessage): PeerCertificate | undefined {
    const [header, more] = request.headersDistinct['client-cert'] ?? [];
    if (header === undefined || more !== undefined) return undefined;
    const known = this.byHeader.get(header);
    if (known) return known;
    const [, base64] = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(header.trim()) ?? [];
    const certificate = base64 ? parsed(Buffer.from(base64, 'base64')) : undefined;
    if (certificate) this.byHeader.set(header, certificate);
    return certificate;
  }
}

function parsed(der: Buffer): PeerCertificate | undefined {
  try {
    return peerCertificate(new X509Certificate(der));
  } catch {
    return undefined;
  }
}
