import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many answers were given that could be collected into a list of names or balances (T-15). Creates only;
 * locks nothing.
 */
export class LimitsCreateDisclosureUse202611221500 implements MigrationInterface {
  readonly name = 'LimitsCreateDisclosureUse202611221500';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- One row per day, question and asker; the asker is a consent or an intermediary. Counted in the
      -- transaction of the answer, so that no answer is given that was not counted.
      create table disclosure_use (
        institution_id smallint not null references institution,
        on_date date not null,
        question text not null check (question in ('payee_name', 'funds')),
        subject text collate "C" not null check (subject ~ '^(cns|epsp)_'),
        answers integer not null default 0 check (answers >= 0),
        misses integer not null default 0 check (misses between 0 and answers),
        primary key (institution_id, on_date, question, subject)
      );
      call renkei_guard_tenant('disclosure_use');
      grant select, insert, update (answers, misses) on disclosure_use to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table disclosure_use');
  }
}
