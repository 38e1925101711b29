import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an intermediary hears at once that a letter waits for it, a demand above all (RKN-S4a): its period runs from
 * the arrival. Ids, the machine's word and the clause; what the letter says stands in it alone (T-30). The constraint
 * of party_change is replaced under a short lock; the trigger takes one on letter.
 */
export class ChangesTellLetters202611230301 implements MigrationInterface {
  readonly name = 'ChangesTellLetters202611230301';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table party_change drop constraint party_change_subject_check;
      alter table party_change add constraint party_change_subject_check
        check (subject in ('consent', 'account', 'transfer', 'link', 'outage', 'letter'));
      create function letter_tells() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into party_change (institution_id, at, subject, subject_id, epsp_id, chain_partner_id, state, detail)
        values (new.institution_id, new.sent_at, 'letter', new.document_id, new.epsp_id,
          coalesce(new.chain_partner_id, 'none'), new.notice,
          jsonb_build_object('clause', new.clause, 'about', new.about));
        return null;
      end $$;
      create trigger letter_is_told after insert on letter
        for each row execute function letter_tells();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger letter_is_told on letter;
      drop function letter_tells;
      delete from party_change where subject = 'letter';
      alter table party_change drop constraint party_change_subject_check;
      alter table party_change add constraint party_change_subject_check
        check (subject in ('consent', 'account', 'transfer', 'link', 'outage'));
    `);
  }
}
