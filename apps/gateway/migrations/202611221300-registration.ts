import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Software registers itself (RFC 7591, RFC 7592). Keys get rows of their own with a beginning and an end,
 * so that two can overlap; what a server that was taken over must not be able to do is not granted to it:
 * it asks for a change of keys or redirect URIs, and only the owner's role records that the bank agreed
 * (T-12). Copies the keys out of `client`; holds an exclusive lock on it for that moment.
 */
export class Registration202611221300 implements MigrationInterface {
  readonly name = 'Registration202611221300';

  async up(run: QueryRunner): Promise<void> {
    await run.query(SOFTWARE);
    await run.query(KEYS);
    await run.query(KEYS_FOLLOW_THE_BANK);
    await run.query(STATEMENTS);
    await run.query(CHANGES);
    await run.query(RECORD);
    await run.query(END_OF_SOFTWARE);
  }

  async down(): Promise<void> {
    throw new Error('Registered keys have no way back into one column: restore a backup instead.');
  }
}

const SOFTWARE = `
  alter table client
    add column software_id text check (software_id ~ '^[A-Za-z0-9._:-]{1,80}$'),
    add column software_version text,
    add column statement_issuer text,
    add column client_name text,
    add column contacts text[] not null default '{}',
    -- SHA-256: whoever reads this table holds no registration token (T-22).
    add column token_hash bytea unique,
    drop constraint client_status_check,
    add constraint client_status_check check (status in ('active', 'blocked', 'deleted')),
    add check ((software_id is null) = (statement_issuer is null));
  -- One registration per software, however often it is asked for.
  create unique index client_software on client (statement_issuer, software_id)
    where status <> 'deleted';
  grant insert on client to renkei_gateway_app;
  -- Neither redirect URIs nor metadata nor the intermediary: those follow the bank's approval.
  grant update (status, client_name, contacts, token_hash) on client to renkei_gateway_app;
`;

const KEYS = `
  create table client_key (
    client_id text not null references client,
    kid text not null check (kid ~ '^[A-Za-z0-9._:-]{1,80}$'),
    -- Signs assertions and requests, or presents itself in TLS.
    purpose text not null check (purpose in ('sign', 'tls')),
    -- RFC 7638, and x5t#S256 of RFC 8705 where there is a certificate.
    thumbprint text not null,
    certificate_thumbprint text,
    jwk json not null check (not jsonb_path_exists(jwk::jsonb, '$.d')),
    good_until timestamptz,
    recorded_at timestamptz not null default clock_timestamp(),
    removed_at timestamptz,
    primary key (client_id, kid)
  );
  create index client_key_thumbprint on client_key (thumbprint);
  create index client_key_certificate on client_key (certificate_thumbprint)
    where certificate_thumbprint is not null;
  insert into client_key (client_id, kid, purpose, thumbprint, jwk)
    select c.client_id, coalesce(k ->> 'kid', 'key-' || n), 'sign',
      -- RFC 7638: the required members in the order of their names.
      translate(rtrim(encode(sha256(convert_to(case k ->> 'kty'
        when 'EC' then format('{"crv":"%s","kty":"EC","x":"%s","y":"%s"}',
          k ->> 'crv', k ->> 'x', k ->> 'y')
        else format('{"e":"%s","kty":"RSA","n":"%s"}', k ->> 'e', k ->> 'n')
      end, 'UTF8')), 'base64'), '='), '+/', '-_'), k
    from client c, json_array_elements(c.jwks -> 'keys') with ordinality as each (k, n);
  alter table client drop column jwks;
  grant select, insert on client_key to renkei_gateway_app;
  grant update (good_until, removed_at) on client_key to renkei_gateway_app;

  -- Keys and certificates that somebody else may hold; refused everywhere and for ever (T-09).
  create table compromised_key (
    mark text primary key,
    client_id text not null references client,
    kid text not null,
    reason text not null,
    reported_by text not null,
    reported_at timestamptz not null default clock_timestamp()
  );
  grant select, insert on compromised_key to renkei_gateway_app;
`;

const KEYS_FOLLOW_THE_BANK = `
  -- The server may write a key only together with the software it belongs to; every later key is written
  -- by whoever records the bank's approval. A server that was taken over can hand out no key (T-12).
  create function renkei_guard_client_key() returns trigger language plpgsql as $$
  begin
    if current_user = 'renkei_gateway_app' and not exists (
      select from client where client_id = new.client_id
        and xmin::text = pg_current_xact_id()::xid::text)
    then
      raise exception 'A key of registered software is added by an approved change only (T-12).'
        using errcode = '42501';
    end if;
    return new;
  end $$;
  create trigger client_key_guard before insert on client_key
    for each row execute function renkei_guard_client_key();
`;

const STATEMENTS = `
  -- Statements and proofs of possession are good once. They are kept until nobody could show them again.
  create table registration_jti (
    issuer text not null,
    jti_hash bytea not null,
    client_id text references client,
    expires_at timestamptz not null,
    primary key (issuer, jti_hash)
  );
  create index registration_jti_expiry on registration_jti (expires_at);
  grant select, insert, delete on registration_jti to renkei_gateway_app;
`;

const CHANGES = `
  create table registration_change (
    change_id text primary key,
    client_id text not null references client,
    content json not null,
    content_hash text not null check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    -- The registered key that proved the wish.
    proven_by text not null,
    asked_at timestamptz not null default clock_timestamp()
  );
  create index registration_change_client on registration_change (client_id, asked_at);
  grant select, insert on registration_change to renkei_gateway_app;

  -- What the bank said, with the proposal in the bank's own record. The server can read it and no more.
  create table registration_decision (
    change_id text primary key references registration_change,
    outcome text not null check (outcome in ('approved', 'rejected')),
    content_hash text not null,
    proposal_id text not null,
    decided_by text[] not null check (cardinality(decided_by) = 2),
    decided_at timestamptz not null default clock_timestamp()
  );
  grant select on registration_decision to renkei_gateway_app;
`;

const RECORD = `
  -- Who did what to which registration; only ever added to.
  create table registration_record (
    record_id bigint generated always as identity primary key,
    client_id text references client,
    act text not null,
    actor text not null,
    interaction_id uuid,
    facts json not null default '{}',
    recorded_at timestamptz not null default clock_timestamp()
  );
  create index registration_record_client on registration_record (client_id, record_id);
  grant select, insert on registration_record to renkei_gateway_app;
`;

const END_OF_SOFTWARE = `
  -- Software that leaves takes its grants along; bank-core is told as of every end that begins here.
  create function renkei_end_grants_of_client() returns trigger language plpgsql as $$
  begin
    update consent_grant set ended_at = clock_timestamp(), ended_code = 'invalid_token'
      where client_id = new.client_id and ended_at is null;
    return null;
  end $$;
  create trigger client_deleted after update of status on client
    for each row when (new.status = 'deleted' and old.status <> 'deleted')
    execute function renkei_end_grants_of_client();
`;
