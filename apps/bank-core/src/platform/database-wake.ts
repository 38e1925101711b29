import pg from 'pg';
import type { BankConfig } from './config.js';

/** Hears that something changed in the database (NOTIFY). It only wakes: what changed is read from the tables. */
export class DatabaseWake {
  private client: pg.Client | undefined;
  private connecting = false;

  constructor(
    private readonly config: Pick<BankConfig, 'databaseUrl'>,
    private readonly channel: 'renkei_consent' | 'renkei_link',
  ) {}

  /** True while changes are heard; when it was false, anything may have happened meanwhile. */
  get isListening(): boolean {
    return this.client !== undefined;
  }

  /** Connects unless it is connected; `onChange` gets the institution. Throws when the database does not answer. */
  async listen(onChange: (institutionId: number) => void): Promise<void> {
    if (this.client || this.connecting) return;
    this.connecting = true;
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: `bank-core ${this.channel}`,
      connectionTimeoutMillis: 2000,
      query_timeout: 10_000,
      // Nothing is asked on it: only this tells a quiet server from one that has vanished.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    const lost = () => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => onChange(Number(payload)));
    try {
      await client.connect();
      await client.query(`listen ${this.channel}`);
      this.client = client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    } finally {
      this.connecting = false;
    }
  }

  async stop(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }
}
