import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: versions of agreements, who assents to them and who leaves, the intermediary's registration and services,
 * the contract behind a chain partner, what the intermediary asked of it, and the way of an application.
 * Widens small tables of the federation: a short exclusive lock on each.
 */
export class AgreementsContracts202611230201 implements MigrationInterface {
  readonly name = 'AgreementsContracts202611230201';

  async up(run: QueryRunner): Promise<void> {
    await run.query(VERSIONS);
    await run.query(REGISTRATION);
    await run.query(PARTNERS);
    await run.query(APPLICATIONS);
  }

  async down(): Promise<void> {
    throw new Error('Who agreed to what is not forgotten: restore a backup instead.');
  }
}

const VERSIONS = `
  alter table federation.agreement
    -- Null: the federation, for itself and the labour banks. Otherwise the institution whose own contract it is.
    add column party_institution_id smallint references institution,
    add column supersedes text references federation.agreement,
    -- The three published items as they stood when the version was made; null: the words of the register (RKN-0.1).
    add column published jsonb,
    -- Null only for what the installation brought along.
    add column proposal_id text references federation.proposal_approval,
    add check (effective_to is null or effective_from <= effective_to);
  update federation.agreement a set party_institution_id = i.id
    from institution i
    where i.kind = 'credit_cooperative'
      and exists (select from federation.agreement_institution c
                  where c.agreement_id = a.id and c.institution_id = i.id);
  grant insert on federation.agreement to renkei_bank_app;
  grant insert, update (covered_from, covered_to) on federation.agreement_institution to renkei_bank_app;

  -- Each institution joins and leaves for itself; what it decided stays readable (RKN-0.2).
  create table federation.coverage_act (
    id bigint generated always as identity primary key,
    intermediary_id text not null references federation.intermediary,
    agreement_id text not null references federation.agreement,
    institution_id smallint not null references institution,
    act text not null check (act in ('join', 'leave')),
    -- The first day on which it holds.
    effective_on date not null,
    reason text not null check (length(reason) between 1 and 1000),
    proposal_id text not null references federation.proposal_approval,
    at timestamptz not null
  );
  create index coverage_act_of on federation.coverage_act (agreement_id, id);
  create trigger coverage_act_is_append_only before update or delete on federation.coverage_act
    for each statement execute function renkei_refuse_change();
  grant select, insert on federation.coverage_act to renkei_bank_app;
`;

const REGISTRATION = `
  -- What the authority's register says, as somebody read it there. It is a fact and stops nothing by itself.
  create table federation.intermediary_registration (
    intermediary_id text not null references federation.intermediary,
    version integer not null check (version >= 1),
    registration text not null check (length(registration) between 1 and 100),
    registered_on date not null,
    revoked_on date,
    -- Where it was read, or why it was entered.
    source text not null check (length(source) between 1 and 1000),
    -- Null only for what the installation brought along.
    entered_by text references federation.staff_account,
    recorded_at timestamptz not null,
    primary key (intermediary_id, version)
  );
  create trigger intermediary_registration_is_append_only
    before update or delete on federation.intermediary_registration
    for each statement execute function renkei_refuse_change();

  -- RKN-D3: what the intermediary does for users; a chain partner cannot reach beyond it (RKN-C1a).
  create table federation.intermediary_service (
    id text primary key check (id ~ '^svc_'),
    intermediary_id text not null references federation.intermediary,
    name_ja text not null,
    name_en text not null,
    acts text[] not null check (cardinality(acts) >= 1
      and acts <@ array['conveys_instructions', 'fetches_account_information']),
    since date not null,
    entered_by text references federation.staff_account,
    recorded_at timestamptz not null
  );
  create index intermediary_service_of on federation.intermediary_service (intermediary_id);
  grant select, insert on federation.intermediary_registration, federation.intermediary_service
    to renkei_bank_app;
  grant insert, update (status, registration) on federation.intermediary to renkei_bank_app;
`;

const PARTNERS = `
  alter table federation.chain_partner
    add column purpose text not null default '',
    add column method text not null default '',
    -- Ids of the intermediary's services that reach users through this partner.
    add column services text[] not null default '{}',
    -- RKN-D2, as the intermediary says and people found; null: not established.
    add column legal_basis_kind text check (legal_basis_kind in
      ('banking_act_resubcontractor', 'equivalent_under_another_act', 'technical_subcontractor')),
    add column stands_before_epsp boolean,
    -- Hash, name, type and size of the contract that was shown: { sha256, name, mediaType, sizeBytes }.
    add column contract_document jsonb,
    add column proposal_id text references federation.proposal_approval,
    add column ended_by text references federation.proposal_approval;
  grant update (contract_to, proposal_id, ended_by) on federation.chain_partner to renkei_bank_app;

  -- RKN-C1b to C1d: what the intermediary asked its partner, what it answered, what was guided and came of it.
  create table federation.partner_act (
    id text primary key check (id ~ '^(rpt|gdn|doc)_'),
    partner_id text not null references federation.chain_partner,
    kind text not null check (kind in ('document_filed', 'report_requested', 'partner_reported',
      'guidance_given', 'guidance_concluded', 'result_reported')),
    -- The request or guidance that it answers.
    about text references federation.partner_act,
    text text not null check (length(text) between 1 and 4000),
    instruction text check (length(instruction) between 1 and 4000),
    due_at timestamptz,
    documents jsonb not null default '[]',
    -- What each institution's matter made of it: { institutionId, state } or { institutionId, refused, clause }.
    told jsonb not null,
    client_id text not null,
    at timestamptz not null
  );
  create index partner_act_of on federation.partner_act (partner_id, id);
  create trigger partner_act_is_append_only before update or delete on federation.partner_act
    for each statement execute function renkei_refuse_change();
  grant select, insert on federation.partner_act to renkei_bank_app;
`;

const APPLICATIONS = `
  create table federation.application (
    id text primary key check (id ~ '^app_'),
    intermediary_id text not null references federation.intermediary,
    purpose text not null check (length(purpose) between 1 and 1000),
    opened_by text not null check (opened_by in ('intermediary', 'bank')),
    opened_at timestamptz not null
  );
  create index application_of on federation.application (intermediary_id);
  -- Where an application stands is what its events add up to; nothing of it is written a second time.
  create table federation.application_event (
    application_id text not null references federation.application,
    seq integer not null check (seq >= 1),
    act text not null check (act in ('submitted', 'accepted', 'returned', 'waived', 'target_set',
      'withdrawn', 'went_live')),
    step text,
    side text not null check (side in ('intermediary', 'bank')),
    -- The officer, or the client that spoke for the intermediary.
    actor text not null,
    note text not null default '' check (length(note) <= 4000),
    documents jsonb not null default '[]',
    target_on date,
    at timestamptz not null,
    primary key (application_id, seq)
  );
  create trigger application_event_is_append_only before update or delete on federation.application_event
    for each statement execute function renkei_refuse_change();
  grant select, insert on federation.application, federation.application_event to renkei_bank_app;
`;
