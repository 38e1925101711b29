import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';

/** Hears at which institution consents changed. It only wakes: what is due is read from the table. */
@Injectable()
export class ConsentWake {
  private client: pg.Client | undefined;
  private connecting = false;

  constructor(@Inject(BANK_CONFIG) private readonly config: Pick<BankConfig, 'databaseUrl'>) {}

  /** True while changes are heard; when it was false, anything may have happened meanwhile. */
  get isListening(): boolean {
    return this.client !== undefined;
  }

  async listen(onChange: (institutionId: number) => void): Promise<void> {
    if (this.client || this.connecting) return;
    this.connecting = true;
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: 'bank-core consent wake',
      connectionTimeoutMillis: 2000,
    });
    const lost = () => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => onChange(Number(payload)));
    try {
      await client.connect();
      await client.query('listen renkei_consent');
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
