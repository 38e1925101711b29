import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The interbank side: what waits to be sent, and what was received. Between institutions there is no
 * two-phase commit, only two postings through clearing accounts under one key. Creates only; locks nothing.
 */
export class ClearingCreateOutboxInbox202611221020 implements MigrationInterface {
  readonly name = 'ClearingCreateOutboxInbox202611221020';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- Written by fix_transfers in the transaction of the debit; due rows are the truth, NOTIFY only wakes.
      create table clearing_outbox (
        institution_id smallint not null references institution,
        id bigint generated always as identity,
        transfer_id text not null,
        creditor_bank text not null, creditor_branch text not null,
        creditor_type text not null, creditor_number text not null,
        creditor_name text not null, payer_name text not null,
        amount bigint not null check (amount > 0),
        edi_text text,
        state text not null default 'waiting' check (state in ('waiting', 'accepted', 'returned', 'return_blocked')),
        reason text,
        attempts integer not null default 0,
        due_at timestamptz not null,
        queued_at timestamptz not null,
        settled_at timestamptz,
        primary key (institution_id, id),
        unique (institution_id, transfer_id)
      );
      create index clearing_outbox_due on clearing_outbox (institution_id, due_at) where state = 'waiting';
      call renkei_guard_tenant('clearing_outbox');

      -- One row per message ever received: the key makes a second delivery harmless.
      create table clearing_inbox (
        institution_id smallint not null references institution,
        source_bank text not null,
        key text not null,
        branch text not null, account_type text not null, account_number text not null,
        payee_name text not null, payer_name text not null,
        amount bigint not null check (amount > 0),
        edi_text text,
        outcome text not null check (outcome in ('credited', 'returned')),
        reason text,
        received_at timestamptz not null,
        primary key (institution_id, source_bank, key),
        check ((outcome = 'returned') = (reason is not null))
      );
      call renkei_guard_tenant('clearing_inbox');
      grant select, update (state, reason, attempts, due_at, settled_at) on clearing_outbox to renkei_bank_app;
      grant select, insert on clearing_inbox to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table clearing_inbox; drop table clearing_outbox');
  }
}
