import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what happens to an intermediary's consents, transfers and links is told to it, by webhook and by
 * polling (users.md B 5, 11 and 24). Rows are the truth; whatever sends only works them off. Creates only.
 */
export class EventsCreateEvent202611221610 implements MigrationInterface {
  readonly name = 'EventsCreateEvent202611221610';

  async up(run: QueryRunner): Promise<void> {
    await run.query(EVENTS);
    await run.query(SUBSCRIPTIONS);
    await run.query(DELIVERIES);
    await run.query(READERS);
    await run.query(APPEND);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop function append_event, event_delivery_id, wants_event;
      drop table event_acknowledgement, event_reader, event_delivery_attempt, event_delivery,
        event_endpoint_key, event_subscription, intermediary_event, event_sequence;
    `);
  }
}

const EVENTS = `
  -- One gapless sequence per intermediary; the row's lock is what makes it gapless.
  create table event_sequence (epsp_id text primary key, last bigint not null);
  -- Ids, codes and dates; never a name, a number of an account or a text of a person (T-30).
  create table intermediary_event (
    epsp_id text not null,
    sequence bigint not null,
    id text not null unique check (id ~ '^evt_[0-9a-hjkmnp-tv-z]{26}$'),
    -- Where it came from: the same source never makes a second event for the same intermediary.
    source_key text not null,
    type text not null check (type ~ '^[a-z]+[.][a-z_]+$'),
    client_id text,
    chain_partner_id text not null,
    bank_code text,
    -- json and not jsonb: what is signed keeps its bytes.
    data json not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (epsp_id, sequence),
    unique (epsp_id, source_key)
  );
  create index intermediary_event_age on intermediary_event (recorded_at);
  grant select, insert, update on event_sequence to renkei_gateway_app;
  grant select, insert, delete on intermediary_event to renkei_gateway_app;
`;

const SUBSCRIPTIONS = `
  create table event_subscription (
    id text primary key check (id ~ '^sub_[0-9a-hjkmnp-tv-z]{26}$'),
    epsp_id text not null,
    client_id text not null,
    url text not null check (url ~ '^https://' and length(url) <= 2048),
    event_types text[] not null check (cardinality(event_types) between 1 and 60),
    scheme text not null check (scheme in ('v1a', 'v1')),
    state text not null check (state in ('pending', 'active', 'disabled')),
    disabled_reason text,
    -- The endpoint asked for room, or could not be reached: nothing is sent before.
    slow_until timestamptz,
    last_success_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp(),
    check ((state = 'disabled') = (disabled_reason is not null)),
    unique (client_id, url)
  );
  create index event_subscription_party on event_subscription (epsp_id);
  -- The keys that sign for one endpoint, wrapped; two are good at once while one follows the other (T-22).
  create table event_endpoint_key (
    subscription_id text not null references event_subscription on delete cascade,
    id text not null check (id ~ '^[A-Za-z0-9_-]{8,32}$'),
    scheme text not null check (scheme in ('v1a', 'v1')),
    sealed bytea not null,
    -- Of v1a: what verifies. Null for a shared secret.
    public_key text,
    since timestamptz not null default clock_timestamp(),
    until timestamptz,
    primary key (subscription_id, id),
    check ((scheme = 'v1a') = (public_key is not null))
  );
  grant select, insert, update, delete on event_subscription, event_endpoint_key to renkei_gateway_app;
`;

const DELIVERIES = `
  create table event_delivery (
    id text primary key check (id ~ '^dlv_[0-9a-hjkmnp-tv-z]{26}$'),
    subscription_id text not null references event_subscription on delete cascade,
    -- Null for the test event that verifies an endpoint.
    event_id text references intermediary_event (id) on delete cascade,
    sequence bigint not null,
    type text not null,
    state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'cancelled')),
    attempts smallint not null default 0,
    next_attempt_at timestamptz not null default clock_timestamp(),
    -- Whoever sends it holds it until then; if nobody reports, it is due again with the same id.
    lease_until timestamptz,
    lease_token text,
    last_status smallint,
    last_outcome text,
    created_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    check ((state = 'waiting') = (finished_at is null)),
    unique (subscription_id, event_id)
  );
  create index event_delivery_due on event_delivery (next_attempt_at) where state = 'waiting';
  create index event_delivery_of on event_delivery (subscription_id, state, id);
  create table event_delivery_attempt (
    delivery_id text not null references event_delivery on delete cascade,
    number integer not null,
    at timestamptz not null,
    milliseconds integer not null,
    outcome text not null,
    status smallint,
    interaction_id uuid not null,
    primary key (delivery_id, number)
  );
  grant select, insert, update, delete on event_delivery to renkei_gateway_app;
  grant select, insert, delete on event_delivery_attempt to renkei_gateway_app;
`;

const READERS = `
  -- How far a piece of software has acknowledged without a gap, and what it acknowledged beyond.
  create table event_reader (client_id text primary key, floor bigint not null);
  create table event_acknowledgement (
    client_id text not null,
    sequence bigint not null,
    -- What the reader could not process, in its own stable word; it does not come again either.
    error_code text,
    at timestamptz not null default clock_timestamp(),
    primary key (client_id, sequence)
  );
  grant select, insert, update on event_reader to renkei_gateway_app;
  grant select, insert, delete on event_acknowledgement to renkei_gateway_app;
`;

const APPEND = `
  -- All of them, one group, or one type.
  create function wants_event(p_types text[], p_type text) returns boolean language sql immutable as $$
    select p_types && array['*', split_part(p_type, '.', 1) || '.*', p_type]
  $$;
  -- The same event and subscription always make the same id; it sorts with the event.
  create function event_delivery_id(p_event text, p_subscription text) returns text
  language sql immutable as $$
    select 'dlv_' || substr(p_event, 5, 10)
      || substr(encode(sha256(convert_to(p_event || p_subscription, 'UTF8')), 'hex'), 1, 16)
  $$;

  -- Writes one event and a delivery for every subscription that wants it, or nothing where its source has
  -- been told before. Each statement takes its own snapshot, so the look after the lock sees what the lock
  -- waited for. Answers the sequence, null where nothing was written.
  create function append_event(p_epsp text, p_source text, p_id text, p_type text, p_client text,
    p_partner text, p_bank text, p_data json, p_at timestamptz)
  returns bigint language plpgsql volatile as $$
  declare
    n bigint;
  begin
    insert into event_sequence (epsp_id, last) values (p_epsp, 0) on conflict do nothing;
    perform from event_sequence where epsp_id = p_epsp for update;
    if exists (select from intermediary_event where epsp_id = p_epsp and source_key = p_source) then
      return null;
    end if;
    update event_sequence set last = last + 1 where epsp_id = p_epsp returning last into n;
    insert into intermediary_event (epsp_id, sequence, id, source_key, type, client_id,
      chain_partner_id, bank_code, data, occurred_at)
    values (p_epsp, n, p_id, p_source, p_type, p_client, p_partner, p_bank, p_data, p_at);
    insert into event_delivery (id, subscription_id, event_id, sequence, type)
    select event_delivery_id(p_id, s.id), s.id, p_id, n, p_type
    from event_subscription s
    where s.epsp_id = p_epsp and s.state <> 'disabled' and wants_event(s.event_types, p_type);
    return n;
  end $$;
`;
