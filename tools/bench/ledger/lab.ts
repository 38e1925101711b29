import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  migrate,
  newPassword,
  newRolePasswords,
  prepareDatabase,
  prepareRoles,
  sides,
  urlFor,
  withConnection,
  type RolePasswords,
} from '../../databases/index.js';
import {
  accountForPostgres,
  placeForCluster,
  startCluster,
} from '../../embedded-postgres/index.js';
import type { Cluster } from '../../embedded-postgres/index.js';
import { makeFolder } from '../../files.js';

/** Memory and WAL as ledger.md section 2 was measured; durability is PostgreSQL's own default, which is whole. */
export const MEASURED_SETTINGS = {
  shared_buffers: '1GB',
  // No checkpoint while the cells run: they are compared at their steady cost.
  max_wal_size: '20GB',
  checkpoint_timeout: '1h',
  // A login costs next to nothing: what 32 of them burn is not what is measured.
  scram_iterations: '1',
} as const;

/** A durable cluster of its own below the system's temporary folder; gone at its end. */
export class Lab {
  private constructor(
    private readonly folder: string,
    private readonly place: string,
    private readonly passwords: RolePasswords,
    private readonly cluster: Cluster,
  ) {}

  static async open(settings: Readonly<Record<string, string>> = MEASURED_SETTINGS): Promise<Lab> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-ledger-bench-'));
    await makeFolder(folder, 0o711);
    const place = await placeForCluster(folder, accountForPostgres());
    const [password, passwords] = [newPassword(), newRolePasswords()];
    const logFile = join(folder, 'postgres.log');
    const cluster = await startCluster({ place, password, logFile, settings });
    const lab = new Lab(folder, place, passwords, cluster);
    await withConnection(lab.url('postgres'), (client) =>
      // Hashed anew, with as few iterations as the setting says.
      client.query(`alter role current_user password ${pg.escapeLiteral(password)}`),
    );
    await prepareRoles(lab.url('postgres'), passwords);
    return lab;
  }

  /** The process whose children are the server's: what they burn is what a posting costs. */
  get serverPid(): number {
    return this.cluster.pid;
  }

  /** The superuser, whom row-level security hides nothing from. */
  url(database: string): string {
    return this.cluster.url(database);
  }

  ownerUrl(database: string): string {
    return this.urlOf('owner', database);
  }

  /** What bank-core logs in as. */
  appUrl(database: string): string {
    return this.urlOf('app', database);
  }

  /** A database with bank-core's whole schema and no row of business. */
  async bankDatabase(database: string): Promise<void> {
    await prepareDatabase(this.url('postgres'), 'bank', database);
    await migrate('bank', this.ownerUrl(database));
  }

  async emptyDatabase(database: string): Promise<void> {
    await withConnection(this.url('postgres'), (client) =>
      client.query(`create database ${pg.escapeIdentifier(database)} template template0`),
    );
  }

  /** Before each series: WAL right after a checkpoint is several times larger, for everybody alike. */
  async checkpoint(): Promise<void> {
    await withConnection(this.url('postgres'), (client) => client.query('checkpoint'), 120_000);
  }

  /** Bytes of WAL since the cluster began. */
  async walBytes(): Promise<number> {
    const sql = `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`;
    const { rows } = await withConnection(this.url('postgres'), (client) =>
      client.query<{ bytes: number }>(sql),
    );
    return rows[0]?.bytes ?? 0;
  }

  async close(): Promise<void> {
    await this.cluster.stop();
    await rm(this.place, { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }

  private urlOf(role: 'owner' | 'app', database: string): string {
    return urlFor(this.url(database), sides.bank[role], this.passwords.bank[role], database);
  }
}
