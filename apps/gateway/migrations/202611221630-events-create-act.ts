import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a change of subscriptions or deliveries happens once per key of its caller, and the same key gets the
 * same answer for ever (users.md D.6). Creates only.
 */
export class EventsCreateAct202611221630 implements MigrationInterface {
  readonly name = 'EventsCreateAct202611221630';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table event_act (
        client_id text not null,
        route text not null,
        key text not null check (length(key) <= 64),
        fingerprint text not null,
        -- Wrapped, since the answer to a new key may hold its secret (T-22).
        answer bytea not null,
        at timestamptz not null default clock_timestamp(),
        primary key (client_id, route, key)
      );
      grant select, insert on event_act to renkei_gateway_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table event_act');
  }
}
