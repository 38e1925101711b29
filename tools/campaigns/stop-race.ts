import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { onOwnGround } from './ledger-ground/ground.js';
import { race, withoutLinkLock } from './stop-race/race.js';

/** The race without the lock needs fewer stops to be lost. */
const WITHOUT_LOCK_SHARE = 10;

/** 1,000 stops of a link under load: what is fixed after a stop's commit, with the link lock and without it. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: { stops: { type: 'string', default: '1000' } },
  });
  const stops = Number(values.stops);
  const since = stopwatch();
  const [locked, unlocked] = await onOwnGround(async (ground) => [
    await race(ground, { stops }),
    await race(ground, { stops: Math.ceil(stops / WITHOUT_LOCK_SHARE), without: withoutLinkLock }),
  ]);
  const sorted = locked.stopMs.toSorted((a, b) => a - b);
  const quantile = (share: number): number =>
    Number((sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(2));
  return {
    name: 'stop-race',
    figures: {
      stops: locked.stops,
      late: locked.late,
      late_since_lock: locked.lateSinceLock,
      fixed: locked.fixed,
      refused: locked.refused,
      stop_ms_p50: quantile(0.5),
      stop_ms_p99: quantile(0.99),
      stops_without_lock: unlocked.stops,
      late_without_lock: unlocked.late,
      fixed_without_lock: unlocked.fixed,
    },
    conditions: {
      seconds: Math.round(elapsedMs(since) / 1000),
      counted:
        'rows visible after every asker was refused, but not in a snapshot of a connection opened for the stop and ' +
        'taken after its commit; late_since_lock: not in a snapshot of the stop itself, taken under its lock',
      durable: true,
    },
  };
}
