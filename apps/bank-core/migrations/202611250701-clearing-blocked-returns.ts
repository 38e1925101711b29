import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: money that came back and that no account takes is not returned yet: its transfer says so, and a person finds
 * it with the ledger's reason (SM-5.4-2 c). Locks transfer and clearing_outbox while their rows are checked and the
 * index is built; it fails, having done nothing, where a return is blocked already, as no reason was kept of that.
 */
export class ClearingBlockedReturns202611250701 implements MigrationInterface {
  readonly name = 'ClearingBlockedReturns202611250701';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table transfer drop constraint transfer_aftercare_check;
      alter table transfer add constraint transfer_aftercare_check
        check (aftercare is null or aftercare in ('returned', 'return_pending') and status = 'ACSC');

      alter table clearing_outbox add column blocked_by text;
      alter table clearing_outbox add constraint clearing_outbox_blocked_by_check
        check ((state = 'return_blocked') = (blocked_by is not null));
      grant update (blocked_by) on clearing_outbox to renkei_bank_app;
      create index clearing_outbox_blocked on clearing_outbox (institution_id, id)
        where state = 'return_blocked';
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop index clearing_outbox_blocked;
      alter table clearing_outbox drop constraint clearing_outbox_blocked_by_check;
      alter table clearing_outbox drop column blocked_by;
      alter table transfer drop constraint transfer_aftercare_check;
      alter table transfer add constraint transfer_aftercare_check check (aftercare in ('returned'));
    `);
  }
}
