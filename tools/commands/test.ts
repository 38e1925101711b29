import { runCommand } from '../failure.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { startTestCluster } from '../test/cluster.js';
import { timesPerSuite } from '../test/report.js';
import { runJest } from '../test/run-jest.js';

/** `npm test [-- <jest arguments>]`: all three rings on a cluster of this run alone. */
async function test(args: readonly string[]): Promise<number> {
  const since = stopwatch();
  if (isPureOnly(args)) return runJest(args, {});
  const cluster = await startTestCluster();
  let killJest = (): void => undefined;
  const stopEarly = (): void => killJest();
  process.on('SIGINT', stopEarly);
  process.on('SIGTERM', stopEarly);
  try {
    const environment = { RENKEI_TEST_CLUSTER: cluster.file };
    const code = await runJest(args, environment, (kill) => (killJest = kill));
    process.stderr.write(await timesPerSuite());
    process.stderr.write(`\nnpm test took ${(elapsedMs(since) / 1000).toFixed(1)} s\n`);
    return code;
  } finally {
    await cluster.stop();
  }
}

/** The pure ring needs no database, so asking for it alone starts none. */
function isPureOnly(args: readonly string[]): boolean {
  const at = args.indexOf('--selectProjects');
  return at >= 0 && args[at + 1] === 'pure' && (args[at + 2] ?? '-').startsWith('-');
}

await runCommand(() => test(process.argv.slice(2)));
