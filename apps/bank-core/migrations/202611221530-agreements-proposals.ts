import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An intermediary proposes and withdraws its chain partners, and says where the bank's notices reach it.
 * Widens a check of federation.chain_partner: an exclusive lock for as long as its few rows are read.
 */
export class AgreementsProposals202611221530 implements MigrationInterface {
  readonly name = 'AgreementsProposals202611221530';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- A proposed partner passes no call: only what people contracted does (RKN-C1a).
      alter table federation.chain_partner
        drop constraint chain_partner_status_check,
        add constraint chain_partner_status_check
          check (status in ('proposed', 'withdrawn', 'contracted', 'stopped'));
      create index chain_partner_of on federation.chain_partner (intermediary_id);
      -- No right to update names or scope: what was proposed is what people look at.
      grant insert on federation.chain_partner to renkei_bank_app;
      grant update (status) on federation.chain_partner to renkei_bank_app;
      -- Where notices of improvement, restriction and suspension go. No person's page ever shows it (T-07).
      create table federation.intermediary_desk (
        intermediary_id text primary key references federation.intermediary,
        notice_mail text,
        notice_phone text,
        version integer not null check (version >= 1),
        changed_at timestamptz not null
      );
      grant select, insert, update on federation.intermediary_desk to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table federation.intermediary_desk');
    await run.query('revoke insert on federation.chain_partner from renkei_bank_app');
    await run.query('revoke update (status) on federation.chain_partner from renkei_bank_app');
    await run.query('drop index federation.chain_partner_of');
  }
}
