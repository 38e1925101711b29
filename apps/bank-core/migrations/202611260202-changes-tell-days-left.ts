import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a reminder told the lead that the institution has set, also where it came later than that, after an outage or a
 * change of the leads (RKN-S3a, RKN-S3b, RKN-S4a, users.md B 18). It tells the days that are left; the lead stays the
 * key of the reminder. Adds a function and replaces two; locks nothing.
 */
export class ChangesTellDaysLeft202611260202 implements MigrationInterface {
  readonly name = 'ChangesTellDaysLeft202611260202';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- A day that has begun counts as a whole one.
      create function days_until(due_at timestamptz, at timestamptz) returns int language sql immutable
      set search_path = pg_catalog, pg_temp as $$
        select ceil(extract(epoch from due_at - at) / 86400)::int
      $$;
    `);
    await tell(run, {
      consent: 'days_until(new.expires_at, new.reminded_at)',
      duty: 'days_until(new.due_at, new.reminded_at)',
    });
  }

  async down(run: QueryRunner): Promise<void> {
    await tell(run, { consent: 'new.days_before', duty: 'new.days_before' });
    await run.query('drop function days_until');
  }
}

/** Both reminders, with what each tells as the days that are left. */
async function tell(run: QueryRunner, days: { consent: string; duty: string }): Promise<void> {
  await run.query(`
    create or replace function consent_reminder_tells() returns trigger language plpgsql
    set search_path = pg_catalog, public, pg_temp as $$
    begin
      insert into party_change (institution_id, at, subject, subject_id, epsp_id, client_id,
        chain_partner_id, state, detail)
      select new.institution_id, new.reminded_at, 'consent', c.id, c.epsp_id, c.client_id,
        c.chain_partner_id, 'expiring',
        jsonb_build_object('expiresAt', new.expires_at, 'daysLeft', ${days.consent})
      from consent c where c.institution_id = new.institution_id and c.id = new.consent_id;
      return null;
    end $$;

    create or replace function duty_reminder_tells() returns trigger language plpgsql
    set search_path = pg_catalog, public, pg_temp as $$
    begin
      perform duty_is_told(new.institution_id, new.machine, new.key, new.deadline, 'due_soon',
        new.due_at, ${days.duty}, new.reminded_at);
      return null;
    end $$;
  `);
}
