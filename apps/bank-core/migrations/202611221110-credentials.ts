import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what a holder proves himself with (SM-R2.7, SM-7, SM-9), hashed or wrapped, each kind with its
 * own counter (INT-25), and what a source of log-ins has tried (T-16). Locks nothing: creates only.
 */
export class Credentials202611221110 implements MigrationInterface {
  readonly name = 'Credentials202611221110';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table credential_password (
        institution_id smallint not null references institution,
        holder_id text not null,
        kind text not null check (kind in ('login', 'confirmation')),
        hash text not null check (hash like '$argon2id$%'),
        -- Counted before hashing, so that a crash or a flood never gives a guess away (T-31).
        consecutive_failures integer not null default 0 check (consecutive_failures >= 0),
        changed_at timestamptz not null,
        primary key (institution_id, holder_id, kind),
        foreign key (institution_id, holder_id) references holder
      );
      create table credential_otp (
        institution_id smallint not null references institution,
        holder_id text not null,
        state text not null check (state in ('active', 'deactivated')),
        -- AES-256-GCM under the key-encryption key, bound to this row (T-22): nonce, tag, ciphertext.
        wrapped_seed bytea not null check (octet_length(wrapped_seed) between 44 and 128),
        step_seconds integer not null check (step_seconds in (30, 60)),
        digits integer not null check (digits in (6, 8)),
        -- A step that was used, or any before it, never matches again (SM-7.2/c).
        last_used_step bigint not null default 0,
        consecutive_failures integer not null default 0 check (consecutive_failures >= 0),
        expires_at timestamptz not null,
        primary key (institution_id, holder_id),
        foreign key (institution_id, holder_id) references holder
      );
      call renkei_guard_tenant('credential_password');
      call renkei_guard_tenant('credential_otp');
      grant select, insert, update on credential_password, credential_otp to renkei_bank_app;

      -- Who failed on whom, as keyed hashes: a source that tries several ids is slowed, whichever
      -- institution each id belongs to, before any holder's counter moves (T-16).
      create table login_failure (
        source_hash text not null,
        subject_hash text not null,
        failed_at timestamptz not null,
        primary key (source_hash, subject_hash)
      );
      create index login_failure_age on login_failure (failed_at);
      grant select, insert, update, delete on login_failure to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table login_failure, credential_otp, credential_password');
  }
}
