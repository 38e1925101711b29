import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { openArena } from './bank-test/arena.js';
import { NEMESIS_NAMES, type NemesisName } from './bank-test/nemeses/index.js';
import { playRounds } from './bank-test/rounds.js';

const LOAD_MS = 1_500;

/**
 * The bank test in the manner of Jepsen, on a durable cluster of its own: orders through four doors, a nemesis per
 * round, readers all the time, and after each round the history against the rows and a sequential model.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '20261122' },
      nemesis: { type: 'string', multiple: true },
    },
  });
  const since = stopwatch();
  const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
  const arena = await openArena(seed);
  // Whoever breaks off leaves no server behind.
  const stop = (): void => void arena.close().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { figures, conditions } = await playRounds(arena, {
      rounds,
      seed,
      loadMs: LOAD_MS,
      nemeses: chosen(values.nemesis),
      onWords: (words) => void process.stderr.write(`${words}\n`),
    });
    return {
      name: 'bank-test',
      figures: { ...figures },
      conditions: {
        seed,
        seconds: Math.round(elapsedMs(since) / 1000),
        cluster: 'embedded PostgreSQL, fsync, synchronous_commit and full_page_writes on',
        recovery: 'from the kill, or from the end of a full disk, until the slowest door answers',
        disk_full: 'RLIMIT_FSIZE of every server process by prlimit, lifted while running',
        power_loss: 'not tested: kill -9 keeps the page cache',
        ...conditions,
      },
    };
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await arena.close();
  }
}

function chosen(names: readonly string[] | undefined): readonly NemesisName[] {
  return names ? NEMESIS_NAMES.filter((name) => names.includes(name)) : NEMESIS_NAMES;
}
