import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: which reading of an open question an institution takes is dated, chosen by one and approved by another; a
 * decision copies what was in force on its day. Locks nothing: creates only.
 */
export class Readings202611230403 implements MigrationInterface {
  readonly name = 'Readings202611230403';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table reading_choice (
        institution_id smallint not null references institution,
        entry text not null check (entry ~ '^INT-[0-9]{2}$'),
        version integer not null check (version >= 1),
        reading text not null check (reading ~ '^[A-Z]$'),
        effective_from date not null,
        chosen_by text not null,
        approved_by text not null check (approved_by <> chosen_by),
        status text not null check (status in ('proposed', 'signed')),
        -- The opinion that a lawyer signed.
        legal_source text,
        proposal_id text not null,
        recorded_at timestamptz not null,
        primary key (institution_id, entry, version),
        unique (institution_id, entry, effective_from),
        check ((status = 'signed') = (legal_source is not null)),
        -- Never retroactive: it holds from a day that had not come when it was approved.
        check (effective_from > renkei_tokyo_date(recorded_at))
      );
      call renkei_guard_tenant('reading_choice');
      create trigger reading_choice_is_append_only before update or delete or truncate on reading_choice
        for each statement execute function renkei_refuse_change();
      grant select, insert on reading_choice to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table reading_choice');
  }
}
