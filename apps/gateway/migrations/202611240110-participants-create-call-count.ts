import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an intermediary reads its own figures, by the definition of fault that log and bank have (users.md B 13), over
 * all processes. Each process writes its own absolute counts, so that what is written twice is counted once. Creates
 * only; locks nothing.
 */
export class ParticipantsCreateCallCount202611240110 implements MigrationInterface {
  readonly name = 'ParticipantsCreateCallCount202611240110';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table call_count (
        epsp_id text not null,
        span text not null check (span in ('minute', 'hour')),
        began_at timestamptz not null,
        -- Empty: a call that concerns no institution.
        bank_code text not null check (bank_code ~ '^([0-9]{4})?$'),
        -- Of the refusal; empty: it was answered.
        code text not null check (length(code) <= 60),
        fault text not null check
          (fault in ('nobody', 'gateway', 'bank_core', 'intermediary', 'partner')),
        -- Whoever counted; a process that starts anew is another one.
        process uuid not null,
        calls int8 not null check (calls > 0),
        total_ms float8 not null check (total_ms >= 0),
        -- How many took no longer than each bound of the histogram, and in the last place how many took longer.
        buckets int4[] not null,
        primary key (epsp_id, span, began_at, bank_code, code, fault, process)
      );
      create index call_count_sweep on call_count (span, began_at);
      grant select, insert, update (calls, total_ms, buckets), delete on call_count
        to renkei_gateway_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table call_count');
  }
}
