import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The answers of calls that carry an idempotency key, kept for ever beside their effect (design.md section 4).
 * Creates only; locks nothing.
 */
export class PlatformCreateIdempotentAnswer202611221510 implements MigrationInterface {
  readonly name = 'PlatformCreateIdempotentAnswer202611221510';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table idempotent_answer (
        institution_id smallint not null references institution,
        client_id text not null,
        route text not null,
        key text not null check (length(key) between 1 and 64),
        fingerprint text not null,
        body json not null,
        recorded_at timestamptz not null default renkei_now(),
        primary key (institution_id, client_id, route, key)
      );
      call renkei_guard_tenant('idempotent_answer');
      -- What belongs to the federation as one party has no institution: the same shape without one.
      create table federation.idempotent_answer (
        client_id text not null,
        route text not null,
        key text not null check (length(key) between 1 and 64),
        fingerprint text not null,
        body json not null,
        recorded_at timestamptz not null default renkei_now(),
        primary key (client_id, route, key)
      );
      grant select, insert on idempotent_answer, federation.idempotent_answer to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table idempotent_answer, federation.idempotent_answer');
  }
}
