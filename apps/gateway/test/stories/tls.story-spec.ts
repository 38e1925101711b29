import { connect, type ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startServers, type TestSystem } from '#libs/testing';

let system: TestSystem;

beforeAll(async () => {
  system = await startServers();
});
afterAll(() => system.stop());

const LISTENERS = ['gateway', 'gatewayMutual', 'bank'] as const;
const HOSTS = {
  gateway: 'gateway.localhost',
  gatewayMutual: 'mtls.gateway.localhost',
  bank: 'bank.localhost',
} as const;

/** Protocol and suite that were agreed on, or OpenSSL's reason why there was none. */
function shakeHands(listener: (typeof LISTENERS)[number], offer: ConnectionOptions) {
  return new Promise<string>((resolve) => {
    const socket = connect({
      host: '127.0.0.1',
      port: system.ports[listener],
      servername: HOSTS[listener],
      ca: system.authority,
      ...offer,
    });
    socket.once('secureConnect', () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

/** OpenSSL offers the old versions at its lowest security level only. */
const old = (version: 'TLSv1' | 'TLSv1.1'): ConnectionOptions => ({
  minVersion: version,
  maxVersion: version,
  ciphers: 'ALL@SECLEVEL=0',
});
const only = (ciphers: string): ConnectionOptions => ({ maxVersion: 'TLSv1.2', ciphers });

describe.each(LISTENERS)('FAPI 2.0 section 5.2.2: TLS of the listener %s', (listener) => {
  test('TLS 1.3 is preferred', async () => {
    expect(await shakeHands(listener, {})).toMatch(/^TLSv1.3 TLS_AES_/);
  });

  test.each(['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'])(
    'TLS 1.2 with %s',
    async (suite) => {
      expect(await shakeHands(listener, only(suite))).toBe(`TLSv1.2 ${suite}`);
    },
  );

  test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused by an alert', async (version) => {
    expect(await shakeHands(listener, old(version))).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  test.each([
    ['CBC', 'ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA'],
    ['DHE', 'DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384'],
    ['RSA key exchange', 'AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA'],
    ['CCM and ARIA', 'ECDHE-ECDSA-AES128-CCM:ECDHE-ECDSA-ARIA128-GCM-SHA256'],
  ])('TLS 1.2 with %s is refused', async (_title, suites) => {
    expect(await shakeHands(listener, only(suites))).toMatch(/ALERT_HANDSHAKE_FAILURE$/);
  });
});
