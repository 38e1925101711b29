import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What every room stands on: bank time, row-level security, institutions and their parameters, and the
 * tables that several rooms read (holders, agreements, links, consents, records). Creates only; locks nothing.
 */
export class Ground202611220900 implements MigrationInterface {
  readonly name = 'Ground202611220900';

  async up(run: QueryRunner): Promise<void> {
    await run.query(TIME_AND_TENANCY);
    await run.query(INSTITUTIONS);
    await run.query(FEDERATION);
    await run.query(HOLDERS);
    await run.query(LINKS);
    await run.query(CONSENTS);
    await run.query(RECORDS);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has no way back: restore a backup instead.');
  }
}

const TIME_AND_TENANCY = `
  -- Bank time. The offset row exists in sandboxes and tests only; its table has no writer role.
  create table sandbox_clock (one_row boolean primary key default true check (one_row), offset_ms bigint not null);
  create function renkei_now() returns timestamptz language sql volatile as
    $$ select clock_timestamp() + coalesce((select offset_ms from sandbox_clock), 0) * interval '1 millisecond' $$;
  create function renkei_tokyo_date(at timestamptz) returns date language sql immutable as
    $$ select (at at time zone 'Asia/Tokyo')::date $$;
  create function renkei_institution() returns smallint language sql stable as
    $$ select nullif(current_setting('renkei.institution', true), '')::smallint $$;

  -- Forces row-level security: rows of the transaction's institution only, none when it is not set (T-20).
  create procedure renkei_guard_tenant(t regclass) language plpgsql as $$
  begin
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy tenant on %s using (institution_id = renkei_institution())', t);
  end $$;
  -- Second wall behind the missing rights: nothing rewrites history (SM-3.5).
  create function renkei_refuse_change() returns trigger language plpgsql as
    $$ begin raise exception '% is append-only', tg_table_name; end $$;
  grant select on sandbox_clock to renkei_bank_app;
`;

const INSTITUTIONS = `
  create table institution (
    id smallint primary key,
    kind text not null check (kind in ('federation', 'labour_bank', 'credit_cooperative'))
  );
  -- A code is a dated attribute, since institutions merge; keys use the surrogate.
  create table institution_code (
    institution_id smallint not null references institution,
    valid_from date not null,
    valid_to date,
    code text not null check (code ~ '^[0-9]{4}$'),
    name_ja text not null,
    name_kana text not null,
    name_en text not null,
    primary key (institution_id, valid_from)
  );
  -- The catalogue of RKN-D4: what is not offered cannot be granted.
  create table institution_function (
    institution_id smallint not null references institution,
    function text not null check (function in
      ('accounts_read', 'balances_read', 'transactions_read', 'transfer_initiation')),
    offered boolean not null,
    primary key (institution_id, function)
  );
  -- 所定: dated, entered by one, approved by another, no default (INT-12).
  create table parameter_value (
    institution_id smallint not null references institution,
    parameter text not null,
    effective_from date not null,
    value jsonb not null,
    entered_by text not null,
    approved_by text not null check (approved_by <> entered_by),
    sample boolean not null,
    recorded_at timestamptz not null default renkei_now(),
    primary key (institution_id, parameter, effective_from)
  );
  grant select on institution, institution_code, institution_function, parameter_value to renkei_bank_app;
`;

const FEDERATION = `
  create schema federation;
  grant usage on schema federation to renkei_bank_app;
  create table federation.intermediary (
    id text primary key check (id ~ '^epsp_'),
    name_ja text not null, name_kana text not null, name_en text not null,
    registration text not null,
    contact_ja text not null, contact_en text not null,
    status text not null check (status in ('pending', 'active', 'terminated'))
  );
  create table federation.agreement (
    id text primary key check (id ~ '^agr_'),
    intermediary_id text not null references federation.intermediary,
    version integer not null,
    effective_from date not null,
    effective_to date,
    unique (intermediary_id, version)
  );
  -- RKN-0.2: coverage is a set; each institution joins and leaves for itself.
  create table federation.agreement_institution (
    agreement_id text not null references federation.agreement,
    institution_id smallint not null references institution,
    covered_from date not null,
    covered_to date,
    primary key (agreement_id, institution_id)
  );
  create table federation.chain_partner (
    id text primary key check (id ~ '^cp_'),
    intermediary_id text not null references federation.intermediary,
    name_ja text not null, name_kana text not null, name_en text not null,
    legal_basis text not null,
    contract_from date not null,
    contract_to date,
    directions text[] not null check (directions <@ array['INFO_OUT', 'INSTRUCTION_IN']),
    functions text[] not null,
    status text not null check (status in ('contracted', 'stopped'))
  );
  grant select on all tables in schema federation to renkei_bank_app;
`;

const HOLDERS = `
  create table holder (
    institution_id smallint not null references institution,
    id text not null check (id ~ '^hld_'),
    kind text not null check (kind in ('individual', 'sole_proprietor', 'corporate')),
    name_kanji text not null,
    name_kana text not null,
    mail_address text not null,
    login_id text not null,
    -- The internet-banking contract: SM-11, SM-9.2. 'locked' stops the whole service.
    service_state text not null check (service_state in ('active', 'locked', 'stopped', 'terminated')),
    contracted_on date not null,
    limit_yen bigint not null check (limit_yen >= 0),
    application_limit_yen bigint not null check (application_limit_yen >= 0),
    primary key (institution_id, id),
    unique (institution_id, login_id)
  );
  call renkei_guard_tenant('holder');
  grant select, update (service_state, login_id, mail_address, limit_yen) on holder to renkei_bank_app;
`;

