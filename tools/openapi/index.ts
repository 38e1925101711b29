import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { parse, stringify } from 'yaml';
import { projectRoot } from '../project.js';
import { breakingChanges } from './breaking.js';
import type { Document } from './finish/shape.js';
import {
  intermediaryDocument,
  internalDocument,
  noticesDocument,
  publicDocument,
  registrationDocument,
  staffDocument,
} from './documents.js';

/** Path below the project, and content. */
export type GeneratedFile = readonly [path: string, content: string];

const INTERNAL = 'apps/bank-core/openapi/internal.yaml';
const INTERMEDIARY = 'apps/gateway/openapi/intermediary.yaml';
const PUBLIC = 'apps/gateway/openapi/public.yaml';
const NOTICES = 'apps/bank-core/openapi/public.yaml';
const REGISTRATION = 'apps/gateway/openapi/registration.yaml';
const STAFF = 'apps/bank-core/openapi/staff.yaml';
const CLIENT = 'libs/bank-core-client/src/generated';

export interface Documents {
  readonly intermediary: object;
  readonly everybody: object;
  readonly notices: object;
  readonly registration: object;
  readonly internal: object;
  readonly staff: object;
}

export const readDocuments = async (): Promise<Documents> => ({
  intermediary: await intermediaryDocument(),
  everybody: await publicDocument(),
  notices: await noticesDocument(),
  registration: await registrationDocument(),
  internal: await internalDocument(),
  staff: await staffDocument(),
});

/** Everything that `npm run openapi` writes: one file per audience, and the types of the typed client. */
export async function generatedFiles({
  intermediary,
  everybody,
  notices,
  registration,
  internal,
  staff,
}: Documents): Promise<GeneratedFile[]> {
  return [
    [INTERMEDIARY, yamlOf(intermediary)],
    [PUBLIC, yamlOf(everybody)],
    [NOTICES, yamlOf(notices)],
    [REGISTRATION, yamlOf(registration)],
    [INTERNAL, yamlOf(internal)],
    [STAFF, yamlOf(staff)],
    ...(await clientTypes(internal)),
  ];
}

export async function writeOpenApi(): Promise<string[]> {
  const files = await generatedFiles(await readDocuments());
  for (const [path, content] of files) await writeFile(join(projectRoot, path), content);
  return files.map(([path]) => path);
}

const RELEASED = 'apps/gateway/openapi/released';
const BASELINES = [
  [INTERMEDIARY, `${RELEASED}/intermediary.yaml`, 'intermediary'],
  [PUBLIC, `${RELEASED}/public.yaml`, 'everybody'],
] as const;

/** Keeps the documents as they are now: a client was built against them. */
export async function writeBaseline(): Promise<string[]> {
  await mkdir(join(projectRoot, RELEASED), { recursive: true });
  for (const [now, kept] of BASELINES)
    await copyFile(join(projectRoot, now), join(projectRoot, kept));
  return BASELINES.map(([, kept]) => kept);
}

/** What of the last release the documents of now would break, by file. */
export async function brokenSinceRelease(documents: Documents): Promise<Record<string, string[]>> {
  const broken: Record<string, string[]> = {};
  for (const [, kept, audience] of BASELINES) {
    const before = parse(await readFile(join(projectRoot, kept), 'utf8')) as Document;
    broken[kept] = breakingChanges(before, documents[audience] as Document);
  }
  return broken;
}

/** A copy of the document without shared nodes: YAML would write them as anchors. */
const yamlOf = (document: object): string =>
  `# Written by \`npm run openapi\`; nobody edits it.\n${stringify(
    JSON.parse(JSON.stringify(document)),
    // Readers of YAML 1.1 take a bare date for one of their own; in quotes it is a text to everybody.
    { lineWidth: 0, schema: 'yaml-1.1' },
  )}`;

async function clientTypes(document: object): Promise<GeneratedFile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-openapi-'));
  try {
    await createClient({
      input: document as never,
      output: { path: folder, clean: false },
      plugins: ['@hey-api/typescript'],
      logs: { level: 'silent' },
    });
    const names = (await readdir(folder)).filter((name) => name === 'types.gen.ts');
    return await Promise.all(
      names.map(
        async (name) => [`${CLIENT}/${name}`, await readFile(join(folder, name), 'utf8')] as const,
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
