import { parseArgs } from 'node:util';
import { Database } from '#libs/platform';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { Cutter } from './cases/cuts.js';
import { onCaseGround } from './cases/ground.js';
import { killRounds } from './cases/kill-rounds.js';
import { librarySequences } from './cases/library-sequences.js';
import { officer } from './cases/room.js';
import { roomSequences } from './cases/room-sequences.js';

/** What a kill is here, in the words of the conditions. */
const HOW =
  'the backend is ended at a random statement, or the answer is lost after the commit; ' +
  'this process lives on, tells the step again and runs the desk’s job';

/**
 * Random sequences of payments, attributions and claims, most through the liability library alone and a stated share
 * through the room on PostgreSQL; then claims whose connections are cut at random places. `--sequences`,
 * `--in-room`, `--kills`, `--seed`.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      sequences: { type: 'string', default: '100000' },
      'in-room': { type: 'string', default: '2000' },
      kills: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '20261122' },
    },
  });
  const since = stopwatch();
  const [seed, all, kills] = [Number(values.seed), Number(values.sequences), Number(values.kills)];
  const inRoom = Math.min(all, Number(values['in-room']));
  const found = [...librarySequences(all - inRoom, seed)];
  const killed = await onCaseGround(async (bank) => {
    found.push(...(await roomSequences(bank, inRoom, seed)));
    const people = {
      one: await officer(bank, 'chuo-compliance', 'compliance'),
      other: await officer(bank, 'chuo-approver', 'approver'),
    };
    const cutter = new Cutter(bank.app.get(Database));
    return killRounds(bank, cutter, people, { kills, seed });
  });
  for (const finding of found) process.stderr.write(`${finding}\n`);
  return {
    name: 'cases',
    figures: {
      sequences: all,
      violations: found.length,
      kills: killed.cuts,
      ...killed.figures,
    },
    conditions: {
      seed,
      through_the_library: all - inRoom,
      through_the_room: `${inRoom}, two tellers at a time on each case, judged by the rows`,
      kills: `${killed.rounds} claims of five steps: ${HOW}`,
      seconds: Math.round(elapsedMs(since) / 1000),
    },
  };
}
