import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what a gateway asks a holder to approve, from the one-time handle to the result. It stands in
 * `federation` because a request may name no institution until the holder picks one; what the holder agreed to
 * stands in the institution's own tables. Locks nothing: creates only.
 */
export class Approvals202611221140 implements MigrationInterface {
  readonly name = 'Approvals202611221140';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table federation.approval (
        id text primary key check (id ~ '^apr_'),
        request_key text not null unique check (length(request_key) between 1 and 200),
        kind text not null check (kind in ('account_information', 'transfer_initiation')),
        client_id text not null,
        epsp_id text not null references federation.intermediary,
        chain_partner_id text not null,
        interaction_id text not null,
        institution_id smallint references institution,
        institution_is_fixed boolean not null,
        permissions text[] not null default '{}',
        purpose text,
        term_days integer check (term_days between 1 and 400),
        transfer_id text,
        return_url text not null,
        redirect_origin text not null,
        locale text not null check (locale in ('ja', 'en')),
        created_at timestamptz not null,
        expires_at timestamptz not null,
        -- The handle opens the pages once; a browser that lost its session cannot come back by it.
        handle_hash text not null unique,
        handle_used_at timestamptz,
        stage text not null check (stage in
          ('handed_over', 'start', 'login', 'accounts', 'consent', 'transfer', 'done')),
        session_hash text unique,
        holder_id text,
        account_ids text[] not null default '{}',
        debit_account_id text,
        outcome text check (outcome in ('approved', 'refused', 'expired', 'stopped')),
        reason text,
        consent_id text,
        ended_at timestamptz,
        result_hash text unique,
        result_taken_at timestamptz,
        check ((stage = 'done') = (outcome is not null)),
        check (kind <> 'transfer_initiation' or (transfer_id is not null and institution_is_fixed)),
        check (kind <> 'account_information'
          or (purpose is not null and term_days is not null and permissions <> '{}')),
        check (not institution_is_fixed or institution_id is not null)
      );
      create index approval_waiting on federation.approval (expires_at) where outcome is null;
      grant select, insert, update on federation.approval to renkei_bank_app;

      -- How one intermediary knows a holder: pairwise and random, so that two cannot compare.
      create table holder_subject (
        institution_id smallint not null references institution,
        holder_id text not null,
        epsp_id text not null references federation.intermediary,
        subject text not null check (length(subject) >= 22),
        primary key (institution_id, holder_id, epsp_id),
        unique (institution_id, subject),
        foreign key (institution_id, holder_id) references holder
      );
      call renkei_guard_tenant('holder_subject');
      grant select, insert on holder_subject to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table holder_subject, federation.approval');
  }
}
