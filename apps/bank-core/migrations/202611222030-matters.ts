import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: reviews, chain stops, links and cases move by the machines of libs/contracts; here stands where each is, what
 * moved it, and which deadlines run (design.md section 4: due rows are the truth). Creates only; locks nothing.
 */
export class Matters202611222030 implements MigrationInterface {
  readonly name = 'Matters202611222030';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table matter (
        institution_id smallint not null references institution,
        machine text not null,
        -- Whose matter it is within the machine: an intermediary, a chain partner, a case.
        key text not null check (length(key) between 1 and 200),
        -- The machine's state as libs/contracts wrote it; its version counts the events.
        state jsonb not null,
        version integer not null check (version >= 0),
        primary key (institution_id, machine, key)
      );
      call renkei_guard_tenant('matter');

      create table matter_event (
        institution_id smallint not null,
        machine text not null,
        key text not null,
        version integer not null,
        -- Told once: the same id never moves a matter twice.
        event_id text not null,
        event jsonb not null,
        came_to text not null,
        clauses text[] not null,
        recorded_at timestamptz not null,
        primary key (institution_id, machine, key, version),
        unique (institution_id, machine, key, event_id),
        foreign key (institution_id, machine, key) references matter
      );
      call renkei_guard_tenant('matter_event');
      create trigger matter_event_is_append_only before update or delete or truncate on matter_event
        for each statement execute function renkei_refuse_change();

      create table matter_deadline (
        institution_id smallint not null,
        machine text not null,
        key text not null,
        name text not null,
        due_at timestamptz not null,
        primary key (institution_id, machine, key, name),
        foreign key (institution_id, machine, key) references matter
      );
      create index matter_deadline_due on matter_deadline (institution_id, due_at);
      call renkei_guard_tenant('matter_deadline');

      grant select, insert, update (state, version) on matter to renkei_bank_app;
      grant select, insert on matter_event to renkei_bank_app;
      grant select, insert, update (due_at), delete on matter_deadline to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table matter_deadline, matter_event, matter');
  }
}
