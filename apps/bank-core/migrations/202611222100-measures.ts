import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a measure may reach every chain partner at once (INT-17); a partner is stopped for the institution that asked
 * (INT-22); letters to an intermediary carry the proof of their arrival (RKN-S4a, RKN-S4c, RKN-C2a); a preview counts
 * a million consents (E.4); each gateway node says which link version it has reached. The index on consent takes a
 * lock against writes while it is built; everything else creates only.
 */
export class Measures202611222100 implements MigrationInterface {
  readonly name = 'Measures202611222100';

  async up(run: QueryRunner): Promise<void> {
    await run.query(LINKS);
    await run.query(LETTERS);
    await run.query(PREVIEW);
  }

  async down(): Promise<void> {
    throw new Error(
      'What was sent and when it arrived is not forgotten: restore a backup instead.',
    );
  }
}

const LINKS = `
  -- As before, and a row for 'chained' reaches every partner's calls and none of the intermediary's own.
  create or replace function link_stop(institution smallint, epsp text, partner text, fn text, at timestamptz)
  returns table (state text, clause text, since timestamptz, function text, chain_partner_id text)
  language sql stable as $$
    select s.state, s.clause, s.since, s.function, s.chain_partner_id from link_state s
    where s.institution_id = institution and s.epsp_id = epsp
      and s.chain_partner_id in ('*', partner, case when partner = 'none' then partner else 'chained' end)
      and s.function in ('*', fn)
      and s.state <> 'active' and s.since <= at and (s.until is null or at < s.until)
    order by array_position(array['terminated', 'suspended', 'restricted'], s.state)
    limit 1
  $$;

  create table partner_stop (
    institution_id smallint not null references institution,
    chain_partner_id text not null references federation.chain_partner,
    stopped_at timestamptz not null,
    resumed_at timestamptz check (resumed_at >= stopped_at),
    primary key (institution_id, chain_partner_id, stopped_at)
  );
  create unique index partner_stop_open on partner_stop (institution_id, chain_partner_id)
    where resumed_at is null;
  call renkei_guard_tenant('partner_stop');
  grant select, insert, update (resumed_at) on partner_stop to renkei_bank_app;

  -- Which node of the gateway refuses by which version, in its own words.
  create table link_reached (
    institution_id smallint not null references institution,
    version bigint not null,
    node text not null check (length(node) between 1 and 64),
    reached_at timestamptz not null,
    primary key (institution_id, version, node)
  );
  call renkei_guard_tenant('link_reached');
  grant select, insert on link_reached to renkei_bank_app;
`;

const LETTERS = `
  -- A document on its way to an intermediary. The document never changes; this row says whether it has arrived.
  create table letter (
    institution_id smallint not null,
    document_id text not null,
    epsp_id text not null references federation.intermediary,
    chain_partner_id text,
    machine text not null,
    key text not null,
    -- The machine's word for what is told, such as improvement_demand or measure_announced.
    notice text not null,
    clause text not null,
    -- The demand, request or notice that it carries, where its arrival counts.
    about text,
    sent_at timestamptz not null,
    arrived_at timestamptz,
    -- Fetched by the intermediary, or recorded by an officer with evidence.
    proof text check (proof in ('fetched', 'recorded')),
    evidence text[] not null default '{}',
    recorded_by text,
    check ((arrived_at is null) = (proof is null)),
    check (arrived_at >= sent_at),
    check (proof <> 'recorded' or (recorded_by is not null and cardinality(evidence) > 0)),
    primary key (institution_id, document_id),
    foreign key (institution_id, document_id) references document,
    foreign key (institution_id, machine, key) references matter
  );
  create index letter_by_epsp on letter (institution_id, epsp_id, document_id);
  call renkei_guard_tenant('letter');
  grant select, insert, update (arrived_at, proof, evidence, recorded_by) on letter to renkei_bank_app;
  create function letter_arrives_once() returns trigger language plpgsql as $$
  begin
    if old.arrived_at is not null then
      raise exception 'the arrival of % is on record', old.document_id;
    end if;
    return new;
  end $$;
  create trigger letter_arrives_once before update on letter
    for each row execute function letter_arrives_once();
`;

const PREVIEW = `
  create index consent_in_force on consent (institution_id, epsp_id, holder_id)
    include (chain_partner_id, permissions) where state in ('authorised', 'frozen');
  create index transfer_open on transfer (institution_id, epsp_id, status)
    where status in ('RCVD', 'ACTC', 'SCHD', 'RSVD', 'PDNG', 'ACSP');
`;
