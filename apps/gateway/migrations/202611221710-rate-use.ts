import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What all processes of the gateway together have used of a quota, one row for each key and window. Not
 * written ahead: after a crash of the database a window begins anew, which is what it does every minute
 * anyway (decision 0015). Creates only; locks nothing.
 */
export class RateUse202611221710 implements MigrationInterface {
  readonly name = 'RateUse202611221710';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create unlogged table rate_use (
        -- SHA-256 of policy and id: no address and no name lies here (T-30).
        key bytea not null,
        window_nth int8 not null,
        quota int4 not null check (quota > 0),
        used int4 not null check (used >= 0),
        -- Of the last question; what it was told.
        granted int4 not null check (granted >= 0),
        ends_at timestamptz not null,
        primary key (key, window_nth)
      );
      create index rate_use_end on rate_use (ends_at);
      grant select, insert, update, delete on rate_use to renkei_gateway_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table rate_use');
  }
}
