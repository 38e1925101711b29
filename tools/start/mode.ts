import { readFileSync } from 'node:fs';
import { withConnection } from '../databases/index.js';
import { Failure } from '../failure.js';
import { REPLACEABLE } from './server-environment.js';

export type Mode = 'demo' | 'test' | 'production';

/** Settings that lead somewhere: whatever is not this machine demands an explicit mode (T-23). */
const ADDRESSES = [
  'DATABASE_URL_BANK',
  'DATABASE_URL_GATEWAY',
  'GATEWAY_PUBLIC_ORIGIN',
  'BANK_PUBLIC_ORIGIN',
  'GATEWAY_LISTEN',
  'BANK_LISTEN',
] as const;

/** In production nothing that this machine made up may stand in for an operator's own. */
const OWN_IN_PRODUCTION = ['DATABASE_URL_BANK', 'DATABASE_URL_GATEWAY', ...REPLACEABLE] as const;

/** Reads RENKEI_ENV. Refuses an unknown mode, a silent step off loopback, a half-set production. */
export function readMode(environment: NodeJS.ProcessEnv = process.env): Mode {
  const named = environment['RENKEI_ENV'];
  if (named !== undefined && named !== 'demo' && named !== 'test' && named !== 'production') {
    throw new Failure({
      ja: `RENKEI_ENV には demo・test・production のいずれかを指定してください（${named} は使えません）。`,
      en: `RENKEI_ENV is demo, test or production; ${named} is none of them.`,
    });
  }
  const away = ADDRESSES.find((name) => !isLoopback(environment[name]));
  if (named === undefined && away) {
    throw new Failure({
      ja: `${away} がこのマシンの外を指しています。RENKEI_ENV に demo か production を明示してください。`,
      en: `${away} leads off this machine; say which mode you mean: RENKEI_ENV=demo or production.`,
    });
  }
  const missing = OWN_IN_PRODUCTION.find((name) => !environment[name]);
  if (named === 'production' && missing) {
    throw new Failure({
      ja: `RENKEI_ENV=production では ${missing} の設定が必要です（この端末で作った鍵やデータベースは使いません）。`,
      en: `RENKEI_ENV=production needs ${missing}; nothing made up on this machine is used there.`,
    });
  }
  return named ?? 'demo';
}

/** True for nothing at all and for an address of this machine: URL, `host:port` or host. */
export function isLoopback(address: string | undefined): boolean {
  if (!address) return true;
  const host = address.includes('://')
    ? new URL(address).hostname
    : address.replace(/:\d+$/, '').trim();
  const bare = host.replace(/^\[|\]$/g, '');
  return (
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare) ||
    bare === '::1' ||
    bare === 'localhost' ||
    bare.endsWith('.localhost')
  );
}

/** Production never runs on a database with sample parameters in it: that is a demonstration's. */
export async function refuseDemoData(mode: Mode, bankUrl: string): Promise<void> {
  if (mode !== 'production') return;
  const samples = await withConnection(bankUrl, (client) =>
    client.query('SELECT 1 FROM parameter_value WHERE sample LIMIT 1'),
  );
  if (samples.rowCount === 0) return;
  throw new Failure({
    ja: 'DATABASE_URL_BANK のデータベースには見本のデータが入っています。RENKEI_ENV=production では、空のデータベースを用意してください。',
    en:
      'The database of DATABASE_URL_BANK holds demonstration data; ' +
      'RENKEI_ENV=production needs a database without any.',
  });
}

/** The key that wraps TOTP secrets, as the servers read it. */
export const readKey = (file: string): Buffer =>
  Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
