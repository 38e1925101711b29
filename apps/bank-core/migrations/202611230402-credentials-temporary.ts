import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a login password may be a temporary one that was mailed on a day; it serves first use alone (SM-13.4). Locks
 * credential_password for a moment: a column without a default.
 */
export class CredentialsTemporary202611230402 implements MigrationInterface {
  readonly name = 'CredentialsTemporary202611230402';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table credential_password add column temporary_mailed_on date,
        add check (temporary_mailed_on is null or kind = 'login')
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table credential_password drop column temporary_mailed_on');
  }
}
