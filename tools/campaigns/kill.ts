import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSystem, takePortsOfOurOwn, type StartedSystem } from '../bench/started-system.js';
import { homeAt } from '../start/home.js';
import { accountForPostgres, placeForCluster } from '../embedded-postgres/index.js';
import { SUPERUSER } from '../embedded-postgres/initialise.js';
import { readJsonIfThere, makeFolder } from '../files.js';
import { readDemoClients } from '../flow/installation.js';
import { localAgent, localFetch } from '../http/index.js';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { signal } from '../processes.js';
import { projectRoot } from '../project.js';
import { waitUntilReady } from '../start/ready.js';
import type { DatabaseSecrets } from '../start/secrets.js';
import { peopleFile } from '../start/seeding.js';
import type { DemoPerson } from '../start/seeds.js';
import { WRITING_BANKS, type Arena, type Victim } from './kill/arena.js';
import { killRounds } from './kill/rounds.js';

/** 100 rounds of kill -9 of bank-core and of the gateway, judged per instruction id. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      rounds: { type: 'string', default: '100' },
      seed: { type: 'string', default: '20261122' },
    },
  });
  const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
  const since = stopwatch();
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-kill-'));
  await makeFolder(folder, 0o711);
  let system: StartedSystem | undefined;
  try {
    await takePortsOfOurOwn(homeAt(folder));
    system = await startSystem(projectRoot, folder);
    const arena = await arenaOf(system);
    const onRound = (_round: number, line: string): void => {
      process.stderr.write(`${line}\n`);
    };
    const { figures, findings } = await killRounds(arena, { rounds, seed, onRound });
    return {
      name: 'kill',
      figures: { ...figures },
      ...(findings.length === 0 ? {} : { reasons: { findings: findings.join('; ') } }),
      conditions: {
        seed,
        seconds: Math.round(elapsedMs(since) / 1000),
        victims: 'bank-core and gateway in turn, at a moment inside the flow',
        judged: 'transfer and posting rows per instruction id, then the whole ledger',
      },
    };
  } finally {
    await system?.stop();
    await rm(await placeForCluster(folder, accountForPostgres()), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

export async function arenaOf(system: StartedSystem): Promise<Arena> {
  const { home } = system;
  const { gateway, bank, outsideAuthority } = system.running();
  const authority = await readFile(outsideAuthority, 'utf8');
  // A kept connection to a killed process would only tell of the one before.
  const agent = localAgent(authority, { keepAlive: false });
  const people = (await readJsonIfThere<DemoPerson[]>(peopleFile(home))) ?? [];
  const [client] = await readDemoClients(home.demo);
  if (!client) throw new Error('The demonstration has no client.');
  const killed: Partial<Record<Victim, number | undefined>> = { bank: -1, gateway: -1 };
  return {
    gatewayOrigin: gateway.origin,
    fetch: localFetch(agent),
    client,
    people: people.filter((person) => WRITING_BANKS.includes(person.bankCode)),
    bankDatabaseUrl: await adminUrl(system),
    async kill(victim) {
      // The supervisor names the new process a moment after it listens.
      while (system.running()[victim].pid === killed[victim]) await pause(10);
      const { pid } = system.running()[victim];
      killed[victim] = pid;
      if (pid) signal(pid, 'SIGKILL');
    },
    async recovered() {
      await Promise.all([gateway, bank].map(({ origin }) => waitUntilReady(origin, agent)));
    },
  };
}

/** The superuser's URL of the started system: row-level security hides nothing from the judge. */
async function adminUrl({ home }: StartedSystem): Promise<string> {
  const secrets = await readJsonIfThere<DatabaseSecrets>(join(home.secrets, 'database.json'));
  const place = await placeForCluster(home.folder, accountForPostgres());
  const kept = await readJsonIfThere<{ port: number }>(join(place, 'port.json'));
  if (!secrets || !kept) throw new Error('The started system has no embedded database.');
  return `postgres://${SUPERUSER}:${secrets.superuser}@127.0.0.1:${kept.port}/renkei_bank`;
}
