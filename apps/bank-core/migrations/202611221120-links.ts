import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a protective hold has its own basis, two people and a latest end (INT-13); the row cannot exist
 * without an approved proposal. Changes wake the link stream. Locks nothing: creates only.
 */
export class Links202611221120 implements MigrationInterface {
  readonly name = 'Links202611221120';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table link_measure (
        institution_id smallint not null references institution,
        id text not null check (id ~ '^hold_'),
        kind text not null check (kind in ('protective_hold')),
        proposal_id text not null references federation.proposal_approval,
        epsp_id text not null references federation.intermediary,
        chain_partner_id text not null,
        function text not null,
        basis text not null check (length(basis) between 1 and 1000),
        since timestamptz not null,
        until timestamptz not null check (until > since),
        released_at timestamptz,
        release_proposal_id text references federation.proposal_approval,
        check ((released_at is null) = (release_proposal_id is null)),
        primary key (institution_id, id)
      );
      call renkei_guard_tenant('link_measure');
      grant select, insert, update (released_at, release_proposal_id) on link_measure
        to renkei_bank_app;

      insert into link_version (institution_id, version) select id, 0 from institution
        on conflict do nothing;
      -- Every institution has a version from its first day, so that the stream is gapless from 0.
      create function link_version_begins() returns trigger language plpgsql as $$
      begin
        insert into link_version (institution_id, version) values (new.id, 0) on conflict do nothing;
        return null;
      end $$;
      create trigger institution_begins_at_version_0 after insert on institution
        for each row execute function link_version_begins();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger institution_begins_at_version_0 on institution;
      drop function link_version_begins();
      drop table link_measure;
    `);
  }
}
