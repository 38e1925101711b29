import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';

export interface RegistrationAct {
  readonly clientId: string | undefined;
  readonly act: string;
  /** Who: `registration_token`, `key <kid>`, `certificate <thumbprint>`, officers of the bank. */
  readonly actor: string;
  readonly interactionId: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What was done and what was used up. */
@Injectable()
export class RegistrationLog {
  constructor(@Inject(Database) private readonly database: Database) {}

  async record(tx: Pick<Transaction, 'query'>, act: RegistrationAct): Promise<void> {
    await tx.query(
      `insert into registration_record (client_id, act, actor, interaction_id, facts)
       values ($1, $2, $3, $4, $5)`,
      [
        act.clientId ?? null,
        act.act,
        act.actor,
        act.interactionId,
        JSON.stringify(act.facts ?? {}),
      ],
    );
  }

  /** True for the first use of a statement or proof, false ever after; the insert decides (T-12). */
  async useOnce(
    tx: Pick<Transaction, 'query'>,
    used: {
      readonly issuer: string;
      readonly jti: string;
      readonly clientId: string | undefined;
      readonly expiresAt: Instant;
    },
  ): Promise<boolean> {
    const rows = await tx.query(
      `insert into registration_jti (issuer, jti_hash, client_id, expires_at)
       values ($1, $2, $3, to_timestamp($4::float8 / 1000)) on conflict do nothing returning 1`,
      [used.issuer, hashOfJti(used.jti), used.clientId ?? null, used.expiresAt],
    );
    return rows.length === 1;
  }

  async wasUsed(issuer: string, jti: string): Promise<boolean> {
    const { rows } = await this.database.pool.query(
      'select 1 from registration_jti where issuer = $1 and jti_hash = $2',
      [issuer, hashOfJti(jti)],
    );
    return rows.length === 1;
  }

  /** Forgets what nobody can show any more, a bounded number of rows at a time; answers how many that were. */
  async sweep(rowsMax: number): Promise<number> {
    const { rowCount } = await this.database.pool.query(
      `delete from registration_jti where (issuer, jti_hash) in (
         select issuer, jti_hash from registration_jti
         where expires_at < clock_timestamp() - interval '1 hour' limit $1)`,
      [rowsMax],
    );
    return rowCount ?? 0;
  }
}

const hashOfJti = (jti: string): Buffer => createHash('sha256').update(jti).digest();
