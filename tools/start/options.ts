import { parseArgs } from 'node:util';
import type { Words } from '#libs/kernel';
import { Failure } from '../failure.js';

/** What the person asked for behind `npm start --`. */
export interface StartOptions {
  /** Port of the gateway, and of bank-core's pages; undefined: the remembered or a free one. */
  readonly port: number | undefined;
  readonly bankPort: number | undefined;
  /** Throws the embedded databases away first and begins anew. */
  readonly isReset: boolean;
  readonly language: 'ja' | 'en' | 'both';
}

const USAGE: Words = {
  ja: '使い方: npm start -- [--port 番号] [--bank-port 番号] [--reset] [--lang ja|en]',
  en: 'Usage: npm start -- [--port NUMBER] [--bank-port NUMBER] [--reset] [--lang ja|en]',
};

export function readStartOptions(args: readonly string[]): StartOptions {
  const values = parse(args);
  const language = values.lang ?? process.env['RENKEI_LANG'];
  if (language !== undefined && language !== 'ja' && language !== 'en') throw usage();
  return {
    port: portFrom('--port', values.port),
    bankPort: portFrom('--bank-port', values['bank-port']),
    isReset: values.reset ?? false,
    language: language ?? 'both',
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'bank-port': { type: 'string' },
        reset: { type: 'boolean' },
        lang: { type: 'string' },
      },
    }).values;
  } catch {
    throw usage();
  }
}

function portFrom(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Failure(
    {
      ja: `${name} には 1 から 65535 までの番号を指定してください（${text} は使えません）。`,
      en: `${name} takes a number from 1 to 65535; ${text} is none.`,
    },
    2,
  );
}

const usage = (): Failure => new Failure(USAGE, 2);

/** One language, or both with Japanese first. */
export const spoken = (words: Words, language: StartOptions['language']): string =>
  language === 'both' ? `${words.ja} · ${words.en}` : words[language];
