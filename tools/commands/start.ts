import { rm } from 'node:fs/promises';
import { runCommand } from '../failure.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { banner } from '../start/banner.js';
import { homeAt } from '../start/home.js';
import { readStartOptions, spoken } from '../start/options.js';
import { Steps } from '../start/steps.js';
import { Supervisor } from '../start/supervisor.js';

/** npm passes a Ctrl-C on that the terminal has already sent: one press may arrive twice. */
const ONE_PRESS_MS = 500;

/** `npm start`: everything up, until somebody stops it. Resolves with the exit code. */
async function start(args: readonly string[]): Promise<number> {
  // Counted from the moment the person pressed return: installing and building are part of it.
  const launchMs = Number(process.env['RENKEI_LAUNCH_MS'] ?? 0);
  const since = stopwatch() - process.uptime() * 1000 - launchMs;
  const options = readStartOptions(args);
  const steps = new Steps(options.language);
  const supervisor = new Supervisor(steps);
  const stopped = stopOnSignals(supervisor, options.language);
  try {
    const started = await supervisor.start(options);
    process.stdout.write(
      await banner({
        home: started.home,
        ports: started.state.ports,
        authorityFile: started.certificates.outsideAuthority,
        language: options.language,
        isDemo: started.mode !== 'production',
      }),
    );
    process.stdout.write(`ready in ${(elapsedMs(since) / 1000).toFixed(1)} s\n`);
  } catch (error) {
    if (stopped.isAsked()) return stopped.code;
    await supervisor.stop();
    throw error;
  }
  return stopped.code;
}

interface Stopped {
  readonly code: Promise<number>;
  isAsked(): boolean;
}

/** First signal: in order. Second: our own children at once. A gone launcher counts as a signal. */
function stopOnSignals(supervisor: Supervisor, language: 'ja' | 'en' | 'both'): Stopped {
  let askedAt: number | undefined;
  const code = new Promise<number>((resolve) => {
    const ask = (): void => {
      if (askedAt === undefined) {
        askedAt = stopwatch();
        process.stderr.write(`${spoken({ ja: '停止しています', en: 'Stopping' }, language)} …\n`);
        supervisor
          .stop()
          .then(() => rm(homeAt().runningFile, { force: true }))
          .then(
            () => resolve(0),
            () => resolve(1),
          );
      } else if (elapsedMs(askedAt) > ONE_PRESS_MS) {
        supervisor.kill();
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    process.on('disconnect', ask);
  });
  return { code, isAsked: () => askedAt !== undefined };
}

await runCommand(() => start(process.argv.slice(2)));
process.exit();
