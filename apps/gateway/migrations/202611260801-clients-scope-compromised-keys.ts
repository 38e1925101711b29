import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: registering a key proves nothing about who holds it, so a report by another key of the reporter ends what the
 * reporter's own software obtained and nobody else's (T-09). A report by the key itself, or by two officers, counts
 * everywhere, as every report that stands here already does. New primary key on a small table: locks it for an instant.
 */
export class ClientsScopeCompromisedKeys202611260801 implements MigrationInterface {
  readonly name = 'ClientsScopeCompromisedKeys202611260801';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- False: the mark is dead to client_id alone. Rows are only ever added, so that a report grows by a second one.
      alter table compromised_key add column everywhere boolean not null default true;
      alter table compromised_key drop constraint compromised_key_pkey,
        add primary key (mark, client_id, everywhere);

      create or replace function renkei_end_tokens_of_key() returns trigger language plpgsql as $$
      begin
        -- A refresh token that was obtained with the key leads nowhere any more, and neither does its
        -- grant; bank-core is told, so that the holder sees the truth.
        update consent_grant set ended_at = clock_timestamp(), ended_code = 'invalid_token'
          where ended_at is null and grant_id in (
            select grant_id from oidc_artifact
            where model = 'RefreshToken' and proven_by @> array[new.mark]
              and (new.everywhere or payload ->> 'clientId' = new.client_id));
        delete from oidc_artifact where model = 'RefreshToken' and proven_by @> array[new.mark]
          and (new.everywhere or payload ->> 'clientId' = new.client_id);
        -- A star for "any token": reports are rare, and every process looks again.
        perform pg_notify('renkei_token_end', '*');
        return null;
      end $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error(
      'A report of one piece of software has no place in the older table: restore a backup instead.',
    );
  }
}
