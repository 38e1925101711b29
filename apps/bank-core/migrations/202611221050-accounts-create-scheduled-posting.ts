import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Postings of a later day: the ledger's part of a reservation, which debits on its designated day (SM-5.2). Creates
 * only; locks nothing.
 */
export class AccountsCreateScheduledPosting202611221050 implements MigrationInterface {
  readonly name = 'AccountsCreateScheduledPosting202611221050';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- A due row is claimed, posted under the key of schedule and occurrence, and given its outcome in one
      -- transaction: whoever dies before the commit leaves it due, and whoever comes twice finds the key.
      create table scheduled_posting (
        institution_id smallint not null references institution,
        -- The caller's name of the schedule and the day that this row is for: several days share one schedule.
        id text collate "C" not null check (id ~ '^[!-~]{1,100}$'),
        occurrence date not null,
        due_at timestamptz not null,
        operation posting_operation not null check (operation < 'hold'),
        debit_account bigint not null,
        credit_account bigint not null,
        amount bigint not null check (amount between 1 and 1000000000000),
        debit_text text not null,
        credit_text text not null,
        edi_text text not null default '',
        may_use_overdraft boolean not null,
        state text not null default 'due' check (state in ('due', 'posted', 'refused', 'cancelled')),
        outcome posting_status,
        detail text not null default '',
        decided_at timestamptz,
        primary key (institution_id, id, occurrence),
        check ((state = 'due') = (decided_at is null)
               and (state in ('posted', 'refused')) = (outcome is not null)
               and (state = 'posted') = (outcome is not distinct from 'posted'))
      ) with (fillfactor = 90);
      create index scheduled_posting_due on scheduled_posting (institution_id, due_at, id, occurrence)
        where state = 'due';
      call renkei_guard_tenant('scheduled_posting');
      -- What was fixed is not rewritten: only its outcome is added.
      grant select, insert, update (state, outcome, detail, decided_at) on scheduled_posting to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table scheduled_posting');
  }
}
