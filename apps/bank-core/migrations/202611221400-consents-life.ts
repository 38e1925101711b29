import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: a consent lives from the moment it is asked for until its end, every change is a numbered version with
 * reason and actor, and each of its accounts has a state of its own (RKN-S1, RKN-D6).
 * Locks: short exclusive locks on `consent`, `consent_account`, `consent_event`, `federation.approval`.
 */
export class ConsentsLife202611221400 implements MigrationInterface {
  readonly name = 'ConsentsLife202611221400';

  async up(run: QueryRunner): Promise<void> {
    await run.query(CONSENT);
    await run.query(ACCOUNTS);
    await run.query(EVENTS);
    await run.query(APPROVALS);
  }

  async down(): Promise<void> {
    throw new Error('What was asked for and refused has no place in the older shape: restore.');
  }
}

const CONSENT = `
  -- Asked for and not yet decided, a consent has neither holder nor wording nor term.
  alter table consent
    alter column holder_id drop not null,
    alter column wording_version drop not null,
    alter column wording_hash drop not null,
    alter column granted_at drop not null,
    alter column expires_at drop not null,
    add column version integer not null default 1 check (version >= 1),
    add column frozen_for text[] not null default '{}',
    add column term_days integer,
    add column asked_at timestamptz,
    add column decide_by timestamptz,
    -- The start of the present term: reminders look no further back.
    add column term_since timestamptz;

  -- The owner is bound by the policies too: lifted for the rows that already stand here.
  alter table consent no force row level security;
  update consent set asked_at = granted_at, term_since = granted_at,
    frozen_for = case when state = 'frozen' then array['holder_locked'] else '{}' end;
  alter table consent force row level security;

  alter table consent
    alter column asked_at set not null,
    add check ((state = 'frozen') = (frozen_for <> '{}')),
    add check (granted_at is null or (holder_id is not null and wording_version is not null
      and wording_hash is not null and expires_at is not null and term_since is not null)),
    add check (state in ('awaiting_authorisation', 'rejected', 'expired') or granted_at is not null);
  create index consent_by_client on consent (institution_id, client_id, id);
`;

const ACCOUNTS = `
  alter table consent_account
    add column status text not null default 'available'
      check (status in ('available', 'unavailable', 'removed')),
    add column reason text not null default 'chosen',
    add column changed_at timestamptz;
  grant update (status, reason, changed_at) on consent_account to renkei_bank_app;
`;

const EVENTS = `
  -- The feed is the history as well: one row per version, append-only, with what held after it. Its reason is
  -- what an intermediary may be told; the bank's own cause stands beside it and goes no further (T-29).
  alter table consent_event
    add column change text,
    add column cause text,
    add column actor text check (actor in
      ('holder', 'institution', 'intermediary', 'chain_partner', 'system')),
    add column version integer,
    add column expires_at timestamptz,
    add column wording_hash text,
    add column account_ids text[];
  create index consent_event_history on consent_event (institution_id, consent_id, id);
`;

const APPROVALS = `
  alter table federation.approval
    add column asked_consent_id text,
    drop constraint approval_kind_check,
    drop constraint approval_check2,
    add constraint approval_kind_check check (kind in
      ('account_information', 'transfer_initiation', 'consent_extension')),
    add constraint approval_information_check check (kind = 'transfer_initiation'
      or (purpose is not null and term_days is not null and permissions <> '{}')),
    add constraint approval_extension_check check (kind <> 'consent_extension'
      or (asked_consent_id is not null and institution_is_fixed));
`;
