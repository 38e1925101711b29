import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a stop shall reach every gateway node as soon as it has committed (RKN-S4c), not at the next heartbeat. The
 * note goes out with the commit and only wakes; the heartbeat goes on without it. Creates only; locks nothing long.
 */
export class LinksWake202611230000 implements MigrationInterface {
  readonly name = 'LinksWake202611230000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create function tell_link_event() returns trigger language plpgsql as $$
      begin
        perform pg_notify('renkei_link', new.institution_id::text);
        return null;
      end $$;
      create trigger link_event_tell after insert on link_event
        for each row execute function tell_link_event();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop trigger link_event_tell on link_event; drop function tell_link_event()');
  }
}
