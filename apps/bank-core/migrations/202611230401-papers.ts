import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a procedure on paper needs the record of who compared the seal, when and with what result (SM-13.5). Locks
 * nothing: creates only.
 */
export class Papers202611230401 implements MigrationInterface {
  readonly name = 'Papers202611230401';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table paper_entry (
        institution_id smallint not null references institution,
        id text not null check (id ~ '^rec_[0-9a-hjkmnp-tv-z]{26}$'),
        kind text not null check (kind in ('limit_raise', 'termination', 'service_account_change')),
        holder_id text not null,
        form_reference text not null check (length(form_reference) between 1 and 60),
        received_at timestamptz not null,
        seal_checked_by text not null check (btrim(seal_checked_by) <> ''),
        seal_checked_at timestamptz not null check (seal_checked_at >= received_at),
        seal_matched boolean not null,
        recorded_by text not null,
        recorded_at timestamptz not null,
        primary key (institution_id, id),
        -- A form has its number once: the same one again is the same paper.
        unique (institution_id, kind, form_reference),
        foreign key (institution_id, holder_id) references holder
      );
      call renkei_guard_tenant('paper_entry');
      create trigger paper_entry_is_append_only before update or delete or truncate on paper_entry
        for each statement execute function renkei_refuse_change();
      grant select, insert on paper_entry to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table paper_entry');
  }
}
