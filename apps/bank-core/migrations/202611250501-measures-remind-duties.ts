import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a duty of an intermediary that has a date must not pass in silence: it hears of it so many days before as the
 * institution has set, and when it is over (RKN-S3a, RKN-S3b, RKN-S4a); it also hears when an institution answers an
 * incident that it reported. Ids, codes and dates only (T-30). The constraint of party_change is replaced under a short
 * lock; the triggers take one on matter_event and incident_entry.
 */
export class MeasuresRemindDuties202611250501 implements MigrationInterface {
  readonly name = 'MeasuresRemindDuties202611250501';

  async up(run: QueryRunner): Promise<void> {
    await run.query(REMINDERS);
    await run.query(OVERDUE);
    await run.query(INCIDENTS);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger incident_is_told on incident_entry;
      drop trigger duty_overdue_is_told on matter_event;
      drop function incident_tells, duty_overdue_tells;
      drop table duty_reminder;
      drop function duty_reminder_tells, duty_is_told;
      delete from party_change where subject in ('duty', 'incident');
      alter table party_change drop constraint party_change_subject_check;
      alter table party_change add constraint party_change_subject_check
        check (subject in ('consent', 'account', 'transfer', 'link', 'outage', 'letter'));
    `);
  }
}

const REMINDERS = `
  alter table party_change drop constraint party_change_subject_check;
  alter table party_change add constraint party_change_subject_check check
    (subject in ('consent', 'account', 'transfer', 'link', 'outage', 'letter', 'duty', 'incident'));

  -- Which reminder of which end has gone out: once each, whatever restarts in between.
  create table duty_reminder (
    institution_id smallint not null references institution,
    machine text not null,
    -- Of the review: the intermediary.
    key text not null,
    deadline text not null check (deadline in ('improvement', 'attestation', 'standard_gap')),
    due_at timestamptz not null,
    days_before integer not null check (days_before > 0),
    reminded_at timestamptz not null,
    primary key (institution_id, machine, key, deadline, due_at, days_before),
    foreign key (institution_id, machine, key) references matter
  );
  call renkei_guard_tenant('duty_reminder');
  grant select, insert on duty_reminder to renkei_bank_app;

  -- The demand, or the submission that is to be attested to or brought up to the standard.
  create function duty_is_told(p_institution smallint, p_machine text, p_key text, p_deadline text,
    p_state text, p_due_at timestamptz, p_days int, p_at timestamptz)
  returns void language sql set search_path = pg_catalog, public, pg_temp as $$
    insert into party_change (institution_id, at, subject, subject_id, epsp_id, state, detail)
    select m.institution_id, p_at, 'duty',
      coalesce(case p_deadline when 'improvement' then m.state #>> '{facts,demand,id}' end,
        m.state #>> '{facts,submissionId}', m.key),
      m.key, p_state, jsonb_build_object('duty', p_deadline, 'dueAt', p_due_at, 'daysLeft', p_days,
        'clause', case p_deadline when 'improvement' then 'RKN-S4a'
          when 'attestation' then 'RKN-S3a' else 'RKN-S3b' end)
    from matter m
    where m.institution_id = p_institution and m.machine = p_machine and m.key = p_key
  $$;

  create function duty_reminder_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform duty_is_told(new.institution_id, new.machine, new.key, new.deadline, 'due_soon',
      new.due_at, new.days_before, new.reminded_at);
    return null;
  end $$;
  create trigger duty_reminder_is_told after insert on duty_reminder
    for each row execute function duty_reminder_tells();
`;

const OVERDUE = `
  -- The machine took in that a deadline has passed; whoever has reported by then has done its part of the demand.
  create function duty_overdue_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  declare
    deadline_name text := new.event ->> 'deadline';
  begin
    if deadline_name = 'improvement' and new.came_to <> 'IMPROVEMENT_REQUESTED' then return null; end if;
    perform duty_is_told(new.institution_id, new.machine, new.key, deadline_name, 'overdue',
      d.due_at, 0, new.recorded_at)
    from matter_deadline d
    where d.institution_id = new.institution_id and d.machine = new.machine and d.key = new.key
      and d.name = deadline_name;
    return null;
  end $$;
  create trigger duty_overdue_is_told after insert on matter_event for each row
    when (new.machine = 'security-review' and new.event ->> 'type' = 'deadline_reached'
      and new.event ->> 'deadline' in ('improvement', 'attestation', 'standard_gap'))
    execute function duty_overdue_tells();
`;

const INCIDENTS = `
  create function incident_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  begin
    insert into party_change (institution_id, at, subject, subject_id, epsp_id, chain_partner_id, state)
    select i.institution_id, new.written_at, 'incident', i.id, i.epsp_id,
      coalesce(i.chain_partner_id, 'none'), new.kind
    from incident i where i.institution_id = new.institution_id and i.id = new.incident_id;
    return null;
  end $$;
  create trigger incident_is_told after insert on incident_entry for each row
    when (new.kind in ('reported', 'acknowledged', 'closed')) execute function incident_tells();
`;
