import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: before a measure takes effect its intermediary may say what it thinks of it (RKN-S4c, RKN-C2b give the notice a
 * lead), and whoever decides then has it before him. Creates only; locks nothing.
 */
export class MeasuresCreateNoticeStatement202611240102 implements MigrationInterface {
  readonly name = 'MeasuresCreateNoticeStatement202611240102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table notice_statement (
        institution_id smallint not null references institution,
        id text not null check (id ~ '^stm_[0-9a-hjkmnp-tv-z]{26}$'),
        notice_id text not null check (notice_id ~ '^ntc_[0-9a-hjkmnp-tv-z]{26}$'),
        epsp_id text not null references federation.intermediary,
        chain_partner_id text references federation.chain_partner,
        clause text not null,
        text text not null check (length(text) between 1 and 10000),
        evidence text[] not null,
        client_id text not null,
        received_at timestamptz not null,
        primary key (institution_id, id)
      );
      create index notice_statement_by_notice on notice_statement (institution_id, notice_id, id);
      create index notice_statement_by_epsp on notice_statement (institution_id, epsp_id, id);
      call renkei_guard_tenant('notice_statement');
      grant select, insert on notice_statement to renkei_bank_app;
      create trigger notice_statement_is_append_only before update or delete or truncate
        on notice_statement for each statement execute function renkei_refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('What was said is not forgotten: restore a backup instead.');
  }
}
