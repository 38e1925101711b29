import { join } from 'node:path';
import type { Instant } from '#libs/kernel';
import { makeFolder, readIfThere, writeWhole } from '../files.js';
import { isGood, isOf, LEAF_DAYS, mintAuthority, mintLeaf, RENEW_DAYS } from './mint.js';
import type { KeyPair, Leaf } from './mint.js';

/** Paths of a certificate and its key, as the servers take them from their environment. */
export interface PairFiles {
  readonly certificate: string;
  readonly key: string;
}

/** What one installation holds. The authorities are apart: who is trusted outside is nobody inside. */
export interface CertificateFiles {
  /** Certificate of the authority that browsers and intermediaries see. */
  readonly outsideAuthority: string;
  /** Certificate of the authority between the two servers (T-01). */
  readonly insideAuthority: string;
  /** The authority that issues intermediaries' client certificates; an operator brings a real one. */
  readonly clientAuthority: PairFiles;
  readonly gateway: PairFiles;
  /** Of the gateway's host for calls with a client certificate. */
  readonly gatewayMutual: PairFiles;
  readonly bank: PairFiles;
  readonly bankInternal: PairFiles;
  readonly console: PairFiles;
  readonly gatewayInternal: PairFiles;
  /** Of the demonstration's intermediaries: where `npm run flow -- --browser` takes the answer. */
  readonly application: PairFiles;
  /** How many were made by this call. */
  readonly minted: number;
}

const GATEWAY_HOST = 'gateway.localhost';
const GATEWAY_MUTUAL_HOST = 'mtls.gateway.localhost';
const BANK_HOST = 'bank.localhost';
const CONSOLE_HOST = 'console.localhost';
const APPLICATION_HOST = 'app.localhost';
/** Names of the inside; bank-core's internal listener admits no other client name. */
const BANK_INSIDE = 'bank-core.internal';
const GATEWAY_INSIDE = 'gateway.internal';

/**
 * Mints what is missing, broken, signed by an older authority or within 30 days of its end; keeps
 * the rest. Keys have mode 0600, the folder 0700. Source: threats T-01, T-22.
 */
export async function ensureCertificates(folder: string, now: Instant): Promise<CertificateFiles> {
  await makeFolder(folder, 0o700);
  const desk = { folder, now, minted: 0 };
  const outside = await authority(desk, 'outside-ca', 'Renkei outside CA (this installation)');
  const inside = await authority(desk, 'inside-ca', 'Renkei inside CA (this installation)');
  await authority(desk, 'client-ca', 'Renkei client CA (this installation)');
  const outsideLeaf = (file: string, name: string) =>
    leaf(desk, file, outside, { name, use: 'server' });
  const gateway = await outsideLeaf('gateway', GATEWAY_HOST);
  const gatewayMutual = await outsideLeaf('gateway-mutual', GATEWAY_MUTUAL_HOST);
  const bank = await outsideLeaf('bank', BANK_HOST);
  const console = await outsideLeaf('console', CONSOLE_HOST);
  const application = await outsideLeaf('application', APPLICATION_HOST);
  const bankInternal = await leaf(desk, 'bank-internal', inside, {
    name: BANK_INSIDE,
    use: 'server',
  });
  const gatewayInternal = await leaf(desk, 'gateway-internal', inside, {
    name: GATEWAY_INSIDE,
    use: 'client',
  });
  return {
    outsideAuthority: pathsOf(folder, 'outside-ca').certificate,
    insideAuthority: pathsOf(folder, 'inside-ca').certificate,
    clientAuthority: pathsOf(folder, 'client-ca'),
    gateway,
    gatewayMutual,
    bank,
    bankInternal,
    console,
    gatewayInternal,
    application,
    minted: desk.minted,
  };
}

/**
 * A certificate for one intermediary's software, issued by this installation's own client authority;
 * kept until 30 days before its end. `subject` is a distinguished name in the certificate's order.
 */
export async function ensureClientCertificate(
  folder: string,
  file: string,
  wanted: { readonly name: string; readonly subject: string },
  now: Instant,
): Promise<PairFiles> {
  const issuer = await read(folder, 'client-ca');
  if (!issuer) throw new Error('The client authority is made first, by ensureCertificates.');
  return leaf({ folder, now, minted: 0 }, file, issuer, { ...wanted, use: 'client' });
}

interface Desk {
  readonly folder: string;
  readonly now: Instant;
  minted: number;
}

const pathsOf = (folder: string, name: string): PairFiles => ({
  certificate: join(folder, `${name}.crt.pem`),
  key: join(folder, `${name}.key.pem`),
});

async function authority(desk: Desk, file: string, name: string): Promise<KeyPair> {
  const kept = await read(desk.folder, file);
  // An authority must outlive what it signs today.
  if (kept && isGood(kept, desk.now, LEAF_DAYS)) return kept;
  return write(desk, file, await mintAuthority(name, desk.now));
}

async function leaf(desk: Desk, file: string, signer: KeyPair, wanted: Leaf): Promise<PairFiles> {
  const kept = await read(desk.folder, file);
  const isKept = kept && isGood(kept, desk.now, RENEW_DAYS) && isOf(kept, signer, wanted);
  if (!isKept) await write(desk, file, await mintLeaf(signer, wanted, desk.now));
  return pathsOf(desk.folder, file);
}

async function read(folder: string, name: string): Promise<KeyPair | undefined> {
  const paths = pathsOf(folder, name);
  const [certificate, key] = [await readIfThere(paths.certificate), await readIfThere(paths.key)];
  return certificate && key ? { certificate, key } : undefined;
}

async function write(desk: Desk, name: string, pair: KeyPair): Promise<KeyPair> {
  const paths = pathsOf(desk.folder, name);
  await writeWhole(paths.key, pair.key, 0o600);
  await writeWhole(paths.certificate, pair.certificate, 0o644);
  desk.minted += 1;
  return pair;
}
