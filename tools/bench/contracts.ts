import { loadavg } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { Measured } from '../measurement.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { compiled } from '../project.js';
import { bundleKb } from './contracts/bundle.js';
import { aLargeClaim, decideLargeClaim } from './contracts/large-claim.js';
import { checkOneTransfer } from './contracts/transfer-checks.js';

const ROUNDS = 7;
const CHECKS_PER_ROUND = 20_000;
const DECISIONS = 101;

/** The middle of several rounds: one round on a busy machine says little. */
function middle(rounds: number, measureOnce: () => number): number {
  const figures = Array.from({ length: rounds }, measureOnce).sort((a, b) => a - b);
  return figures[Math.floor(rounds / 2)] ?? 0;
}

const timed = (act: () => void): number => {
  const since = stopwatch();
  act();
  return elapsedMs(since);
};

function transferChecksUs(): number {
  const round = () =>
    timed(() => {
      for (let i = 0; i < CHECKS_PER_ROUND; i += 1) checkOneTransfer(i);
    });
  round();
  return (middle(ROUNDS, round) * 1000) / CHECKS_PER_ROUND;
}

/** Median wall time, and the processor's mean: on a machine that others use they differ. */
function compensation(): { wallMs: number; cpuMs: number } {
  const claim = aLargeClaim(1000);
  for (let i = 0; i < 20; i += 1) decideLargeClaim(claim);
  const before = process.cpuUsage();
  const wallMs = middle(DECISIONS, () => timed(() => decideLargeClaim(claim)));
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000 / DECISIONS };
}

/** The explorer stands beside the machines' specs, not behind the library's door. */
async function explorerS(): Promise<number> {
  const file = compiled('libs', 'contracts', 'src', 'machines', 'explorer', 'all-worlds.js');
  const { exploreAll } = (await import(pathToFileURL(file).href)) as { exploreAll: () => unknown };
  return timed(() => exploreAll()) / 1000;
}

const round = (figure: number, digits: number): number => Number(figure.toFixed(digits));

/**
 * What the contract library costs: all clauses that gate one transfer, an SM-14 decision over 1,000
 * transfers (its input hash included), and a walk through every state of every machine.
 */
export async function run(): Promise<Measured> {
  const { wallMs, cpuMs } = compensation();
  const bundle = await bundleKb({ withTexts: false });
  return {
    name: 'contracts',
    figures: {
      transfer_checks_us: round(transferChecksUs(), 2),
      compensation_1000_ms: round(wallMs, 3),
      compensation_1000_cpu_ms: round(cpuMs, 3),
      explorer_s: round(await explorerS(), 1),
      bundle_kb: round(bundle.brotli, 1),
      bundle_gzip_kb: round(bundle.gzip, 1),
      bundle_with_texts_kb: round((await bundleKb({ withTexts: true })).brotli, 1),
    },
    conditions: {
      transfer_checks: `median of ${ROUNDS} rounds of ${CHECKS_PER_ROUND}, warm`,
      compensation: `median of ${DECISIONS}, warm; cpu: mean of the same`,
      load_1m: round(loadavg()[0] ?? 0, 1),
      explorer: 'one walk, cold',
      bundle: 'contracts, liability and kernel; esbuild, minified, brotli 11 (gzip 9 beside it)',
    },
  };
}
