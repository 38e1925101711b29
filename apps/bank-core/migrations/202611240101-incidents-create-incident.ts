import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an intermediary tells of a breach, a leak or a failure once, and each institution concerned keeps it with its
 * own number and history: what may become a ground of RKN-S4a must not be rewritten. Creates only; locks nothing.
 */
export class IncidentsCreateIncident202611240101 implements MigrationInterface {
  readonly name = 'IncidentsCreateIncident202611240101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table incident (
        institution_id smallint not null references institution,
        -- The same at every institution concerned.
        id text not null check (id ~ '^inc_[0-9a-hjkmnp-tv-z]{26}$'),
        number int not null check (number > 0),
        epsp_id text not null references federation.intermediary,
        -- The intermediary's own name for it.
        reference text not null check (length(reference) between 1 and 100),
        kind text not null check (kind in ('security_breach', 'leak', 'service_failure', 'partner_breach')),
        chain_partner_id text references federation.chain_partner,
        occurred_at timestamptz check (occurred_at <= found_at),
        found_at timestamptz not null check (found_at <= reported_at),
        reported_at timestamptz not null,
        functions text[] not null,
        -- Null: not known.
        affected_users int check (affected_users >= 0),
        phase text not null check (phase in ('ongoing', 'contained', 'resolved')),
        last_sequence int not null check (last_sequence > 0),
        last_report int not null check (last_report between 1 and last_sequence),
        read_to int not null default 0 check (read_to between 0 and last_sequence),
        read_at timestamptz,
        closed_at timestamptz,
        check (kind <> 'partner_breach' or chain_partner_id is not null),
        check ((read_to = 0) = (read_at is null)),
        primary key (institution_id, id),
        unique (institution_id, number),
        unique (institution_id, epsp_id, reference)
      );
      create index incident_by_epsp on incident (institution_id, epsp_id, id);
      create index incident_waiting on incident (institution_id, epsp_id) where read_to < last_report;
      call renkei_guard_tenant('incident');
      grant select, insert, update (functions, affected_users, phase, last_sequence, last_report,
        read_to, read_at, closed_at) on incident to renkei_bank_app;

      create table incident_entry (
        institution_id smallint not null references institution,
        incident_id text not null,
        sequence int not null check (sequence > 0),
        -- One report has one id, wherever it was told.
        id text not null check (id ~ '^rpt_[0-9a-hjkmnp-tv-z]{26}$'),
        kind text not null check (kind in
          ('reported', 'followed_up', 'acknowledged', 'became_ground', 'closed')),
        written_by text not null,
        written_at timestamptz not null,
        content jsonb not null,
        primary key (institution_id, incident_id, sequence),
        foreign key (institution_id, incident_id) references incident (institution_id, id)
      );
      call renkei_guard_tenant('incident_entry');
      grant select, insert on incident_entry to renkei_bank_app;
      create trigger incident_entry_is_append_only before update or delete or truncate on incident_entry
        for each statement execute function renkei_refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('What was reported is not forgotten: restore a backup instead.');
  }
}
