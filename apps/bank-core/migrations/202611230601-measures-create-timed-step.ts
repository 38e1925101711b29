import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a measure or its end may be decided today and take effect later (RKN-S4c, RKN-C2b). What two people agreed on
 * waits here, one row per institution, until the job carries it out once or two people cancel it. Creates only.
 */
export class MeasuresCreateTimedStep202611230601 implements MigrationInterface {
  readonly name = 'MeasuresCreateTimedStep202611230601';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table timed_step (
        institution_id smallint not null references institution,
        proposal_id text not null references federation.proposal_approval,
        epsp_id text not null references federation.intermediary,
        chain_partner_id text references federation.chain_partner,
        step text not null,
        clause text not null,
        decided_at timestamptz not null,
        effective_at timestamptz not null,
        -- What became of it: the machine's answer, or the cancellation.
        settled_at timestamptz,
        outcome jsonb,
        cancelled_by text references federation.proposal_approval,
        check ((settled_at is null) = (outcome is null)),
        check (cancelled_by is null or settled_at < effective_at),
        check (cancelled_by is not null or settled_at >= effective_at),
        primary key (institution_id, proposal_id)
      );
      create index timed_step_due on timed_step (institution_id, effective_at)
        where settled_at is null;
      create index timed_step_by_epsp on timed_step (institution_id, epsp_id, proposal_id);
      call renkei_guard_tenant('timed_step');
      grant select, insert, update (settled_at, outcome, cancelled_by) on timed_step
        to renkei_bank_app;

      create function timed_step_settles_once() returns trigger language plpgsql as $$
      begin
        if old.settled_at is not null then
          raise exception 'the timed step of % is settled', old.proposal_id;
        end if;
        return new;
      end $$;
      create trigger timed_step_settles_once before update on timed_step
        for each row execute function timed_step_settles_once();
    `);
  }

  async down(): Promise<void> {
    throw new Error('What two people decided is not forgotten: restore a backup instead.');
  }
}
