import {
  faultsOf,
  FEDERATION_SCOPE,
  NO_DIGEST,
  rootOf,
  type DigestFault,
  type SignedDigest,
} from '../../apps/bank-core/src/audit/index.js';
import { isSigned } from '../../apps/bank-core/src/documents/index.js';
import { readContents, readDigests, readLines } from './exported.js';
import { findingsOfTrail, type TrailFault, type TrailSummary, TrailReader } from './trail.js';

export type AuditFault =
  DigestFault | TrailFault | 'signature_differs' | 'witness_differs' | 'rows_left_over';

export interface AuditFinding {
  readonly chain: string;
  /** The digest that it is about; undefined where it is about the chain as a whole. */
  readonly number?: string;
  readonly fault: AuditFault;
  readonly about?: string;
}

export interface AuditVerdict {
  readonly digests: number;
  readonly rows: number;
  readonly summary: TrailSummary;
  readonly findings: readonly AuditFinding[];
}

export interface VerifyOptions {
  /** SubjectPublicKeyInfo, base64: given to the auditor by other means than the export. */
  readonly publicKey: string;
  /** An export of earlier: what it says has to be the beginning of this one. */
  readonly witness?: string;
}

/** Judges an export without server and database: only what stands in the folder, the key and the witness count. */
export async function verifyExport(folder: string, options: VerifyOptions): Promise<AuditVerdict> {
  const contents = await readContents(folder);
  if (!contents) throw new Error(`${folder} holds no export.`);
  const findings: AuditFinding[] = [];
  const trail = new TrailReader();
  let [digests, rows] = [0, 0];
  for (const { name, scope } of contents.chains) {
    const onLine = scope === FEDERATION_SCOPE ? trail.read.bind(trail) : () => undefined;
    const chain = await verifyChain(folder, name, options, onLine);
    digests += chain.digests;
    rows += chain.rows;
    findings.push(...chain.findings);
  }
  for (const found of findingsOfTrail(trail, contents.roles))
    findings.push({ chain: 'federation', ...found });
  const known = new Set(contents.chains.map(({ name }) => name));
  for (const name of await chainsOf(options.witness))
    if (!known.has(name)) findings.push({ chain: name, fault: 'witness_differs' });
  return { digests, rows, summary: trail.summary, findings };
}

async function chainsOf(witness: string | undefined): Promise<string[]> {
  if (witness === undefined) return [];
  return ((await readContents(witness))?.chains ?? []).map(({ name }) => name);
}

async function verifyChain(
  folder: string,
  name: string,
  { publicKey, witness }: VerifyOptions,
  onLine: (line: string, number: bigint) => void,
): Promise<{ digests: number; rows: number; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = [];
  const digests = await readDigests(folder, name);
  const lines = readLines(folder, name)[Symbol.asyncIterator]();
  let head: Pick<SignedDigest, 'number' | 'to' | 'hash'> = NO_DIGEST;
  let rows = 0;
  for (const digest of digests) {
    const covered = await take(lines, digest.rowCount);
    for (const line of covered) onLine(line, digest.number);
    rows += covered.length;
    const root = rootOf(digest.previousHash, covered);
    const faults: AuditFault[] = faultsOf(head, digest, { rowCount: covered.length, root });
    if (!isSigned(digest.hash, digest.signature, publicKey)) faults.push('signature_differs');
    for (const fault of faults)
      findings.push({ chain: name, number: String(digest.number), fault });
    head = digest;
  }
  if ((await take(lines, 1)).length > 0) findings.push({ chain: name, fault: 'rows_left_over' });
  if (witness !== undefined) findings.push(...(await againstWitness(name, digests, witness)));
  return { digests: digests.length, rows, findings };
}

/** Whoever rewrites rows and digests together, or cuts both off, meets what the auditor has kept. */
async function againstWitness(
  name: string,
  digests: readonly SignedDigest[],
  witness: string,
): Promise<AuditFinding[]> {
  const contents = await readContents(witness);
  if (!contents?.chains.some((chain) => chain.name === name)) return [];
  const kept = await readDigests(witness, name);
  const differs = kept.find(({ hash }, at) => digests[at]?.hash !== hash);
  if (!differs) return [];
  return [{ chain: name, number: String(differs.number), fault: 'witness_differs' }];
}

async function take(lines: AsyncIterator<string>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const next = await lines.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
