import { pause } from '../machine-clock.js';
import type { Cluster } from '../embedded-postgres/index.js';
import { startEmbedded } from './databases.js';
import type { Home } from './home.js';
import type { DatabaseSecrets } from './secrets.js';

const BACKOFF_MS = [200, 1000, 3000, 10_000];

/** Keeps the embedded PostgreSQL running: one that was killed recovers on the same port. */
export class PostgresKeeper {
  #cluster: Cluster | undefined;
  #starting: Promise<Cluster | undefined> = Promise.resolve(undefined);
  #isStopping = false;

  constructor(
    private readonly home: Home,
    private readonly secrets: DatabaseSecrets,
    private readonly onEvent: (event: 'ended' | 'restarted') => void,
  ) {}

  get cluster(): Cluster | undefined {
    return this.#cluster;
  }

  start(): Promise<Cluster> {
    const starting = startEmbedded(this.home, this.secrets, () => void this.#restart());
    this.#starting = starting.then(
      (cluster) => (this.#cluster = cluster),
      () => undefined,
    );
    return starting;
  }

  /** Waits for a start on its way, so that no server comes up after everybody has gone. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#starting;
    await this.#cluster?.stop();
  }

  async #restart(): Promise<void> {
    if (this.#isStopping) return;
    this.onEvent('ended');
    for (let attempt = 0; !this.#isStopping; attempt += 1) {
      await pause(BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? 0);
      if (this.#isStopping) return;
      try {
        await this.start();
        if (!this.#isStopping) this.onEvent('restarted');
        return;
      } catch (error) {
        process.stderr.write(`renkei: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
}
