import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a version is published as a signed document when two people have agreed on it, and an agreement ends by two
 * people (RKN-0.1, RKN-0.2). Adds columns without a default: no rewrite, a lock for an instant.
 */
export class AgreementsPublish202611230202 implements MigrationInterface {
  readonly name = 'AgreementsPublish202611230202';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table federation.agreement
        -- At the federation's institution, which issues it.
        add column document_id text,
        add column ended_by text references federation.proposal_approval;
      grant update (effective_to, ended_by) on federation.agreement to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(
      'revoke update (effective_to, ended_by) on federation.agreement from renkei_bank_app',
    );
    await run.query(
      'alter table federation.agreement drop column document_id, drop column ended_by',
    );
  }
}
