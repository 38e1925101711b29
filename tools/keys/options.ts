import { parseArgs } from 'node:util';
import { Failure } from '../failure.js';

/** What the operator asked for behind `npm run keys --`. */
export type KeysOptions =
  | { readonly act: 'list' }
  | { readonly act: 'add'; readonly alg: 'ES256' | 'PS256' }
  | { readonly act: 'promote' | 'remove'; readonly kid: string };

const usage = (): Failure =>
  new Failure(
    {
      ja: '使い方: npm run keys -- list | add --alg ES256|PS256 | promote KID | remove KID  [--file FILE]',
      en: 'Usage: npm run keys -- list | add --alg ES256|PS256 | promote KID | remove KID  [--file FILE]',
    },
    2,
  );

export function readKeysOptions(args: readonly string[]): KeysOptions & { file?: string } {
  const { values, positionals } = parse(args);
  const [act = 'list', kid, more] = positionals;
  const file = values.file === undefined ? {} : { file: values.file };
  if (act === 'list' && kid === undefined) return { act, ...file };
  if (act === 'add' && kid === undefined) {
    const { alg = 'ES256' } = values;
    if (alg === 'ES256' || alg === 'PS256') return { act, alg, ...file };
  }
  if ((act === 'promote' || act === 'remove') && kid !== undefined && more === undefined)
    return { act, kid, ...file };
  throw usage();
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { alg: { type: 'string' }, file: { type: 'string' } },
    });
  } catch {
    throw usage();
  }
}
