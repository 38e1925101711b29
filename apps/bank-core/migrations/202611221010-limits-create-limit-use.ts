import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The two daily sums of SM-5.3, charged by `fix_transfer` only. Creates only; locks nothing. */
export class LimitsCreateLimitUse202611221010 implements MigrationInterface {
  readonly name = 'LimitsCreateLimitUse202611221010';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table limit_use (
        institution_id smallint not null references institution,
        -- The holder, or an account, as P.sm.limit.scope says.
        subject text not null,
        basis text not null check (basis in ('designated_date', 'request_date')),
        on_date date not null,
        sum bigint not null check (sum >= 0),
        primary key (institution_id, subject, basis, on_date)
      );
      call renkei_guard_tenant('limit_use');
      grant select on limit_use to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table limit_use');
  }
}
