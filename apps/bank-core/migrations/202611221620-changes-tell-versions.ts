import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a consent's history names each change by its own word (extended, amended, resumed), and its accounts
 * have a state of their own; an intermediary hears of both (users.md B 11). Replaces a function; adds a
 * trigger: a short lock on consent_account.
 */
export class ChangesTellVersions202611221620 implements MigrationInterface {
  readonly name = 'ChangesTellVersions202611221620';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- Being asked for is no news to who asked.
      create or replace function consent_tells() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
      begin
        if new.change is distinct from 'asked' then
          insert into party_change (institution_id, at, subject, subject_id, epsp_id, client_id,
            chain_partner_id, state)
          select new.institution_id, new.at, 'consent', c.id, c.epsp_id, c.client_id,
            c.chain_partner_id, coalesce(new.change, new.state)
          from consent c where c.institution_id = new.institution_id and c.id = new.consent_id;
        end if;
        return null;
      end $$;

      -- What the holder deselected is an amendment, told as such; why one cannot be read is nobody's
      -- business (T-29).
      create function consent_account_tells() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into party_change (institution_id, at, subject, subject_id, epsp_id, client_id,
          chain_partner_id, was, state, detail)
        select new.institution_id, new.changed_at, 'account', new.account_id, c.epsp_id, c.client_id,
          c.chain_partner_id, old.status, new.status, jsonb_build_object('consentId', c.id)
        from consent c where c.institution_id = new.institution_id and c.id = new.consent_id;
        return null;
      end $$;
      create trigger consent_account_is_told after update of status on consent_account
        for each row when (old.status is distinct from new.status
          and 'removed' not in (old.status, new.status))
        execute function consent_account_tells();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger consent_account_is_told on consent_account;
      drop function consent_account_tells;
    `);
  }
}