const LINKS = `
  -- The link of RKN-D5: institution × intermediary × chain partner × function. '*' stands for every one;
  -- chain_partner_id 'none' is the intermediary's own traffic. The strictest matching row decides.
  create table link_state (
    institution_id smallint not null references institution,
    epsp_id text not null references federation.intermediary,
    chain_partner_id text not null,
    function text not null,
    state text not null check (state in ('active', 'restricted', 'suspended', 'terminated')),
    clause text not null,
    basis text not null,
    measure_id text not null,
    since timestamptz not null,
    until timestamptz,
    primary key (institution_id, epsp_id, chain_partner_id, function)
  );
  create table link_version (
    institution_id smallint primary key references institution,
    version bigint not null check (version >= 0)
  );
  create table link_event (
    institution_id smallint not null references institution,
    version bigint not null,
    at timestamptz not null,
    states jsonb not null,
    primary key (institution_id, version)
  );
  call renkei_guard_tenant('link_state');
  call renkei_guard_tenant('link_event');
  grant select, insert, update on link_state to renkei_bank_app;
  grant select, update on link_version to renkei_bank_app;
  grant select, insert on link_event to renkei_bank_app;

  -- The link lock of design.md section 3: shared by every 確定, exclusive for a stop; one per institution.
  create function renkei_link_key(institution smallint) returns bigint language sql immutable as
    $$ select 7355608::bigint * 65536 + institution $$;
  create function lock_link_shared(institution smallint) returns void language sql volatile as
    $$ select pg_advisory_xact_lock_shared(renkei_link_key(institution)) $$;
  create function lock_link_exclusive(institution smallint) returns void language sql volatile as
    $$ select pg_advisory_xact_lock(renkei_link_key(institution)) $$;

  -- The strictest state that touches this traffic now, or null when the link is open. Call it in a statement
  -- of its own after the lock, so that its snapshot is younger than the stop's commit (reliability.md 3.1).
  create function link_stop(institution smallint, epsp text, partner text, fn text, at timestamptz)
  returns table (state text, clause text, since timestamptz, function text, chain_partner_id text)
  -- Stable, so that the planner writes it into the caller's statement, whose snapshot it then shares.
  language sql stable as $$
    select s.state, s.clause, s.since, s.function, s.chain_partner_id from link_state s
    where s.institution_id = institution and s.epsp_id = epsp
      and s.chain_partner_id in ('*', partner) and s.function in ('*', fn)
      and s.state <> 'active' and s.since <= at and (s.until is null or at < s.until)
    order by array_position(array['terminated', 'suspended', 'restricted'], s.state)
    limit 1
  $$;
`;

const CONSENTS = `
  create table consent (
    institution_id smallint not null references institution,
    id text not null check (id ~ '^cns_'),
    holder_id text not null,
    epsp_id text not null references federation.intermediary,
    client_id text not null,
    chain_partner_id text not null,
    permissions text[] not null,
    purpose text not null,
    state text not null check (state in
      ('awaiting_authorisation', 'authorised', 'frozen', 'consumed', 'revoked', 'expired', 'rejected')),
    state_reason text not null,
    state_actor text not null check (state_actor in
      ('holder', 'institution', 'intermediary', 'chain_partner', 'system')),
    wording_version text not null,
    wording_hash text not null,
    granted_at timestamptz not null,
    expires_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (institution_id, id),
    foreign key (institution_id, holder_id) references holder
  );
  create index consent_by_holder on consent (institution_id, holder_id);
  -- The feed by which the gateway ends grants: cursor (xid8, id), below the oldest running transaction.
  create table consent_event (
    institution_id smallint not null references institution,
    id bigint generated always as identity,
    xid xid8 not null default pg_current_xact_id(),
    consent_id text not null,
    state text not null,
    reason text not null,
    at timestamptz not null,
    primary key (institution_id, id)
  );
  create index consent_event_cursor on consent_event (institution_id, xid, id);
  call renkei_guard_tenant('consent');
  call renkei_guard_tenant('consent_event');
  grant select, insert, update on consent to renkei_bank_app;
  grant select, insert on consent_event to renkei_bank_app;
`;

const RECORDS = `
  -- The machine record (SM-3.5): what was asked, shown, confirmed, refused, changed; factors by name, never by value.
  create table record (
    institution_id smallint not null references institution,
    id bigint generated always as identity,
    xid xid8 not null default pg_current_xact_id(),
    recorded_at timestamptz not null default renkei_now(),
    happened_at timestamptz not null,
    kind text not null,
    holder_id text, epsp_id text, chain_partner_id text, client_id text,
    consent_id text, transfer_id text, interaction_id text,
    content json not null,
    primary key (institution_id, id)
  );
  create index record_by_transfer on record (institution_id, transfer_id) where transfer_id is not null;
  create index record_by_consent on record (institution_id, consent_id) where consent_id is not null;
  create trigger record_is_append_only before update or delete on record
    for each statement execute function renkei_refuse_change();
  call renkei_guard_tenant('record');
  grant select, insert on record to renkei_bank_app;
`;
