import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a consent names its accounts one by one (RKN-S1/b), keeps the wording that was shown word for word,
 * and its changes wake the feed. Locks `consent_event` for the time of adding a trigger.
 */
export class Consents202611221130 implements MigrationInterface {
  readonly name = 'Consents202611221130';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table consent_account (
        institution_id smallint not null references institution,
        consent_id text not null,
        account_id text not null check (account_id ~ '^acc_'),
        primary key (institution_id, consent_id, account_id),
        foreign key (institution_id, consent_id) references consent
      );
      -- The exact text that a holder saw, once per text: its hash stands in the consent (RKN-S1).
      create table consent_wording (
        institution_id smallint not null references institution,
        hash text not null
          check (hash = 'sha256:' || encode(sha256(convert_to(wording, 'UTF8')), 'hex')),
        wording text not null,
        shown_first_at timestamptz not null,
        primary key (institution_id, hash)
      );
      call renkei_guard_tenant('consent_account');
      call renkei_guard_tenant('consent_wording');
      grant select, insert on consent_account, consent_wording to renkei_bank_app;
      create index consent_due on consent (institution_id, expires_at)
        where state in ('authorised', 'frozen');

      create function consent_event_wakes() returns trigger language plpgsql as $$
      begin
        perform pg_notify('renkei_consent', new.institution_id::text);
        return null;
      end $$;
      create trigger consent_event_wakes_the_feed after insert on consent_event
        for each row execute function consent_event_wakes();
      create trigger consent_event_is_append_only before update or delete on consent_event
        for each statement execute function renkei_refuse_change();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger consent_event_is_append_only on consent_event;
      drop trigger consent_event_wakes_the_feed on consent_event;
      drop function consent_event_wakes();
      drop index consent_due;
      drop table consent_wording, consent_account;
    `);
  }
}
