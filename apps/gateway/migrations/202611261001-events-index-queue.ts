import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: whoever takes due messages read everything that waits, and counted an endpoint's messages under way once for each
 * that waited for it: the square of a backlog. Each question has an index of its own now: an endpoint's next events, its
 * test, what is under way. The index by time alone has no reader left. Holds a share lock on event_delivery meanwhile.
 */
export class EventsIndexQueue202611261001 implements MigrationInterface {
  readonly name = 'EventsIndexQueue202611261001';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create index event_delivery_queue on event_delivery (subscription_id, next_attempt_at, sequence)
        where state = 'waiting' and event_id is not null;
      create index event_delivery_test on event_delivery (subscription_id)
        where state = 'waiting' and event_id is null;
      create index event_delivery_under_way on event_delivery (subscription_id)
        where state = 'waiting' and lease_until is not null;
      drop index event_delivery_due;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      create index event_delivery_due on event_delivery (next_attempt_at) where state = 'waiting';
      drop index event_delivery_queue, event_delivery_test, event_delivery_under_way;
    `);
  }
}
