import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: events go after 90 days and with them the memory of what was told, while a removal is announced a year ahead: it
 * was announced anew every 90 days. What was told to whom is kept for good. Creates only; what was told before this table
 * is still known by its event, which is younger than 90 days.
 */
export class EventsToldChange202611261002 implements MigrationInterface {
  readonly name = 'EventsToldChange202611261002';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table told_change (
        change_id text not null,
        epsp_id text not null,
        told_at timestamptz not null default clock_timestamp(),
        primary key (change_id, epsp_id)
      );
      grant select, insert on told_change to renkei_gateway_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table told_change');
  }
}
