import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: the bank can block one piece of software, by two people, with a reason and a latest end (users.md A.3, INT-13). A
 * state of its own stands beside the registration: what is blocked may still read its standing and end consents.
 * `status` keeps what is left, there or gone. Short exclusive lock on client.
 */
export class ClientsCreateSoftwareBlock202611250301 implements MigrationInterface {
  readonly name = 'ClientsCreateSoftwareBlock202611250301';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table software_block (
        -- The proposal in the bank's own record.
        proposal_id text primary key,
        client_id text not null references client,
        reason text not null check (length(reason) between 1 and 1000),
        decided_by text[] not null check (cardinality(decided_by) = 2),
        since timestamptz not null default clock_timestamp(),
        -- No block without an end: whoever wants it longer decides it again.
        until timestamptz not null check (until > since and until <= since + interval '30 days'),
        lifted_at timestamptz,
        lift_proposal_id text unique,
        lift_reason text check (length(lift_reason) between 1 and 1000),
        lifted_by text[] check (cardinality(lifted_by) = 2),
        check ((lifted_at is null) = (lift_proposal_id is null)),
        check ((lifted_at is null) = (lift_reason is null)),
        check ((lifted_at is null) = (lifted_by is null))
      );
      create index software_block_of_client on software_block (client_id) where lifted_at is null;
      -- The server reads; only who records the decision of two people writes (T-12, T-17).
      grant select on software_block to renkei_gateway_app;

      -- Until when software is blocked; null where it is not. What calls are judged by says it once.
      create function software_blocked_until(client text) returns timestamptz
      language sql stable as $$
        select max(until) from software_block
        where client_id = client and lifted_at is null and until > clock_timestamp()
      $$;

      -- Its tokens lie in the caches of every process: they look again. A star for "any token".
      create function renkei_tell_software_block() returns trigger language plpgsql as $$
      begin
        perform pg_notify('renkei_token_end', '*');
        return null;
      end $$;
      create trigger software_block_change after insert or update on software_block
        for each row execute function renkei_tell_software_block();

      -- Who was blocked by hand stays blocked, for as long as a block lasts.
      insert into software_block (proposal_id, client_id, reason, decided_by, until)
        select 'by-hand-' || client_id, client_id, 'blocked by hand', array['unknown', 'unknown'],
          clock_timestamp() + interval '29 days'
        from client where status = 'blocked';
      update client set status = 'active' where status = 'blocked';
      alter table client drop constraint client_status_check,
        add constraint client_status_check check (status in ('active', 'deleted'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('What two people decided is not forgotten: restore a backup instead.');
  }
}
