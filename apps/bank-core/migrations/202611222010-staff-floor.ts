import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: roles belong to an institution or to the federation and change by two people; officers log in with a
 * second factor; what two people agreed on takes effect once per institution, whoever dies in between (T-17).
 * Rewrites the few rows of staff_account under a short lock.
 */
export class StaffFloor202611222010 implements MigrationInterface {
  readonly name = 'StaffFloor202611222010';

  async up(run: QueryRunner): Promise<void> {
    await run.query(ROLES);
    await run.query(SESSIONS);
    await run.query(PROPOSALS);
  }

  async down(): Promise<void> {
    throw new Error('Who may do what is not forgotten: restore a backup instead.');
  }
}

const ROLES = `
  create table federation.staff_role (
    id bigint generated always as identity primary key,
    mail_address text not null references federation.staff_account,
    role text not null check (role in ('compliance', 'approver', 'federation_officer', 'branch_clerk',
      'operations', 'auditor')),
    -- Null: at the federation, and with it at every institution.
    institution_id smallint references institution,
    since timestamptz not null,
    until timestamptz check (until >= since),
    -- Null only for the people of the installation: somebody has to be first.
    granted_by text references federation.proposal_approval,
    ended_by text references federation.proposal_approval,
    check ((until is null) = (ended_by is null))
  );
  create unique index staff_role_once on federation.staff_role (mail_address, role, institution_id)
    nulls not distinct where until is null;
  insert into federation.staff_role (mail_address, role, since)
    select mail_address, unnest(roles), renkei_now() from federation.staff_account;
  alter table federation.staff_account drop column roles;
  -- A role is given with its approval and ended with another; nothing else about it changes.
  grant select, insert, update (until, ended_by) on federation.staff_role to renkei_bank_app;
`;

const SESSIONS = `
  alter table federation.staff_account
    -- Wrapped by the key outside the database (T-22); null: no second factor, no login over the network.
    add column wrapped_seed bytea,
    -- A code is used up with its step.
    add column last_step bigint not null default 0;
  grant update (last_step) on federation.staff_account to renkei_bank_app;

  -- Only the hash of the session's secret: a reader of the table logs in as nobody.
  create table federation.staff_session (
    secret_hash bytea primary key check (length(secret_hash) = 32),
    mail_address text not null references federation.staff_account,
    opened_at timestamptz not null,
    last_seen_at timestamptz not null,
    closed_at timestamptz
  );
  create index staff_session_by_account on federation.staff_session (mail_address);
  grant select, insert, update (last_seen_at, closed_at) on federation.staff_session to renkei_bank_app;
`;

const PROPOSALS = `
  alter table federation.proposal
    -- Where it acts; empty: at the federation as one party.
    add column institution_ids smallint[] not null default '{}';
  create index proposal_by_time on federation.proposal (proposed_at desc, id desc);

  -- A proposal that nobody approved: turned down by another, or withdrawn by who made it.
  create table federation.proposal_end (
    proposal_id text primary key references federation.proposal,
    how text not null check (how in ('rejected', 'withdrawn')),
    ended_by text not null references federation.staff_account,
    reason text not null check (length(reason) between 1 and 1000),
    ended_at timestamptz not null
  );
  -- Either approved or ended: whoever comes second finds the other's row, seen under the same lock.
  create function federation.one_end_per_proposal() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(new.proposal_id, 4711010));
    if exists (select from federation.proposal_end e where e.proposal_id = new.proposal_id)
       or exists (select from federation.proposal_approval a where a.proposal_id = new.proposal_id) then
      raise unique_violation using message = 'the proposal has been decided';
    end if;
    return new;
  end $$;
  create trigger one_end before insert on federation.proposal_end
    for each row execute function federation.one_end_per_proposal();
  create trigger one_end before insert on federation.proposal_approval
    for each row execute function federation.one_end_per_proposal();
  create trigger proposal_end_is_append_only before update or delete on federation.proposal_end
    for each statement execute function renkei_refuse_change();

  -- What an approved proposal did, once per institution and in the same transaction as the doing; 0 stands for
  -- the federation. What is missing here is still to be done.
  create table federation.proposal_effect (
    proposal_id text not null references federation.proposal_approval,
    institution_id smallint not null,
    outcome jsonb not null,
    done_at timestamptz not null,
    primary key (proposal_id, institution_id)
  );
  create trigger proposal_effect_is_append_only before update or delete on federation.proposal_effect
    for each statement execute function renkei_refuse_change();
  grant select, insert on federation.proposal_end, federation.proposal_effect to renkei_bank_app;
`;
