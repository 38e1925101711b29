import { elapsedMs, stopwatch } from '../../machine-clock.js';
import { percentile } from './arithmetic.js';
import { seeded } from '../../campaigns/oracle/random.js';
import { actOf } from './load-acts.js';
import type { LoadAnswer, LoadResult, Series } from './load.js';
import { WARMING_S } from './rate.js';

/** Keeps `waiting` of them on their way until the time is over, then waits for the last answer. */
async function run(series: Series, onWarm: () => void): Promise<LoadResult> {
  const act = await actOf(series);
  const random = seeded(series.seed);
  const counts = { committed: 0, refused: 0 };
  const warm = {
    since: Infinity,
    committed: 0,
    latencies: [] as number[],
    cpu: process.cpuUsage(),
  };
  const since = stopwatch();
  const becomeWarm = (): void => {
    Object.assign(warm, {
      since: stopwatch(),
      committed: counts.committed,
      cpu: process.cpuUsage(),
    });
    onWarm();
  };
  const isOver = (): boolean => elapsedMs(since) >= (WARMING_S + series.seconds) * 1000;
  const endless = async (): Promise<void> => {
    while (!isOver()) {
      const asked = stopwatch();
      const isDone = await act(random);
      // Nothing is left to do: what was measured until now is whole.
      if (isDone === undefined) return;
      if (isDone) counts.committed += 1;
      else counts.refused += 1;
      if (asked >= warm.since) warm.latencies.push(elapsedMs(asked));
      else if (warm.since === Infinity && elapsedMs(since) >= WARMING_S * 1000) becomeWarm();
    }
  };
  await Promise.all(Array.from({ length: series.waiting }, endless));
  if (warm.since === Infinity) throw new Error(`${series.work} had nothing left to do at once.`);
  const seconds = elapsedMs(warm.since) / 1000;
  const used = process.cpuUsage(warm.cpu);
  const committedWarm = counts.committed - warm.committed;
  return {
    ...counts,
    committedWarm,
    perSecond: committedWarm / seconds,
    p50Ms: percentile(warm.latencies, 0.5),
    p99Ms: percentile(warm.latencies, 0.99),
    driverCpuUs: (used.user + used.system) / Math.max(1, committedWarm),
  };
}

process.on('message', (series: Series) => {
  const answer = (words: LoadAnswer): void => {
    process.send?.(words);
  };
  run(series, () => answer({ isWarm: true })).then(
    (result) => answer({ result }),
    (error: unknown) =>
      answer({ fault: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});

// The measuring process has gone or is done.
process.on('disconnect', () => process.exit(0));
