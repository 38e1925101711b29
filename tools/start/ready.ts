import type { Agent } from 'node:https';
import { localFetch } from '../http/local-fetch.js';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';

const LIMIT_MS = 60_000;

/** Waits until `origin/readyz` answers 200 over TLS. Throws with the last reason after a minute. */
export async function waitUntilReady(origin: string, agent: Agent): Promise<void> {
  const ask = localFetch(agent);
  const since = stopwatch();
  for (;;) {
    const reason = await ask(`${origin}/readyz`).then(
      (answer) => (answer.status === 200 ? undefined : `status ${answer.status}`),
      (error: Error) => error.message,
    );
    if (reason === undefined) return;
    if (elapsedMs(since) > LIMIT_MS) throw new Error(`${origin}/readyz: ${reason}`);
    await pause(50);
  }
}
