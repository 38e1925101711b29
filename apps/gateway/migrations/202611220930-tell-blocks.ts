import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tells every process when software is blocked or let in again: its tokens lie in their caches until
 * they expire (T-09). Adds a function and a trigger; holds a short lock on client.
 */
export class TellBlocks202611220930 implements MigrationInterface {
  readonly name = 'TellBlocks202611220930';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- A star for "any token": blocking is rare, and which tokens a client holds is not looked up.
      create function renkei_tell_client_change() returns trigger language plpgsql as $$
      begin
        perform pg_notify('renkei_token_end', '*');
        return null;
      end $$;
      create trigger client_change after update of status, epsp_id on client
        for each row when (old.status is distinct from new.status
          or old.epsp_id is distinct from new.epsp_id)
        execute function renkei_tell_client_change();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger client_change on client;
      drop function renkei_tell_client_change();
    `);
  }
}
