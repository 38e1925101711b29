import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a measure needs two natural persons (INT-13, T-17); the tables refuse one person alone, whatever
 * the code says. Locks nothing: creates only.
 */
export class Staff202611221100 implements MigrationInterface {
  readonly name = 'Staff202611221100';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- The natural-person key: one human being, however many accounts.
      create table federation.person (
        id text primary key check (id ~ '^prs_'),
        name_ja text not null,
        name_en text not null
      );
      create table federation.staff_account (
        mail_address text primary key check (lower(mail_address) = mail_address),
        person_id text not null references federation.person,
        roles text[] not null check (roles <@ array['compliance', 'approver']),
        password_hash text not null,
        consecutive_failures integer not null default 0,
        state text not null check (state in ('active', 'locked', 'left')),
        unique (mail_address, person_id)
      );

      -- The content is the canonical text that was hashed; the database computes the hash again.
      create table federation.proposal (
        id text primary key check (id ~ '^prp_'),
        kind text not null,
        content text not null,
        content_hash text not null
          check (content_hash = 'sha256:' || encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        proposed_by text not null,
        proposer_person text not null,
        proposed_at timestamptz not null,
        foreign key (proposed_by, proposer_person)
          references federation.staff_account (mail_address, person_id),
        unique (id, content_hash, proposer_person)
      );
      -- Binds the exact content and both people: an edited proposal or a second account of the same
      -- person has no row that this one could refer to.
      create table federation.proposal_approval (
        proposal_id text primary key,
        content_hash text not null,
        proposer_person text not null,
        approved_by text not null,
        approver_person text not null check (approver_person <> proposer_person),
        approved_at timestamptz not null,
        foreign key (proposal_id, content_hash, proposer_person)
          references federation.proposal (id, content_hash, proposer_person),
        foreign key (approved_by, approver_person)
          references federation.staff_account (mail_address, person_id)
      );
      create trigger proposal_is_append_only before update or delete on federation.proposal
        for each statement execute function renkei_refuse_change();
      create trigger approval_is_append_only before update or delete on federation.proposal_approval
        for each statement execute function renkei_refuse_change();

      grant select on federation.person, federation.staff_account to renkei_bank_app;
      grant update (consecutive_failures, state) on federation.staff_account to renkei_bank_app;
      grant select, insert on federation.proposal, federation.proposal_approval to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop table federation.proposal_approval, federation.proposal, federation.staff_account,
        federation.person
    `);
  }
}
