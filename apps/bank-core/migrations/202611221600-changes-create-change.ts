import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an intermediary hears of its consents, transfers, links and partners (users.md B 5 and 11). Triggers
 * write what changed in the transaction of the change itself, so that no way of changing can forget it.
 * Adds triggers: a short lock on consent_event, transfer, link_state and federation.chain_partner.
 */
export class ChangesCreateChange202611221600 implements MigrationInterface {
  readonly name = 'ChangesCreateChange202611221600';

  async up(run: QueryRunner): Promise<void> {
    await run.query(CHANGE);
    await run.query(OUTAGE);
    await run.query(CONSENTS);
    await run.query(TRANSFERS);
    await run.query(LINKS);
    await run.query(PARTNERS);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop trigger partner_is_told on federation.chain_partner;
      drop trigger link_is_told on link_state;
      drop trigger transfer_is_told on transfer;
      drop trigger transfer_push_is_told on transfer;
      drop trigger consent_is_told on consent_event;
      drop trigger outage_is_told on outage;
      drop function partner_tells, link_tells, transfer_tells, consent_tells, outage_tells;
      drop table outage, link_end_told, federation.party_change, party_change;
    `);
  }
}

const CHANGE = `
  -- Ids, codes and dates only: no name, number or text of a person ever stands here (T-30).
  create table party_change (
    institution_id smallint not null references institution,
    xid xid8 not null default pg_current_xact_id(),
    id bigint generated always as identity,
    at timestamptz not null,
    subject text not null check (subject in ('consent', 'account', 'transfer', 'link', 'outage')),
    subject_id text not null check (length(subject_id) <= 64),
    -- Whom it concerns; null is every intermediary.
    epsp_id text,
    client_id text,
    chain_partner_id text not null default 'none',
    was text,
    state text not null,
    reason text,
    detail jsonb not null default '{}',
    -- In the order of the cursor, so that one index serves both (design.md section 3).
    primary key (institution_id, xid, id)
  );
  create table federation.party_change (
    xid xid8 not null default pg_current_xact_id(),
    id bigint generated always as identity,
    at timestamptz not null,
    subject text not null check (subject in ('partner')),
    subject_id text not null,
    epsp_id text not null,
    chain_partner_id text not null,
    was text,
    state text not null,
    primary key (xid, id)
  );
  call renkei_guard_tenant('party_change');
  -- Delete, since what every reader has had for long is removed.
  grant select, insert, delete on party_change, federation.party_change to renkei_bank_app;
  -- Whether a number was drawn says when reading is worth the while.
  grant select on sequence party_change_id_seq, federation.party_change_id_seq to renkei_bank_app;
`;

const OUTAGE = `
  -- When an institution does not serve intermediaries: planned beforehand, or found when it happened.
  create table outage (
    institution_id smallint not null references institution,
    id text not null check (id ~ '^out_[0-9a-hjkmnp-tv-z]{26}$'),
    kind text not null check (kind in ('planned', 'incident')),
    -- Empty: every function.
    functions text[] not null,
    announced_at timestamptz not null,
    starts_at timestamptz not null,
    -- Of a planned one the end as announced; of an incident unknown until it is over.
    ends_at timestamptz check (ends_at > starts_at),
    started_at timestamptz,
    ended_at timestamptz,
    cancelled_at timestamptz,
    entered_by text not null,
    primary key (institution_id, id),
    check (kind = 'incident' or ends_at is not null),
    check (ended_at is null or started_at is not null)
  );
  call renkei_guard_tenant('outage');
  create index outage_open on outage (institution_id, starts_at)
    where ended_at is null and cancelled_at is null;
  grant select, insert, update (ends_at, started_at, ended_at, cancelled_at) on outage to renkei_bank_app;

  create function outage_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  declare
    now_is text := case when new.cancelled_at is not null then 'cancelled'
      when new.ended_at is not null then 'ended' when new.started_at is not null then 'started'
      else 'planned' end;
  begin
    insert into party_change (institution_id, at, subject, subject_id, state, detail)
    values (new.institution_id, renkei_now(), 'outage', new.id, now_is, jsonb_build_object(
      'kind', new.kind, 'functions', new.functions, 'startsAt', new.starts_at, 'endsAt', new.ends_at));
    return null;
  end $$;
  create trigger outage_is_told after insert or update on outage
    for each row execute function outage_tells();
`;

const CONSENTS = `
  create function consent_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  begin
    insert into party_change (institution_id, at, subject, subject_id, epsp_id, client_id,
      chain_partner_id, state, reason)
    select new.institution_id, new.at, 'consent', c.id, c.epsp_id, c.client_id,
      c.chain_partner_id, new.state, new.reason
    from consent c where c.institution_id = new.institution_id and c.id = new.consent_id;
    return null;
  end $$;
  create trigger consent_is_told after insert on consent_event
    for each row execute function consent_tells();
`;

const TRANSFERS = `
  create function transfer_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  begin
    insert into party_change (institution_id, at, subject, subject_id, epsp_id, client_id,
      chain_partner_id, was, state, reason)
    values (new.institution_id, new.changed_at, 'transfer', new.id, new.epsp_id, new.client_id,
      new.chain_partner_id, case when tg_op = 'UPDATE' then old.status end, new.status, new.aftercare);
    return null;
  end $$;
  create trigger transfer_push_is_told after insert on transfer
    for each row execute function transfer_tells();
  create trigger transfer_is_told after update of status, aftercare on transfer
    for each row when (old.status is distinct from new.status
      or old.aftercare is distinct from new.aftercare) execute function transfer_tells();
`;

const LINKS = `
  create function link_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  begin
    insert into party_change (institution_id, at, subject, subject_id, epsp_id, chain_partner_id,
      was, state, detail)
    values (new.institution_id, renkei_now(), 'link', new.measure_id, new.epsp_id,
      new.chain_partner_id, case when tg_op = 'UPDATE' then old.state end, new.state,
      jsonb_build_object('function', new.function, 'clause', new.clause,
        'since', new.since, 'until', new.until));
    return null;
  end $$;
  create trigger link_is_told after insert or update on link_state
    for each row execute function link_tells();
  -- A measure that ends by its own time changes no row: who has been told of such an end stands here.
  create table link_end_told (
    institution_id smallint not null references institution,
    measure_id text not null,
    primary key (institution_id, measure_id)
  );
  call renkei_guard_tenant('link_end_told');
  grant select, insert on link_end_told to renkei_bank_app;
`;

const PARTNERS = `
  create function partner_tells() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
  begin
    insert into federation.party_change (at, subject, subject_id, epsp_id, chain_partner_id, was, state)
    values (renkei_now(), 'partner', new.id, new.intermediary_id, new.id,
      case when tg_op = 'UPDATE' then old.status end, new.status);
    return null;
  end $$;
  create trigger partner_is_told after insert or update of status on federation.chain_partner
    for each row execute function partner_tells();
`;
