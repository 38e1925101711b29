import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Settings } from '#libs/platform';
import { readMutualTls } from './config.js';

const folder = mkdtempSync(join(tmpdir(), 'renkei-config-'));
const file = join(folder, 'some.pem');
writeFileSync(file, 'PEM');
afterAll(() => rmSync(folder, { recursive: true }));

const good = {
  GATEWAY_MTLS_PUBLIC_ORIGIN: 'https://mtls.gateway.localhost:8447',
  GATEWAY_MTLS_LISTEN: '127.0.0.1:8447',
  GATEWAY_MTLS_TLS_CERT: file,
  GATEWAY_MTLS_TLS_KEY: file,
};
const read = (over: Record<string, string> = {}) =>
  readMutualTls(new Settings({ ...good, ...over }));

test('T-11 without settings nobody is believed: no authority, no proxy', () => {
  expect(read()).toMatchObject({
    publicOrigin: 'https://mtls.gateway.localhost:8447',
    listen: { host: '127.0.0.1', port: 8447 },
    authorities: undefined,
    revocationFile: undefined,
    proxy: undefined,
  });
});

test('T-11 a proxy has an authority and a name, or is none', () => {
  const proxy = { GATEWAY_PROXY_CA: file, GATEWAY_PROXY_NAME: 'proxy.internal' };
  expect(read(proxy).proxy).toEqual({ authorities: 'PEM', name: 'proxy.internal' });
  for (const [name, value] of Object.entries(proxy))
    expect(() => read({ [name]: value })).toThrow('are set together or not at all');
});
