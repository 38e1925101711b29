import { request } from 'node:https';
import { Settings } from '#libs/platform';

/** `probe bank-core|gateway`: exit 0 when the server of this container answers /readyz over its own TLS. */
const prefix = process.argv[2] === 'gateway' ? 'GATEWAY' : 'BANK';
const settings = new Settings();
const { host, port } = settings.address(`${prefix}_LISTEN`);
const origin = new URL(settings.origin(`${prefix}_PUBLIC_ORIGIN`));

const answer = request(
  {
    host: host === '0.0.0.0' ? '127.0.0.1' : host,
    port,
    path: '/readyz',
    servername: origin.hostname,
    headers: { host: origin.host },
    // The server's own certificate is the whole trust: the probe asks this process and no other.
    ca: settings.file(`${prefix}_TLS_CERT`),
    allowPartialTrustChain: true,
    timeout: 2000,
  },
  (response) => {
    response.resume();
    process.exitCode = response.statusCode === 200 ? 0 : 1;
  },
);
answer.on('timeout', () => answer.destroy());
answer.on('error', () => (process.exitCode = 1));
answer.end();
