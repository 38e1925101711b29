import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an event that is removed by age takes its deliveries with it; without an index each would be looked
 * for in the whole table. Holds a share lock on event_delivery while it is built.
 */
export class EventsIndexDeliveries202611221650 implements MigrationInterface {
  readonly name = 'EventsIndexDeliveries202611221650';

  async up(run: QueryRunner): Promise<void> {
    await run.query('create index event_delivery_event on event_delivery (event_id)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index event_delivery_event');
  }
}
