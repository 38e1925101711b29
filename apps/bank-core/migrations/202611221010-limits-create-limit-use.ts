import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The two daily sums of SM-5.3, charged by the ledger's functions only. Creates only; locks nothing. */
export class LimitsCreateLimitUse202611221010 implements MigrationInterface {
  readonly name = 'LimitsCreateLimitUse202611221010';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- One row per day carries both sums: a transfer of today charges one row, not two (decision 0006).
      create table limit_use (
        institution_id smallint not null references institution,
        -- The holder, or an account, as P.sm.limit.scope says.
        subject text collate "C" not null,
        on_date date not null,
        -- What was requested on this Tokyo day, and what is designated for it.
        requested bigint not null default 0,
        designated bigint not null default 0,
        primary key (institution_id, subject, on_date)
      ) with (fillfactor = 50);
      call renkei_guard_tenant('limit_use');
      grant select on limit_use to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table limit_use');
  }
}
