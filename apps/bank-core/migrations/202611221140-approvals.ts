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
        -- One-time: the hash of the handle that still opens the pages, gone once it was used.
        handle_hash text unique,
        stage text not null check (stage in
          ('handed_over', 'start', 'login', 'accounts', 'consent', 'transfer', 'done')),
        session_hash text unique,
        form_token_hash text,
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
        check (not institution_is_fixed or institution_id is not null)
      );
      create index approval_waiting on federation.approval (expires_at) where outcome is null;
      grant select, insert, update on federation.approval to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table federation.approval');
  }
}
