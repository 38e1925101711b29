import { parseArgs } from 'node:util';
import { Database } from '#libs/platform';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { BankProcess } from './cases/bank-process.js';
import { Cutter } from './cases/cuts.js';
import { onCaseGround } from './cases/ground.js';
import { killRounds, type KillFigures } from './cases/kill-rounds.js';
import { librarySequences } from './cases/library-sequences.js';
import { processKills } from './cases/process-kills.js';
import { officer } from './cases/room.js';
import { roomSequences } from './cases/room-sequences.js';

/** What a kill is here, in the words of the conditions. */
const HOW =
  'the backend is ended at a random statement, or the answer is lost after the commit, and the step is told again';
const HOW_A_SERVER =
  'kill -9 of the whole server at a random moment of a step over the console’s API, then asked again';

/**
 * Random sequences of payments, attributions and claims, most through the liability library alone and a stated share
 * through the room on PostgreSQL; then claims whose connections are cut at random places, and claims whose server is
 * killed. `--sequences`, `--in-room`, `--kills` (all), `--servers` (of them, whole servers), `--seed`.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      sequences: { type: 'string', default: '100000' },
      'in-room': { type: 'string', default: '2000' },
      kills: { type: 'string', default: '1000' },
      servers: { type: 'string', default: '100' },
      seed: { type: 'string', default: '20261122' },
    },
  });
  const since = stopwatch();
  const [seed, all, kills] = [Number(values.seed), Number(values.sequences), Number(values.kills)];
  const inRoom = Math.min(all, Number(values['in-room']));
  const servers = Math.min(kills, Number(values.servers));
  const found = [...librarySequences(all - inRoom, seed)];
  const killed = await onCaseGround(async (bank) => {
    const fallen = servers === 0 ? NONE : await onBankProcess({ kills: servers, seed });
    found.push(...(await roomSequences(bank, inRoom, seed)));
    const people = {
      one: await officer(bank, 'chuo-compliance', 'compliance'),
      other: await officer(bank, 'chuo-approver', 'approver'),
    };
    const cutter = new Cutter(bank.app.get(Database));
    const cut = await killRounds(bank, cutter, people, { kills: kills - fallen.falls, seed });
    return { cut, fallen };
  });
  const { cut, fallen } = killed;
  for (const finding of found) process.stderr.write(`${finding}\n`);
  return {
    name: 'cases',
    figures: {
      sequences: all,
      violations: found.length,
      kills: cut.cuts + fallen.falls,
      servers_killed: fallen.falls,
      half_done: cut.figures.half_done + fallen.figures.half_done,
      lost_deadlines: cut.figures.lost_deadlines + fallen.figures.lost_deadlines,
      doubled_effects: cut.figures.doubled_effects + fallen.figures.doubled_effects,
    },
    conditions: {
      seed,
      through_the_library: all - inRoom,
      through_the_room: `${inRoom}, two tellers at a time on each case, judged by the rows`,
      cuts: `${cut.rounds} claims of five steps: ${HOW}`,
      servers: `${fallen.rounds} claims of four steps: ${HOW_A_SERVER}`,
      seconds: Math.round(elapsedMs(since) / 1000),
    },
  };
}

const NONE = {
  figures: { half_done: 0, lost_deadlines: 0, doubled_effects: 0 } satisfies KillFigures,
  falls: 0,
  rounds: 0,
};

async function onBankProcess(options: { kills: number; seed: number }) {
  const bank = await BankProcess.start();
  try {
    return await processKills(bank, options);
  } finally {
    await bank.stop();
  }
}
