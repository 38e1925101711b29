import { join } from 'node:path';
import type { JWK } from 'jose';
import { Failure, runCommand } from '../failure.js';
import { readJsonIfThere, writeJson } from '../files.js';
import { readKeysOptions, type KeysOptions } from '../keys/options.js';
import { stateOf, withNext, without, withSigner, type SigningKeys } from '../keys/rotate.js';
import { homeAt } from '../start/home.js';
import { newSigningKey } from '../start/secrets.js';

interface SecretsFile {
  readonly jwks: { readonly keys: readonly JWK[] };
}

/** `npm run keys`: the authorization server's signing keys, changed with an overlap (docs/keys.md). */
async function keys(args: readonly string[]): Promise<number> {
  const options = readKeysOptions(args);
  const file =
    options.file ?? process.env['GATEWAY_SECRETS_FILE'] ?? join(homeAt().secrets, 'gateway.json');
  const secrets = await readJsonIfThere<SecretsFile>(file);
  if (!secrets?.jwks) throw noFile(file);
  const before = secrets.jwks.keys;
  const after = await changed(before, options);
  if (after !== before) await writeJson(file, { ...secrets, jwks: { keys: after } });
  for (const key of after) process.stdout.write(`${key.kid}  ${key.alg}  ${stateOf(after, key)}\n`);
  return 0;
}

async function changed(before: SigningKeys, options: KeysOptions): Promise<SigningKeys> {
  if (options.act === 'add') return withNext(before, await newSigningKey(options.alg));
  if (options.act === 'promote') return withSigner(before, options.kid);
  if (options.act === 'remove') return without(before, options.kid);
  return before;
}

const noFile = (file: string): Failure =>
  new Failure({
    ja: `${file} に鍵がありません。npm start を一度実行するか、--file で指定してください。`,
    en: `There are no keys in ${file}; run npm start once, or name the file by --file.`,
  });

await runCommand(() => keys(process.argv.slice(2)));
