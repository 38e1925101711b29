import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { JWK } from 'jose';
import { Failure, runCommand } from '../failure.js';
import { readInstallation } from '../flow/installation.js';
import { machineNow } from '../machine-clock.js';
import { issueStatement, type DemoIssuer, type Vouched } from '../start/statement-issuer.js';

/** `npm run statement`: a software statement of the demonstration's own directory (docs/registration.md). */
async function statement(args: readonly string[]): Promise<number> {
  const vouched = await readWish(args);
  const { home, running } = await readInstallation();
  const file = await readFile(join(home.secrets, 'statement-issuer.json'), 'utf8');
  const issuer = JSON.parse(file) as DemoIssuer;
  const now = Math.floor(machineNow() / 1000);
  const made = await issueStatement(issuer, running.gateway.origin, vouched, now);
  process.stdout.write(`${made}\n`);
  return 0;
}

async function readWish(args: readonly string[]): Promise<Vouched> {
  const { epsp, jwks, software, name, redirect = [], role } = parse(args);
  if (!epsp || !jwks || redirect.length === 0) throw usage();
  return {
    epspId: epsp,
    softwareId: software ?? `sw-${epsp.slice(-8)}`,
    clientName: name ?? 'Demo software',
    roles: role ?? ['account_information'],
    redirectUris: redirect,
    jwks: await readKeys(jwks),
  };
}

async function readKeys(file: string): Promise<{ keys: JWK[] }> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as JWK | { keys: JWK[] };
    return 'keys' in read ? (read as { keys: JWK[] }) : { keys: [read as JWK] };
  } catch {
    throw new Failure(
      {
        ja: `${file} を JWK または JWK セットとして読めません。`,
        en: `${file} cannot be read as a JWK or a JWK set.`,
      },
      2,
    );
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const texts = { type: 'string', multiple: true } as const;
  try {
    const options = { epsp: text, jwks: text, software: text, name: text } as const;
    const lists = { redirect: texts, role: texts } as const;
    return parseArgs({ args: [...args], options: { ...options, ...lists } }).values;
  } catch {
    throw usage();
  }
}

const COMMAND =
  'npm run statement -- --epsp epsp_… --jwks public-keys.json --redirect URL [--redirect URL] ' +
  '[--software ID] [--name NAME] [--role account_information|transfer_initiation]';

const usage = (): Failure => new Failure({ ja: `使い方: ${COMMAND}`, en: `Usage: ${COMMAND}` }, 2);

await runCommand(() => statement(process.argv.slice(2)));
