import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what the watch has found stays found until an officer has looked at it (RKN-S4a, RKN-S4b propose and never
 * act); how many calls fail by an intermediary's fault and until when its certificates hold is known to the gateway
 * alone, which tells it here. The index on transfer takes a lock against writes while it is built.
 */
export class MeasuresWatch202611230604 implements MigrationInterface {
  readonly name = 'MeasuresWatch202611230604';

  async up(run: QueryRunner): Promise<void> {
    await run.query(FINDINGS);
    await run.query(REPORTS);
  }

  async down(): Promise<void> {
    throw new Error('What was found and seen is not forgotten: restore a backup instead.');
  }
}

const FINDINGS = `
  create table watch_finding (
    institution_id smallint not null references institution,
    id text not null check (id ~ '^fnd_[0-9a-hjkmnp-tv-z]{26}$'),
    rule text not null,
    clause text not null,
    proposes text not null,
    epsp_id text not null references federation.intermediary,
    chain_partner_id text references federation.chain_partner,
    -- What the rule saw when it found it.
    facts jsonb not null,
    since timestamptz not null,
    found_at timestamptz not null,
    -- When the rule no longer finds it; the finding itself stays.
    gone_at timestamptz check (gone_at >= found_at),
    seen_by text references federation.staff_account,
    seen_at timestamptz,
    note text check (length(note) between 1 and 4000),
    proposal_id text references federation.proposal,
    check ((seen_by is null) = (seen_at is null)),
    check (seen_by is not null or (note is null and proposal_id is null)),
    primary key (institution_id, id)
  );
  create unique index watch_finding_open on watch_finding
    (institution_id, rule, epsp_id, chain_partner_id) nulls not distinct where gone_at is null;
  call renkei_guard_tenant('watch_finding');
  grant select, insert, update (gone_at, seen_by, seen_at, note, proposal_id) on watch_finding
    to renkei_bank_app;
  create function watch_finding_is_seen_once() returns trigger language plpgsql as $$
  begin
    if old.seen_at is not null and (new.seen_at, new.seen_by, new.note, new.proposal_id)
       is distinct from (old.seen_at, old.seen_by, old.note, old.proposal_id) then
      raise exception 'the finding % has been answered', old.id;
    end if;
    return new;
  end $$;
  create trigger watch_finding_is_seen_once before update on watch_finding
    for each row execute function watch_finding_is_seen_once();
`;

const REPORTS = `
  create index transfer_formed_at on transfer (institution_id, formed_at) include (epsp_id)
    where formed_at is not null;

  -- How many calls a node of the gateway answered in an hour, and how many failed by the intermediary's fault.
  create table call_count (
    institution_id smallint not null references institution,
    epsp_id text not null references federation.intermediary,
    hour timestamptz not null,
    node text not null check (length(node) between 1 and 64),
    calls bigint not null check (calls >= 0),
    faults bigint not null check (faults between 0 and calls),
    primary key (institution_id, epsp_id, hour, node)
  );
  call renkei_guard_tenant('call_count');
  grant select, insert, update (calls, faults), delete on call_count to renkei_bank_app;

  -- When a node last told: its silence is no good news.
  create table federation.gateway_node (
    node text primary key check (length(node) between 1 and 64),
    told_at timestamptz not null
  );
  grant select, insert, update (told_at) on federation.gateway_node to renkei_bank_app;

  -- Until when the newest certificate of a piece of software holds, as the gateway has it registered.
  create table federation.client_certificate (
    client_id text primary key check (length(client_id) between 1 and 200),
    epsp_id text not null references federation.intermediary,
    good_until timestamptz not null,
    told_at timestamptz not null
  );
  grant select, insert, update (epsp_id, good_until, told_at) on federation.client_certificate
    to renkei_bank_app;
`;
