import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what a holder has to be told is a row, written with the effect that it tells of and delivered at least once
 * under one Message-ID for ever (design.md section 4). Locks nothing: creates only.
 */
export class NoticesCreateNotice202611221410 implements MigrationInterface {
  readonly name = 'NoticesCreateNotice202611221410';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table notice (
        institution_id smallint not null references institution,
        id text not null check (id ~ '^ntc_[0-9a-hjkmnp-tv-z]{26}$'),
        holder_id text not null,
        kind text not null check (kind ~ '^[a-z_]{1,40}$'),
        consent_id text,
        -- Where it goes, as it stood when the effect took place (SM-10.2); the body is erased with its subject.
        recipient text not null check (length(recipient) between 3 and 254),
        subject text not null,
        body text,
        body_hash text not null,
        message_id text not null check (message_id ~ '^<[a-z0-9_.@-]+>$'),
        created_at timestamptz not null,
        next_attempt_at timestamptz,
        attempts integer not null default 0,
        delivered_at timestamptz,
        given_up_at timestamptz,
        last_failure text,
        primary key (institution_id, id),
        unique (institution_id, message_id),
        foreign key (institution_id, holder_id) references holder,
        check ((next_attempt_at is null) = (delivered_at is not null or given_up_at is not null))
      );
      call renkei_guard_tenant('notice');
      create index notice_due on notice (institution_id, next_attempt_at)
        where next_attempt_at is not null;
      grant select, insert, update (body, next_attempt_at, attempts, delivered_at, given_up_at,
        last_failure) on notice to renkei_bank_app;

      create function notice_wakes() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
      begin
        perform pg_notify('renkei_notice', new.institution_id::text);
        return null;
      end $$;
      create trigger notice_wakes_the_delivery after insert on notice
        for each row execute function notice_wakes();

      -- The letter box of an installation without a mail server: demonstrations and tests, never production.
      create table mailbox_mail (
        institution_id smallint not null references institution,
        message_id text not null,
        recipient text not null,
        sender text not null,
        subject text not null,
        body text not null,
        arrived_at timestamptz not null,
        primary key (institution_id, message_id)
      );
      call renkei_guard_tenant('mailbox_mail');
      create index mailbox_mail_newest on mailbox_mail (institution_id, arrived_at desc);
      grant select, insert on mailbox_mail to renkei_bank_app;

      -- Which reminder of which term has gone out: once each, whatever restarts in between.
      create table consent_reminder (
        institution_id smallint not null references institution,
        consent_id text not null,
        expires_at timestamptz not null,
        days_before integer not null check (days_before > 0),
        reminded_at timestamptz not null,
        primary key (institution_id, consent_id, expires_at, days_before),
        foreign key (institution_id, consent_id) references consent
      );
      call renkei_guard_tenant('consent_reminder');
      grant select, insert on consent_reminder to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop table consent_reminder, mailbox_mail, notice;
      drop function notice_wakes();
    `);
  }
}
