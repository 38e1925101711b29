import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import { carriesName, type SubjectMember } from './certificate-names.js';
import { isSameName } from './distinguished-name.js';

describe('RFC 4514 a subject is the registered name', () => {
  // As node:crypto prints it: one RDN per line, in the certificate's order.
  const subject = 'C=JP\nO=Minato\\, Kakei \\+ Co 連携\nOU=a b\nCN=app \\#1';
  test.each([
    ['as RFC 4514 writes it', 'CN=app \\#1,OU=a b,O=Minato\\, Kakei \\+ Co 連携,C=JP', true],
    [
      'spaces around, types in any case',
      ' cn = app \\#1 , ou=a b,o=Minato\\, Kakei \\+ Co 連携,c=JP',
      true,
    ],
    ['types by OID', '2.5.4.3=app \\#1,OID.2.5.4.11=a b,O=Minato\\, Kakei \\+ Co 連携,C=JP', true],
    [
      'octets in hexadecimal',
      'CN=app \\231,OU=a b,O=Minato\\2C Kakei \\+ Co \\E9\\80\\A3携,C=JP',
      true,
    ],
    ['the certificate’s order', 'C=JP,O=Minato\\, Kakei \\+ Co 連携,OU=a b,CN=app \\#1', false],
    ['one part less', 'CN=app \\#1,O=Minato\\, Kakei \\+ Co 連携,C=JP', false],
    ['one part more', 'CN=app \\#1,OU=a b,O=Minato\\, Kakei \\+ Co 連携,C=JP,C=JP', false],
    ['another value', 'CN=app \\#2,OU=a b,O=Minato\\, Kakei \\+ Co 連携,C=JP', false],
    ['another case of a value', 'CN=App \\#1,OU=a b,O=Minato\\, Kakei \\+ Co 連携,C=JP', false],
    ['a comma that was not escaped', 'CN=app \\#1,OU=a b,O=Minato, Kakei \\+ Co 連携,C=JP', false],
    ['a backslash at the end', 'CN=app \\#1,OU=a b,O=Minato\\, Kakei \\+ Co 連携,C=JP\\', false],
    ['nothing', '', false],
  ])('RFC 4514 %s', (_title, registered, expected) => {
    expect(isSameName(subject, registered)).toBe(expected);
  });

  test('RFC 4514 parts of one RDN in any order; an escaped space at the end counts', () => {
    expect(isSameName('C=JP\nCN=a + UID=b', 'UID=b+CN=a,C=JP')).toBe(true);
    expect(isSameName('CN=a\\ ', 'CN=a\\ ')).toBe(true);
    expect(isSameName('CN=a\\ ', 'CN=a')).toBe(false);
  });

  test('an empty subject is nobody, whatever was registered', () => {
    for (const registered of ['', ',', '=', 'CN=']) expect(isSameName('', registered)).toBe(false);
  });
});

describe('RFC 8705 section 2.1.2: what a certificate carries', () => {
  let certificate: X509Certificate;
  beforeAll(async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const made = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'C=JP, CN=a.example',
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'app.example' },
          { type: 'dns', value: '*.wild.example' },
          { type: 'url', value: 'https://x.example/a,DNS:evil.example' },
          { type: 'ip', value: '192.0.2.7' },
          { type: 'email', value: 'desk@app.example' },
        ]),
      ],
    });
    certificate = new X509Certificate(made.toString('pem'));
  });

  test.each<[SubjectMember, string, boolean]>([
    ['tls_client_auth_subject_dn', 'CN=a.example,C=JP', true],
    ['tls_client_auth_subject_dn', 'CN=a.example', false],
    ['tls_client_auth_san_dns', 'APP.example', true],
    ['tls_client_auth_san_dns', 'a.example', false],
    ['tls_client_auth_san_dns', 'b.wild.example', false],
    ['tls_client_auth_san_dns', 'evil.example', false],
    ['tls_client_auth_san_uri', 'https://x.example/a,DNS:evil.example', true],
    ['tls_client_auth_san_uri', 'https://x.example/a', false],
    ['tls_client_auth_san_ip', '192.0.2.7', true],
    ['tls_client_auth_san_ip', '192.0.2.8', false],
    ['tls_client_auth_san_email', 'desk@app.example', true],
    ['tls_client_auth_san_email', 'desk@evil.example', false],
  ])('%s %s: %s', (member, value, expected) => {
    expect(carriesName(certificate, member, value)).toBe(expected);
  });
});
