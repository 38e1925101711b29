// The library registers its parts through tsyringe, which needs this first.
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { mintAuthority, type KeyPair } from '../../../../tools/certificates/mint.js';
import {
  inspectKey,
  keyOfCertificate,
  marksOfCertificate,
  thumbprintOf,
  thumbprintOfCertificate,
} from './registered-key.js';

const NOW = Date.now();
let pair: KeyPair;
let jwk: Record<string, unknown>;

beforeAll(async () => {
  pair = await mintAuthority('Minato', NOW);
  jwk = { ...keyOfCertificate(pair.certificate, 'tls-1') };
});

test.each(['ES256', 'PS256'])('the thumbprint is that of RFC 7638: %s', async (alg) => {
  const { publicKey } = await generateKeyPair(alg, { extractable: true });
  const made = (await exportJWK(publicKey)) as JWK & Record<string, unknown>;
  expect(thumbprintOf({ ...made, kid: 'x', use: 'sig' })).toBe(await calculateJwkThumbprint(made));
});

test('a certificate brings its key, its thumbprint and its end', () => {
  const certificate = new X509Certificate(pair.certificate);
  const { findings, key } = inspectKey(jwk, 'jwk', 'tls', NOW);
  expect(findings).toEqual([]);
  expect(key).toMatchObject({
    kid: 'tls-1',
    purpose: 'tls',
    certificateThumbprint: thumbprintOfCertificate(certificate),
    goodUntil: Date.parse(certificate.validTo),
  });
  expect(marksOfCertificate(certificate)).toEqual([key?.certificateThumbprint, key?.thumbprint]);
});

test.each<[string, () => Promise<Record<string, unknown>> | Record<string, unknown>, number]>([
  ['before its time', () => jwk, NOW - 7_200_000],
  ['at its end', () => jwk, NOW + 1825 * 86_400_000],
  ['that is none', () => ({ ...jwk, x5c: ['AAAA'] }), NOW],
  ['that is no list', () => ({ ...jwk, x5c: 'AAAA' }), NOW],
  [
    'of another key',
    async () => {
      const { publicKey } = await generateKeyPair('ES256', { extractable: true });
      return { ...(await exportJWK(publicKey)), kid: 'k', x5c: jwk['x5c'] };
    },
    NOW,
  ],
])('a certificate %s is told', async (_title, make, now) => {
  const { findings } = inspectKey(await make(), 'jwk', 'tls', now);
  expect(findings.map(({ field, rule }) => `${field}: ${rule}`)).toEqual([
    'jwk.x5c: certificate_wrong',
  ]);
});

test('a point off the curve is no key', () => {
  const { findings, key } = inspectKey(
    { ...jwk, x: 'A'.repeat(43), x5c: undefined },
    'jwk',
    'sign',
    NOW,
  );
  expect([findings.map(({ rule }) => rule), key]).toEqual([['key_unreadable'], undefined]);
});

test('nothing but public members is kept', () => {
  const { key } = inspectKey({ ...jwk, d: 'secret', other: 1 }, 'jwk', 'tls', NOW);
  expect(Object.keys(key?.jwk ?? {}).sort()).toEqual(
    ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'x5c', 'y'].sort(),
  );
});

test('what is no certificate is nothing', () => {
  expect(keyOfCertificate('-----BEGIN CERTIFICATE-----')).toBeUndefined();
});
