import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  digestFromWire,
  digestToWire,
  type DigestWire,
  type DigestPage,
  type HeldRole,
  type SignedDigest,
} from '../../apps/bank-core/src/audit/index.js';
import { readJsonIfThere } from '../files.js';

/** One chain of an export: its digests, and beside them the lines that they speak of. */
export interface ExportedChain {
  readonly scope: number;
  readonly name: string;
}

/** What stands at the head of an export. */
export interface ExportedContents {
  readonly chains: readonly ExportedChain[];
  /** Held when the export was made. */
  readonly roles: readonly HeldRole[];
}

const CONTENTS = 'contents.json';
const digestsFile = (folder: string, name: string) => join(folder, `${name}.digests.jsonl`);
const linesFile = (folder: string, name: string) => join(folder, `${name}.lines.jsonl`);

/** Writes one chain, page by page: nothing is held in memory but the page. */
export async function writeChain(
  folder: string,
  name: string,
  pages: AsyncIterable<DigestPage>,
): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const digests = await open(digestsFile(folder, name), 'wx', 0o600);
  const lines = await open(linesFile(folder, name), 'wx', 0o600);
  let count = 0;
  try {
    for await (const page of pages) {
      await digests.write(`${JSON.stringify(digestToWire(page.digest))}\n`);
      await lines.write(page.lines.map(({ line }) => `${line}\n`).join(''));
      count += 1;
    }
  } finally {
    await digests.close();
    await lines.close();
  }
  return count;
}

export async function writeContents(folder: string, contents: ExportedContents): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, CONTENTS), JSON.stringify(contents), { mode: 0o600 });
}

export const readContents = (folder: string): Promise<ExportedContents | undefined> =>
  readJsonIfThere<ExportedContents>(join(folder, CONTENTS));

export async function readDigests(folder: string, name: string): Promise<SignedDigest[]> {
  const text = await readFile(digestsFile(folder, name), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => digestFromWire(JSON.parse(line) as DigestWire));
}

export const readLines = (folder: string, name: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(linesFile(folder, name)), crlfDelay: Infinity });
