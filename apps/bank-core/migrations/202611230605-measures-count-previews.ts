import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a preview counts a million consents and tells who would be touched: how often one officer may ask is bounded
 * (T-28). Creates only.
 */
export class MeasuresCountPreviews202611230605 implements MigrationInterface {
  readonly name = 'MeasuresCountPreviews202611230605';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table measure_preview (
        institution_id smallint not null references institution,
        officer text not null references federation.staff_account,
        asked_at timestamptz not null,
        id bigint generated always as identity,
        primary key (institution_id, officer, asked_at, id)
      );
      call renkei_guard_tenant('measure_preview');
      grant select, insert, delete on measure_preview to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table measure_preview');
  }
}
