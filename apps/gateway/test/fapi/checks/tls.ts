import { connect, getCiphers, type ConnectionOptions } from 'node:tls';
import { localLookup } from '../../../../../tools/http/local-agent.js';
import { must, type Report } from '../report.js';

/** What FAPI 2.0 section 5.2.2 leaves of TLS 1.2, in OpenSSL's names. */
const ALLOWED = /^ecdhe-(rsa|ecdsa)-(aes128-gcm-sha256|aes256-gcm-sha384|chacha20-poly1305)$/;
const REFUSALS = /ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION)|^ECONNRESET$/;

interface Shaken {
  readonly protocol: string | null;
  readonly cipher: string;
}

/**
 * Tries the handshakes of the module list against each distinct origin: TLS 1.0 and 1.1 refused, 1.3
 * preferred, and of 1.2 nothing but the recommended cipher suites.
 */
export async function mustSpeakGoodTls(
  urls: readonly string[],
  authority: string,
  report: Report,
): Promise<void> {
  for (const origin of new Set(urls.map((url) => new URL(url).origin))) {
    const shake = (options: ConnectionOptions) => handshake(origin, authority, options);
    for (const version of ['TLSv1', 'TLSv1.1'] as const) {
      const old = { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' };
      mustBeRefused(`${origin}: ${version}`, await shake(old));
    }
    const best = await shake({});
    const isBest = typeof best !== 'string' && best.protocol === 'TLSv1.3';
    report.should(isBest, `${origin}: TLS 1.3 is not what both sides agree on.`);
    const weak = getCiphers().filter((name) => !name.startsWith('tls_') && !ALLOWED.test(name));
    const ciphers = `${weak.join(':').toUpperCase()}:@SECLEVEL=0`;
    mustBeRefused(`${origin}: TLS 1.2`, await shake({ maxVersion: 'TLSv1.2', ciphers }));
  }
}

function mustBeRefused(what: string, outcome: Shaken | string): void {
  const isRefusal = typeof outcome === 'string' && REFUSALS.test(outcome);
  const found = typeof outcome === 'string' ? outcome : outcome.cipher;
  must(isRefusal, `${what} was not refused as it should be: ${found}.`);
}

/** What both sides agreed on, or the code of the error that ended the handshake. */
function handshake(
  origin: string,
  ca: string,
  options: ConnectionOptions,
): Promise<Shaken | string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const host = { host: hostname, servername: hostname, port: Number(port || 443) };
    const socket = connect({ ...host, lookup: localLookup, ca, ...options }, () => {
      resolve({ protocol: socket.getProtocol(), cipher: socket.getCipher().name });
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
