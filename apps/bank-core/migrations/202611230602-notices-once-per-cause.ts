import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: of one stop a holder is told once, however many of his consents it freezes and however often the job that
 * freezes them runs (RKN-S4c). The index takes a lock against writes to notice while it is built; it begins empty.
 */
export class NoticesOncePerCause202611230602 implements MigrationInterface {
  readonly name = 'NoticesOncePerCause202611230602';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table notice add column once_key text check (length(once_key) between 1 and 200);
      create unique index notice_once on notice (institution_id, holder_id, kind, once_key)
        where once_key is not null;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop index notice_once;
      alter table notice drop column once_key;
    `);
  }
}
