import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  migrate,
  newPassword,
  newRolePasswords,
  prepareDatabase,
  prepareRoles,
  sides,
  urlFor,
  type RolePasswords,
} from '../../databases/index.js';
import {
  accountForPostgres,
  placeForCluster,
  startCluster,
  type Cluster,
  type ClusterOptions,
} from '../../embedded-postgres/index.js';
import { makeFolder } from '../../files.js';
import { signal, waitUntilGone } from '../../processes.js';

const DATABASE = 'bank_test';
const GONE_MS = 10_000;

/** Everything durable; commit times are kept because the order of commits is the order of the locks. */
const SETTINGS = {
  track_commit_timestamp: 'on',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  checkpoint_timeout: '60s',
};

/** A durable cluster of the campaign's own, with the bank's schema: it may be killed and comes again. */
export class Stage {
  #cluster: Cluster | undefined;
  /** Which start is the one of now: an earlier server's end is no news. */
  #starts = 0;
  #isUp = false;

  private constructor(
    private readonly folder: string,
    private readonly options: ClusterOptions,
    private readonly passwords: RolePasswords,
  ) {}

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-bank-test-'));
    await makeFolder(folder, 0o711);
    const place = await placeForCluster(folder, accountForPostgres());
    const logFile = join(folder, 'postgres.log');
    const options = { place, password: newPassword(), logFile, settings: SETTINGS };
    const stage = new Stage(folder, options, newRolePasswords());
    try {
      await stage.ensureUp();
      await stage.#prepare();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  async #prepare(): Promise<void> {
    const admin = this.#running.url('postgres');
    await prepareRoles(admin, this.passwords);
    await prepareDatabase(admin, 'bank', DATABASE);
    const { owner } = this.passwords.bank;
    await migrate('bank', urlFor(admin, sides.bank.owner, owner, DATABASE));
  }

  get #running(): Cluster {
    if (!this.#cluster) throw new Error('The cluster has not been started.');
    return this.#cluster;
  }

  get port(): number {
    return this.#running.port;
  }

  get postmaster(): number {
    return this.#running.pid;
  }

  /** The superuser's: row-level security hides nothing from the judge. */
  get adminUrl(): string {
    return this.#running.url(DATABASE);
  }

  /** Of the role that the server logs in as. */
  get appUrl(): string {
    return urlFor(this.adminUrl, sides.bank.app, this.passwords.bank.app, DATABASE);
  }

  /** kill -9 of the postmaster; its children notice and go. */
  async kill(): Promise<void> {
    this.#isUp = false;
    this.#starts += 1;
    signal(this.postmaster, 'SIGKILL');
    await waitUntilGone(this.postmaster, GONE_MS);
  }

  /** Starts the server where it is not running: crash recovery from the log. */
  async ensureUp(): Promise<void> {
    if (this.#isUp) return;
    const start = (this.#starts += 1);
    this.#isUp = true;
    const onUnexpectedExit = (): void => {
      if (start === this.#starts) this.#isUp = false;
    };
    this.#cluster = await startCluster({ ...this.options, onUnexpectedExit });
  }

  async close(): Promise<void> {
    await this.#cluster?.stop();
    await rm(this.options.place, { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }
}
