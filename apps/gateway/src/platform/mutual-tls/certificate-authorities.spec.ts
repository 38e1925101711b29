import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  LEAF_DAYS,
  mintAuthority,
  mintLeaf,
  mintRevocations,
  type KeyPair,
} from '../../../../../tools/certificates/mint.js';
import { CertificateAuthorities } from './certificate-authorities.js';
import { peerCertificate, type PeerCertificate } from './peer-certificate.js';
import { readRevocations } from './revocations.js';

const NOW = 1_800_000_000_000;
const DAY_MS = 86_400_000;

const of = ({ certificate }: KeyPair): PeerCertificate =>
  peerCertificate(new X509Certificate(certificate));

let authority: KeyPair;
let foreign: KeyPair;
let leaf: KeyPair;
beforeAll(async () => {
  authority = await mintAuthority('Clients', NOW);
  foreign = await mintAuthority('Clients', NOW);
  leaf = await mintLeaf(authority, { name: 'a.example', use: 'client' }, NOW);
});

const trusting = () => new CertificateAuthorities(authority.certificate, 'GATEWAY_CLIENT_CA');

describe('RFC 8705 section 2.1: whom the configured authorities vouch for', () => {
  test('their own client, while it is in time', () => {
    const trusted = trusting();
    expect(trusted.vouchFor(of(leaf), NOW)).toBe(true);
    expect(trusted.vouchFor(of(leaf), NOW - 2 * DAY_MS)).toBe(false);
    expect(trusted.vouchFor(of(leaf), NOW + LEAF_DAYS * DAY_MS)).toBe(false);
  });

  test('not a server’s certificate, nor one of an authority that has only the name', async () => {
    const server = await mintLeaf(authority, { name: 'a.example', use: 'server' }, NOW);
    const forged = await mintLeaf(foreign, { name: 'a.example', use: 'client' }, NOW);
    expect(trusting().vouchFor(of(server), NOW)).toBe(false);
    expect(trusting().vouchFor(of(forged), NOW)).toBe(false);
    expect(trusting().vouchFor(of(foreign), NOW)).toBe(false);
  });

  test('several authorities stand in one file; a leaf among them ends the start', () => {
    const both = new CertificateAuthorities(
      `${foreign.certificate}\n${authority.certificate}`,
      'GATEWAY_CLIENT_CA',
    );
    expect(both.vouchFor(of(leaf), NOW)).toBe(true);
    expect(() => new CertificateAuthorities(leaf.certificate, 'GATEWAY_CLIENT_CA')).toThrow(
      /GATEWAY_CLIENT_CA .* no authority/,
    );
    expect(() => new CertificateAuthorities('', 'GATEWAY_CLIENT_CA')).toThrow(/no certificate/);
  });
});

describe('RFC 5280 section 5: what an authority took back', () => {
  const serial = () => of(leaf).x509.serialNumber;
  const withList = async (pem: string) => {
    const trusted = trusting();
    trusted.revocations = await readRevocations(pem, trusted.issuers);
    return trusted;
  };

  test('T-11 the certificate on the list, and no other', async () => {
    const trusted = await withList(await mintRevocations(authority, [serial()], NOW));
    expect(trusted.isRevoked(of(leaf))).toBe(true);
    expect(trusted.vouchFor(of(leaf), NOW)).toBe(false);
    const other = await mintLeaf(authority, { name: 'b.example', use: 'client' }, NOW);
    expect(trusted.vouchFor(of(other), NOW)).toBe(true);
  });

  test('T-11 a list that is over vouches for nobody', async () => {
    const trusted = await withList(await mintRevocations(authority, [], NOW));
    expect(trusted.vouchFor(of(leaf), NOW + DAY_MS - 1_000)).toBe(true);
    expect(trusted.vouchFor(of(leaf), NOW + DAY_MS + 1_000)).toBe(false);
  });

  test('T-11 a list of somebody else’s is no list', async () => {
    const forged = await mintRevocations(foreign, [serial()], NOW);
    await expect(withList(forged)).rejects.toThrow(/no configured authority signed/);
    await expect(withList('')).rejects.toThrow(/no list in PEM/);
  });
});
