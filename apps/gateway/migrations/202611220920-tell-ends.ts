import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A grant that ended here (revoked by its client, or its code was used twice) leaves a consent that is
 * still alive at bank-core: remember which of these ends bank-core has been told. Adds a column and a
 * partial index; holds a short exclusive lock on consent_grant.
 */
export class TellEnds202611220920 implements MigrationInterface {
  readonly name = 'TellEnds202611220920';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table consent_grant add column told_at timestamptz;
      create index consent_grant_untold on consent_grant (ended_at)
        where ended_code = 'invalid_token' and consent_id is not null and told_at is null;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table consent_grant drop column told_at');
  }
}
