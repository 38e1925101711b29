import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startServers, type TestSystem } from '#libs/testing';
import { localAgent, localFetch } from '../../http/index.js';
import { pause } from '../../machine-clock.js';
import { signal } from '../../processes.js';
import { waitUntilReady } from '../../start/ready.js';
import { WRITING_BANKS, type Arena, type Victim } from './arena.js';
import { killRounds } from './rounds.js';

/** The short form of `npm run campaign -- kill`. */
describe('kill -9 in the middle of approvals and transfers', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startServers();
  });
  afterAll(async () => {
    agent?.destroy();
    await system.stop();
  });

  let agent: ReturnType<typeof localAgent> | undefined;

  const arena = (): Arena => {
    const own = localAgent(system.authority, { keepAlive: false });
    agent = own;
    const [client] = system.clients;
    if (!client) throw new Error('The seed makes three clients.');
    const killed: Partial<Record<Victim, number>> = {};
    return {
      gatewayOrigin: system.gatewayOrigin,
      fetch: localFetch(own),
      client,
      people: system.people.filter((person) => WRITING_BANKS.includes(person.bankCode)),
      bankDatabaseUrl: system.databases.bank.adminUrl,
      async kill(victim) {
        const process = system.servers[victim];
        while (process.pid === undefined || process.pid === killed[victim]) await pause(10);
        killed[victim] = process.pid;
        signal(process.pid, 'SIGKILL');
      },
      async recovered() {
        const origins = [system.gatewayOrigin, system.bankOrigin];
        await Promise.all(origins.map((origin) => waitUntilReady(origin, own)));
      },
    };
  };

  test('SM-5.2 nothing confirmed is lost, nothing is debited twice, every status is true', async () => {
    const { figures, findings } = await killRounds(arena(), { rounds: 4, seed: 1 });
    expect(findings).toEqual([]);
    expect(figures).toMatchObject({ rounds: 4, lost: 0, doubled: 0, unexplained: 0 });
    expect(figures.formed + figures.consents).toBeGreaterThan(2);
  });
});
