import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import { readJsonIfThere } from '../files.js';
import { isAlive } from '../processes.js';
import type { DemoClient } from '../start/demo-clients.js';
import { homeAt, type Home } from '../start/home.js';
import { peopleFile } from '../start/seeding.js';
import type { DemoPerson } from '../start/seeds.js';
import type { Running } from '../start/supervisor.js';

/** The running system as its demonstration's intermediaries and people know it. */
export interface Installation {
  readonly home: Home;
  readonly running: Running;
  /** PEM of the outside authority. */
  readonly authority: string;
  readonly clients: readonly DemoClient[];
  readonly people: readonly DemoPerson[];
}

/** Reads what `npm start` left for us. Fails with the next command when nothing runs. */
export async function readInstallation(home: Home = homeAt()): Promise<Installation> {
  const running = await readJsonIfThere<Running>(home.runningFile);
  if (!running || !isAlive(running.supervisor)) throw notRunning();
  const people = (await readJsonIfThere<DemoPerson[]>(peopleFile(home))) ?? [];
  const clients = await readDemoClients(home.demo);
  if (people.length === 0 || clients.length === 0) throw noDemo();
  const authority = await readFile(running.outsideAuthority, 'utf8');
  return { home, running, authority, clients, people };
}

export async function readDemoClients(folder: string): Promise<DemoClient[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => /^epsp_.*\.json$/.test(name)).sort();
  const read = await Promise.all(
    files.map((name) => readJsonIfThere<DemoClient>(join(folder, name))),
  );
  return read.filter((client) => client !== undefined);
}

/** The story person of an institution. Fails with the codes that have one. */
export function personAt(installation: Installation, bankCode: string): DemoPerson {
  const found = installation.people.find((person) => person.bankCode === bankCode);
  if (found) return found;
  const codes = [...new Set(installation.people.map((person) => person.bankCode))].sort();
  throw new Failure(
    {
      ja: `--bank ${bankCode} には利用者がいません。次のいずれかを指定してください: ${codes.join(' ')}`,
      en: `Nobody has an account at --bank ${bankCode}; choose one of ${codes.join(' ')}.`,
    },
    2,
  );
}

const notRunning = (): Failure =>
  new Failure(
    {
      ja: 'Renkei が動いていません。別の端末で npm start を実行してから、もう一度どうぞ。',
      en: 'Renkei is not running; run npm start in another terminal, then this command again.',
    },
    6,
  );

const noDemo = (): Failure =>
  new Failure(
    {
      ja: 'デモの人と連携業者が見つかりません。npm start -- --reset でデモを作り直してください。',
      en: 'There are no demo people or clients; npm start -- --reset makes the demo anew.',
    },
    6,
  );
