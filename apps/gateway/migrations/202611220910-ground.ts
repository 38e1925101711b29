import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the gateway remembers: software, what oidc-provider stores, the grants that point at bank-core's
 * consents, proofs that were used, and how far the feeds were read. Creates only; locks nothing.
 */
export class GatewayGround202611220910 implements MigrationInterface {
  readonly name = 'GatewayGround202611220910';

  async up(run: QueryRunner): Promise<void> {
    await run.query(CLIENTS);
    await run.query(ARTIFACTS);
    await run.query(GRANTS);
    await run.query(EVICTION);
    await run.query(REPLAY);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has no way back: restore a backup instead.');
  }
}

const CLIENTS = `
  create table client (
    client_id text primary key check (client_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    epsp_id text not null check (epsp_id ~ '^epsp_[0-9a-hjkmnp-tv-z]{26}$'),
    status text not null default 'active' check (status in ('active', 'blocked')),
    redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
    -- Public keys only; the check keeps a private member from ever being stored.
    jwks json not null check (not jsonb_path_exists(jwks::jsonb, '$.keys[*].d')),
    recorded_at timestamptz not null default clock_timestamp()
  );
  grant select on client to renkei_gateway_app;
`;

const ARTIFACTS = `
  -- Everything oidc-provider stores. The id is the SHA-256 of the value, so that a reader of this table
  -- holds no token; json and not jsonb, because signed and hashed content must keep its order.
  create table oidc_artifact (
    model text not null,
    id text not null,
    payload json not null,
    grant_id text,
    uid text,
    consumed_at timestamptz,
    -- An access token of an ended grant stays until it expires, to say why it is dead.
    ended_code text,
    expires_at timestamptz not null,
    primary key (model, id)
  );
  create index oidc_artifact_grant on oidc_artifact (grant_id) where grant_id is not null;
  create index oidc_artifact_uid on oidc_artifact (uid) where uid is not null;
  create index oidc_artifact_expiry on oidc_artifact (expires_at);
  grant select, insert, update, delete on oidc_artifact to renkei_gateway_app;
`;

const GRANTS = `
  -- The right to call, as far as the gateway knows: it points at a consent or at one transfer of
  -- bank-core, which checks again on every call (RKN-S1).
  create table consent_grant (
    grant_id text primary key,
    kind text not null check (kind in ('account_information', 'transfer_initiation')),
    bank_code text not null check (bank_code ~ '^[0-9]{4}$'),
    client_id text not null references client,
    chain_partner_id text not null check (chain_partner_id = 'none' or chain_partner_id ~ '^cp_'),
    consent_id text,
    transfer_id text,
    permissions text[] not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_code text,
    recorded_at timestamptz not null default clock_timestamp(),
    check ((kind = 'account_information') = (consent_id is not null)),
    check ((kind = 'transfer_initiation') = (transfer_id is not null)),
    check ((ended_at is null) = (ended_code is null))
  );
  create unique index consent_grant_consent on consent_grant (consent_id, grant_id)
    where consent_id is not null;
  create table feed_cursor (feed text primary key, cursor text not null);
  grant select, insert, update on consent_grant, feed_cursor to renkei_gateway_app;
`;

const EVICTION = `
  -- Every process caches access tokens by their hash; whoever ends one tells all of them. A trigger and
  -- not the application, so that no way of ending a token can forget it.
  create function renkei_tell_token_end() returns trigger language plpgsql as $$
  begin
    perform pg_notify('renkei_token_end', old.id);
    return null;
  end $$;
  create trigger token_end after delete or update of ended_code on oidc_artifact
    for each row when (old.model in ('AccessToken', 'ClientCredentials')
      and old.expires_at > clock_timestamp())
    execute function renkei_tell_token_end();
`;

const REPLAY = `
  -- Proofs at the resource server: unique per key and jti for all processes (T-10). The key comes first,
  -- so that nobody can burn a stranger's jti.
  create table proof_seen (
    key_thumbprint text not null,
    jti_hash bytea not null,
    expires_at timestamptz not null,
    primary key (key_thumbprint, jti_hash)
  );
  create index proof_seen_expiry on proof_seen (expires_at);
  grant select, insert, delete on proof_seen to renkei_gateway_app;
`;
