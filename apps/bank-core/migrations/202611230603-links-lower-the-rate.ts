import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a measure may lower the rate of an intermediary's calls (INT-17): the state has to carry how many are left, so
 * that the gateway counts them. A column without a default: a short lock, nothing is rewritten.
 */
export class LinksLowerTheRate202611230603 implements MigrationInterface {
  readonly name = 'LinksLowerTheRate202611230603';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table link_state add column calls_per_minute_max integer
        check (calls_per_minute_max >= 0),
        add check (calls_per_minute_max is null or function = 'full_rate');
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table link_state drop column calls_per_minute_max');
  }
}
