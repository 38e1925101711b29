import { parseArgs } from 'node:util';
import { Failure } from '../failure.js';
import type { StartOptions } from '../start/options.js';

export interface FlowOptions {
  readonly bankCode: string;
  readonly isExplaining: boolean;
  /** Approve in a browser of one's own instead of the built-in one. */
  readonly isByHand: boolean;
  readonly language: StartOptions['language'];
}

export function readFlowOptions(args: readonly string[]): FlowOptions {
  const values = parse(args);
  const { lang, bank = '2963' } = values;
  if (!/^\d{4}$/.test(bank) || (lang !== undefined && lang !== 'ja' && lang !== 'en')) {
    throw usage();
  }
  return {
    bankCode: bank,
    isExplaining: values.explain ?? false,
    isByHand: values.browser ?? false,
    language: lang ?? 'both',
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        bank: { type: 'string' },
        explain: { type: 'boolean' },
        browser: { type: 'boolean' },
        lang: { type: 'string' },
      },
    }).values;
  } catch {
    throw usage();
  }
}

const usage = (): Failure =>
  new Failure(
    {
      ja: '使い方: npm run flow -- [--bank 金融機関コード] [--explain] [--browser] [--lang ja|en]',
      en: 'Usage: npm run flow -- [--bank CODE] [--explain] [--browser] [--lang ja|en]',
    },
    2,
  );
