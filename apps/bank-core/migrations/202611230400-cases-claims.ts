import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a case keeps what was found on exclusions (SM-13) and what its holder told (SM-14.1-1, SM-14.1-3), and a holder
 * finds the own cases. Locks case_note for the change of its list of kinds and loss_case against writes while its index
 * is built.
 */
export class CasesClaims202611230400 implements MigrationInterface {
  readonly name = 'CasesClaims202611230400';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table case_note drop constraint case_note_kind_check;
      alter table case_note add constraint case_note_kind_check check (kind in ('minutes', 'evidence', 'due_care',
        'failure', 'exclusion', 'misuse_report', 'police_report', 'request_lost', 'closure'));
      create index loss_case_by_holder on loss_case (institution_id, holder_id, id) where holder_id is not null;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop index loss_case_by_holder;
      alter table case_note drop constraint case_note_kind_check;
      alter table case_note add constraint case_note_kind_check check (kind in ('minutes', 'evidence', 'due_care',
        'failure', 'request_lost', 'closure'))`);
  }
}
