import { SettingError } from '#libs/platform';
import type { PeerCertificate } from './peer-certificate.js';

interface List {
  /** In hexadecimal, without leading zeros. */
  readonly serials: ReadonlySet<string>;
  /** Milliseconds since 1970; nobody knows what was revoked after it. */
  readonly goodUntil: number;
}

const withoutZeros = (serial: string): string => serial.toLowerCase().replace(/^0+(?=.)/, '');

/** Which certificates their authorities took back (RFC 5280 section 5). */
export class Revocations {
  /** By the thumbprint of the authority's certificate. */
  constructor(private readonly lists: ReadonlyMap<string, List> = new Map()) {}

  isRevoked({ x509 }: PeerCertificate, issuer: PeerCertificate): boolean {
    const list = this.lists.get(issuer.thumbprint);
    return list?.serials.has(withoutZeros(x509.serialNumber)) ?? false;
  }

  /** False where an authority's list is over: then its certificates cannot be relied on any more. */
  isKnown(issuer: PeerCertificate, now: number): boolean {
    const list = this.lists.get(issuer.thumbprint);
    return list === undefined || now <= list.goodUntil;
  }
}

/**
 * Reads certificate revocation lists in PEM, each signed by one of `issuers`. Throws a SettingError with a
 * sentence otherwise. The parser is loaded only where lists are used: it is large.
 */
export async function readRevocations(
  pem: string,
  issuers: readonly PeerCertificate[],
): Promise<Revocations> {
  const blocks = pem.match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g) ?? [];
  if (blocks.length === 0) throw new SettingError('GATEWAY_CLIENT_CRL holds no list in PEM.');
  await import('reflect-metadata');
  const { X509Certificate, X509Crl } = await import('@peculiar/x509');
  const lists = new Map<string, List>();
  for (const block of blocks) {
    const crl = new X509Crl(block);
    const signer = await find(issuers, ({ x509 }) =>
      crl.verify({ publicKey: new X509Certificate(x509.raw) }).catch(() => false),
    );
    if (!signer)
      throw new SettingError(
        'GATEWAY_CLIENT_CRL holds a list that no configured authority signed.',
      );
    lists.set(signer.thumbprint, {
      serials: new Set(crl.entries.map(({ serialNumber }) => withoutZeros(serialNumber))),
      goodUntil: crl.nextUpdate?.getTime() ?? Infinity,
    });
  }
  return new Revocations(lists);
}

async function find<Value>(
  values: readonly Value[],
  test: (value: Value) => Promise<boolean>,
): Promise<Value | undefined> {
  for (const value of values) if (await test(value)) return value;
  return undefined;
}
