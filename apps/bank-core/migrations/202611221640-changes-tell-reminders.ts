import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: when a holder is reminded that a consent ends soon, its intermediary hears of it as well, so that it
 * can ask for an extension in time (users.md B 18). Adds a trigger: a short lock on consent_reminder.
 */
export class ChangesTellReminders202611221640 implements MigrationInterface {
  readonly name = 'ChangesTellReminders202611221640';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create function consent_reminder_tells() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into party_change (institution_id, at, subject, subject_id, epsp_id, client_id,
          chain_partner_id, state, detail)
        select new.institution_id, new.reminded_at, 'consent', c.id, c.epsp_id, c.client_id,
          c.chain_partner_id, 'expiring',
          jsonb_build_object('expiresAt', new.expires_at, 'daysLeft', new.days_before)
        from consent c where c.institution_id = new.institution_id and c.id = new.consent_id;
        return null;
      end $$;
      create trigger consent_reminder_is_told after insert on consent_reminder
        for each row execute function consent_reminder_tells();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger consent_reminder_is_told on consent_reminder;
      drop function consent_reminder_tells;
    `);
  }
}
