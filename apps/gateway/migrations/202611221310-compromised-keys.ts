import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A token remembers by which key its client proved itself; where that key, or the one the token is bound
 * to, is reported as compromised, the token is dead to whoever looks it up, and every process is told to
 * look again (T-09). Adds a column; holds a short exclusive lock on oidc_artifact.
 */
export class CompromisedKeys202611221310 implements MigrationInterface {
  readonly name = 'CompromisedKeys202611221310';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- Thumbprints (RFC 7638) of keys and x5t#S256 of certificates; several where the assertion
      -- named no key and more than one could have signed it.
      alter table oidc_artifact add column proven_by text[];
      create index oidc_artifact_proven_by on oidc_artifact using gin (proven_by)
        where model = 'RefreshToken';

      create function renkei_end_tokens_of_key() returns trigger language plpgsql as $$
      begin
        -- A refresh token that was obtained with the key leads nowhere any more, and neither does its
        -- grant; bank-core is told, so that the holder sees the truth.
        update consent_grant set ended_at = clock_timestamp(), ended_code = 'invalid_token'
          where ended_at is null and grant_id in (
            select grant_id from oidc_artifact
            where model = 'RefreshToken' and proven_by @> array[new.mark]);
        delete from oidc_artifact where model = 'RefreshToken' and proven_by @> array[new.mark];
        -- A star for "any token": reports are rare, and every process looks again.
        perform pg_notify('renkei_token_end', '*');
        return null;
      end $$;
      create trigger key_compromised after insert on compromised_key
        for each row execute function renkei_end_tokens_of_key();
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger key_compromised on compromised_key;
      drop function renkei_end_tokens_of_key();
      alter table oidc_artifact drop column proven_by;
    `);
  }
}
