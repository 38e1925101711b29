import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a message that one process cannot sign is given back for another that can, and fails only when nobody could for as
 * long as all attempts take (T-22, docs/keys.md). One column without a default: locks the table for an instant.
 */
export class EventsUnsignedSince202611260501 implements MigrationInterface {
  readonly name = 'EventsUnsignedSince202611260501';

  async up(run: QueryRunner): Promise<void> {
    await run.query('alter table event_delivery add column unsigned_since timestamptz');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table event_delivery drop column unsigned_since');
  }
}
