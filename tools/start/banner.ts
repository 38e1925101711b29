import { relative } from 'node:path';
import { readJsonIfThere } from '../files.js';
import type { Home } from './home.js';
import { spoken, type StartOptions } from './options.js';
import { peopleFile, staffFile } from './seeding.js';
import type { DemoPerson } from './seeds.js';
import {
  bankOrigin,
  consoleOrigin,
  gatewayMutualOrigin,
  gatewayOrigin,
} from './server-environment.js';
import type { Ports } from './state.js';
import { padEnd } from './steps.js';

export interface BannerFacts {
  readonly home: Home;
  readonly ports: Ports;
  readonly authorityFile: string;
  readonly language: StartOptions['language'];
  readonly isDemo: boolean;
}

/** Institutions whose people are shown; everybody else stands in people.json. */
const SHOWN = ['2963', '2825'];

/** What a person needs next: addresses, demo people, the first call. */
export async function banner(facts: BannerFacts): Promise<string> {
  const say = (ja: string, en: string): string => spoken({ ja, en }, facts.language);
  const gateway = process.env['GATEWAY_PUBLIC_ORIGIN'] ?? gatewayOrigin(facts.ports);
  const mutual = process.env['GATEWAY_MTLS_PUBLIC_ORIGIN'] ?? gatewayMutualOrigin(facts.ports);
  const bank = process.env['BANK_PUBLIC_ORIGIN'] ?? bankOrigin(facts.ports);
  const console = process.env['CONSOLE_PUBLIC_ORIGIN'] ?? consoleOrigin(facts.ports);
  const lines = [
    say('準備完了', 'Ready'),
    `  ${padEnd(say('ゲートウェイ (OAuth・API)', 'gateway (OAuth, API)'), 48)} ${gateway}`,
    `  ${padEnd(say('ゲートウェイ (クライアント証明書用)', 'gateway (client certificates)'), 48)} ${mutual}`,
    `  ${padEnd(say('同意・確認の画面', 'approval pages'), 48)} ${bank}`,
    `  ${padEnd(say('職員の API', "officers' API"), 48)} ${console}`,
    `  ${padEnd(say('証明書の発行元 (curl --cacert)', 'certificate authority'), 48)} ${short(facts.authorityFile)}`,
  ];
  if (facts.isDemo) lines.push(...(await demoLines(facts, say)));
  return `${lines.join('\n')}\n`;
}

async function demoLines(
  facts: BannerFacts,
  say: (ja: string, en: string) => string,
): Promise<string[]> {
  const file = peopleFile(facts.home);
  const people = (await readJsonIfThere<DemoPerson[]>(file)) ?? [];
  const shown = SHOWN.flatMap((code) => people.find((person) => person.bankCode === code) ?? []);
  const rows = shown.map(
    (person) =>
      `    ${person.bankCode}  ${padEnd(person.name, 14)} ${person.loginId}  ` +
      `${person.loginPassword}  ${person.confirmationPassword}`,
  );
  return [
    `  ${say(
      'デモの人 (機関・氏名・ログインID・ログインパスワード・確認用パスワード)',
      'demo people (bank, name, login id, login password, confirmation password)',
    )}`,
    ...rows,
    `    ${say('ほかの人とワンタイムパスワードの鍵', 'everybody else, and one-time password secrets')}: ${short(file)}`,
    `    ${say('職員 (npm run staff)', 'officers (npm run staff)')}: ${short(staffFile(facts.home))}`,
    `${say('最初の呼び出し', 'First call')}:  npm run flow -- --bank 2963 --explain`,
  ];
}

const short = (path: string): string => {
  const below = relative(process.cwd(), path);
  return below.startsWith('..') ? path : below;
};
