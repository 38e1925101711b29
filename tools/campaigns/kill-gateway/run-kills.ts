import type { DemoPerson } from '../../start/seeds.js';
import { Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import { seeded } from '../oracle/random.js';
import { Approver } from './approver.js';
import { Caller } from './caller.js';
import { Grantee } from './grantee.js';
import { doubledGrants, orphanedConsents } from './orphans.js';
import { Replays } from './replays.js';
import { killInTurn, type KillOptions, type Kills } from './slots.js';
import { Tally } from './tally.js';

export interface KillGatewayResult {
  readonly kills: Kills;
  readonly tally: Tally;
  readonly orphans: number;
}

/** Grants in use at the same time; the others rest, and are asked again at the end. */
const IN_USE = 4;
const APPROVERS = 2;

/** Flows of two holders and the use of their grants, while process after process is killed. */
export async function killUnderLoad(
  stage: Stage,
  options: KillOptions,
): Promise<KillGatewayResult> {
  const tally = new Tally();
  const replays = new Replays(tally);
  const grantees: Grantee[] = [];
  const uses: Promise<void>[] = [];
  let isOver = false;
  const [client] = stage.clients;
  if (!client) throw new Error('The seed makes three clients.');

  const approveOn = async (person: DemoPerson, at: number): Promise<void> => {
    const random = seeded(options.seed + at);
    const software = new Software(client, stage.origin);
    const caller = new Caller(stage, software, random, tally);
    const approver = new Approver(stage, caller, person, random, tally, replays);
    while (!isOver) {
      const tokens = await approver.approveOnce();
      if (!tokens) continue;
      const grantee = new Grantee(caller, person.bankCode, tokens, random, tally, replays);
      grantees.push(grantee);
      if (uses.length < IN_USE) uses.push(grantee.useUntil(() => isOver));
    }
  };
  const people = differentBanks(stage.people).slice(0, APPROVERS);
  const approving = people.map(approveOn);
  const failed = Promise.all(approving).then(() => undefined);
  const kills = await Promise.race([
    killInTurn(stage, {
      ...options,
      onKilled: (at) => {
        const taken = replays.takenBy(at);
        return () => replays.send(taken);
      },
      isEnough: () => tally.hasTriedAll(),
    }),
    failed.then((): never => {
      throw new Error('The approvers ended before the kills did.');
    }),
  ]);
  isOver = true;
  await Promise.all([failed.catch(() => undefined), ...uses]);
  // Whatever was handed out, hours ago or a moment before a kill, works now that all processes stand.
  for (const grantee of grantees) await grantee.useOnceMore();
  for (const grant of await doubledGrants(stage)) {
    tally.find('accepted_twice', `the code of grant ${grant}, which has two refresh tokens`);
  }
  const orphans = await orphanedConsents(stage);
  for (const { consentId, grants } of orphans) {
    const kept = JSON.stringify(grants);
    tally.find('lost_grants', `${consentId} stands, and nobody can use it: ${kept}`);
  }
  return { kills, tally, orphans: orphans.length };
}

function differentBanks(people: readonly DemoPerson[]): DemoPerson[] {
  return [...new Map(people.map((person) => [person.bankCode, person])).values()];
}
