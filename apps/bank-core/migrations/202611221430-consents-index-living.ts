import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what happens to a party reaches its living consents only; the ended ones, which stay for ever, are not looked
 * at. Locks `consent` against writes while the index is built: small, or to be built concurrently beforehand.
 */
export class ConsentsIndexLiving202611221430 implements MigrationInterface {
  readonly name = 'ConsentsIndexLiving202611221430';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create index consent_living on consent (institution_id, epsp_id, chain_partner_id)
        where state in ('authorised', 'frozen')
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index consent_living');
  }
}
