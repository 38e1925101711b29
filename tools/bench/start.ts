import { spawnSync } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files.js';
import type { Measured } from '../measurement.js';
import { pause } from '../machine-clock.js';
import { projectRoot } from '../project.js';
import { residentMb, startSystem } from './started-system.js';

/** What "idle" means here: this long after the second start nobody has asked for anything. */
const IDLE_MS = 10_000;

/**
 * A fresh clone of the committed state, `npm start` in it twice, and the memory of both servers when
 * they idle. The package cache is whatever this machine has; a warm one is what the budget supposes.
 */
export async function run(): Promise<Measured> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-bench-'));
  await makeFolder(folder, 0o711);
  const clone = join(folder, 'clone');
  try {
    const made = spawnSync('git', ['clone', '--quiet', projectRoot, clone], { encoding: 'utf8' });
    if (made.status !== 0) return unmeasured(`git clone failed: ${made.stderr.trim()}`);
    const first = await startSystem(clone, join(clone, '.renkei'));
    await first.stop();
    const second = await startSystem(clone, join(clone, '.renkei'));
    await pause(IDLE_MS);
    const { gateway, bank } = second.running();
    const figures = {
      first_ready_s: round(first.readyS),
      second_ready_s: round(second.readyS),
      gateway_rss_mb: residentMb(gateway.pid),
      bank_core_rss_mb: residentMb(bank.pid),
    };
    await second.stop();
    return {
      name: 'start',
      figures,
      ...(figures.gateway_rss_mb === null
        ? { reasons: { gateway_rss_mb: 'no /proc', bank_core_rss_mb: 'no /proc' } }
        : {}),
      conditions: { clone: 'fresh', install: 'npm ci, cache of this machine', idle_ms: IDLE_MS },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function unmeasured(reason: string): Measured {
  const keys = ['first_ready_s', 'second_ready_s', 'gateway_rss_mb', 'bank_core_rss_mb'];
  return {
    name: 'start',
    figures: Object.fromEntries(keys.map((key) => [key, null])),
    reasons: Object.fromEntries(keys.map((key) => [key, reason])),
    conditions: {},
  };
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
