// The library registers its parts through tsyringe, which needs this first.
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { calculateJwkThumbprint, exportJWK, type CryptoKey, type JWK } from 'jose';
import type { KeyPair } from '../../../../tools/certificates/mint.js';
import type { OwnKey } from './registrant.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;
const DAYS_MS = 90 * 24 * HOUR_MS;

/** A key of software with a certificate of its own making; the same key can have several. */
export class SelfSigned {
  private constructor(
    private readonly keys: Awaited<ReturnType<typeof newPair>>,
    private readonly plain: JWK,
    readonly thumbprint: string,
    readonly pair: KeyPair,
  ) {}

  static async make(): Promise<SelfSigned> {
    return SelfSigned.of(await newPair());
  }

  /** Another certificate of the same key. */
  renewed(): Promise<SelfSigned> {
    return SelfSigned.of(this.keys);
  }

  /** As it stands in a JWK set that authenticates by certificate. */
  jwk(kid: string): JWK {
    const { raw } = new X509Certificate(this.pair.certificate);
    return { ...this.bare(kid), x5c: [raw.toString('base64')] };
  }

  /** The key alone. */
  bare(kid: string): JWK {
    return { ...this.plain, kid, alg: 'ES256', use: 'sig' };
  }

  /** What proves a request under `kid`. */
  own(kid: string): OwnKey {
    const key = this.keys.privateKey as CryptoKey;
    return { kid, alg: 'ES256', key, jwk: this.bare(kid) };
  }

  private static async of(keys: Awaited<ReturnType<typeof newPair>>): Promise<SelfSigned> {
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=by itself',
      notBefore: new Date(Date.now() - HOUR_MS),
      notAfter: new Date(Date.now() + DAYS_MS),
      signingAlgorithm: ALGORITHM,
      keys,
    });
    const der = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
    const pair = {
      certificate: certificate.toString('pem'),
      key: x509.PemConverter.encode(der, 'PRIVATE KEY'),
    };
    const plain = await exportJWK(keys.publicKey as CryptoKey);
    return new SelfSigned(keys, plain, await calculateJwkThumbprint(plain), pair);
  }
}

const newPair = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
