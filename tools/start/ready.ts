import type { Agent } from 'node:https';
import { localFetch } from '../http/local-fetch.js';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';

const LIMIT_MS = 60_000;

/** Waits until a server says on its private listener that it is ready. Throws after a minute. */
export async function waitUntilReadyInside(port: number): Promise<void> {
  await waitFor(`http://127.0.0.1:${port}/readyz`, (url) => fetch(url));
}

/** Waits until `origin/readyz` answers 200 over TLS. Throws with the last reason after a minute. */
export async function waitUntilReady(origin: string, agent: Agent): Promise<void> {
  await waitFor(`${origin}/readyz`, localFetch(agent));
}

async function waitFor(
  url: string,
  ask: (url: string) => Promise<{ readonly status: number }>,
): Promise<void> {
  const since = stopwatch();
  for (;;) {
    const reason = await ask(url).then(
      (answer) => (answer.status === 200 ? undefined : `status ${answer.status}`),
      (error: Error) => error.message,
    );
    if (reason === undefined) return;
    if (elapsedMs(since) > LIMIT_MS) throw new Error(`${url}: ${reason}`);
    await pause(50);
  }
}
