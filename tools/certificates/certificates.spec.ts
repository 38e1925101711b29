import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, connect, type TLSSocket } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineNow } from '../machine-clock.js';
import { ensureCertificates, type PairFiles } from './index.js';

const DAY_MS = 86_400_000;

describe('certificates of one installation', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'renkei-certificates-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const serialOf = async (pair: PairFiles): Promise<string> =>
    new X509Certificate(await readFile(pair.certificate)).serialNumber;

  test('T-22 every key is readable by its owner alone', async () => {
    await ensureCertificates(folder, machineNow());
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const keys = (await readdir(folder)).filter((name) => name.endsWith('.key.pem'));
    expect(keys).toHaveLength(10);
    for (const key of keys) expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
  });

  test('they live 397 days, stay until 30 days are left, and are made anew after that', async () => {
    const now = machineNow();
    const first = await ensureCertificates(folder, now);
    expect(first.minted).toBe(10);
    const made = await serialOf(first.gateway);
    const kept = await ensureCertificates(folder, now + 366 * DAY_MS);
    expect([kept.minted, await serialOf(kept.gateway)]).toEqual([0, made]);
    const later = await ensureCertificates(folder, now + 367 * DAY_MS);
    expect(later.minted).toBe(7);
    expect(await serialOf(later.gateway)).not.toBe(made);
  });

  test('a key that does not fit, and an authority near its end, are replaced', async () => {
    const now = machineNow();
    const first = await ensureCertificates(folder, now);
    await writeFile(first.bank.key, await readFile(first.gateway.key));
    expect((await ensureCertificates(folder, now)).minted).toBe(1);
    const later = await ensureCertificates(folder, now + 1500 * DAY_MS);
    expect(later.minted).toBe(10);
  });

  test('T-01 a certificate of the outside authority is nobody on the inside', async () => {
    const files = await ensureCertificates(folder, machineNow());
    const asked = (client: PairFiles) => handshake(files, client);
    expect(await asked(files.gatewayInternal)).toBe('gateway.internal');
    expect(await asked(files.gateway)).toBe('refused');
    expect(await asked(files.bank)).toBe('refused');
  });
});

type Files = Awaited<ReturnType<typeof ensureCertificates>>;

/** The client's name as the inside listener sees it, or `refused`. */
async function handshake(files: Files, client: PairFiles): Promise<string> {
  const text = (path: string): Promise<Buffer> => readFile(path);
  const server = createServer({
    cert: await text(files.bankInternal.certificate),
    key: await text(files.bankInternal.key),
    ca: await text(files.insideAuthority),
    requestCert: true,
    rejectUnauthorized: true,
  });
  try {
    const [cert, key] = [await text(client.certificate), await text(client.key)];
    const ca = await text(files.insideAuthority);
    return await new Promise<string>((resolve, reject) => {
      server.once('tlsClientError', () => resolve('refused'));
      server.once('secureConnection', (socket: TLSSocket) => {
        resolve(socket.getPeerX509Certificate()?.subject.replace('CN=', '') ?? 'nobody');
        socket.destroy();
      });
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' && address ? address.port : 0;
        const servername = 'bank-core.internal';
        const socket = connect({ host: '127.0.0.1', port, servername, cert, key, ca });
        socket.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ECONNRESET' && !/alert/.test(error.message)) reject(error);
        });
      });
    });
  } finally {
    server.close();
  }
}
