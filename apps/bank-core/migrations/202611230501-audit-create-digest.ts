import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an auditor verifies the machine record and what officers decided without trusting the server (SM-3.5, T-17).
 * Builds one index on `record`, which blocks its writers while it is built; everything else is created only.
 */
export class AuditCreateDigest202611230501 implements MigrationInterface {
  readonly name = 'AuditCreateDigest202611230501';

  async up(run: QueryRunner): Promise<void> {
    await run.query(TRAIL);
    await run.query(DIGESTS);
  }

  async down(): Promise<void> {
    throw new Error('Evidence is not dropped: restore a backup instead.');
  }
}

const TRAIL = `
  -- Who may do what and what two people decided, written by the tables themselves: also what somebody with a
  -- statement of his own does to them stands here (T-17).
  create table federation.staff_trail (
    id bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    recorded_at timestamptz not null default renkei_now(),
    kind text not null,
    content json not null
  );
  create index staff_trail_by_xid on federation.staff_trail (xid, id);
  create trigger staff_trail_is_append_only before update or delete or truncate on federation.staff_trail
    for each statement execute function renkei_refuse_change();

  create function federation.keep_staff_trail() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
  declare
    changed jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  begin
    insert into federation.staff_trail (kind, content)
    values (tg_table_name || '_' || lower(tg_op),
            (changed - 'password_hash' - 'wrapped_seed' - 'consecutive_failures' - 'last_step')::json);
    return null;
  end $$;
  revoke execute on function federation.keep_staff_trail() from public;
  create trigger keep_trail after insert or update or delete on federation.staff_role
    for each row execute function federation.keep_staff_trail();
  create trigger keep_trail after insert or delete or update of person_id, state, password_hash, wrapped_seed
    on federation.staff_account for each row execute function federation.keep_staff_trail();
  create trigger keep_trail after insert or update or delete on federation.person
    for each row execute function federation.keep_staff_trail();
  create trigger keep_trail after insert or update or delete on federation.proposal
    for each row execute function federation.keep_staff_trail();
  create trigger keep_trail after insert or update or delete on federation.proposal_approval
    for each row execute function federation.keep_staff_trail();
  create trigger keep_trail after insert or update or delete on federation.proposal_end
    for each row execute function federation.keep_staff_trail();
  create trigger keep_trail after insert or update or delete on federation.proposal_effect
    for each row execute function federation.keep_staff_trail();
  grant select on federation.staff_trail to renkei_bank_app;
`;

const DIGESTS = `
  -- The text of a row that is digested: a JSON array in this order, times in microseconds since 1970. An export
  -- carries these lines, so that anybody can hash them again.
  create function record_line(r public.record) returns text language sql stable as $$
    select json_build_array(r.institution_id, r.xid::text, r.id,
      (extract(epoch from r.recorded_at) * 1000000)::bigint,
      (extract(epoch from r.happened_at) * 1000000)::bigint,
      r.kind, r.holder_id, r.epsp_id, r.chain_partner_id, r.client_id, r.consent_id, r.transfer_id,
      r.interaction_id, r.content)::text
  $$;
  create function federation.staff_trail_line(t federation.staff_trail) returns text language sql stable as $$
    select json_build_array(0, t.xid::text, t.id, (extract(epoch from t.recorded_at) * 1000000)::bigint,
      t.kind, t.content)::text
  $$;
  create index record_by_xid on record (institution_id, xid, id);

  -- One chain per institution, and one (scope 0) of the officers' trail. A digest covers the rows behind
  -- (from_xid, from_id) up to and including (to_xid, to_id); its neighbour begins where it ends.
  create table federation.audit_digest (
    scope smallint not null,
    number bigint not null check (number > 0),
    from_xid bigint not null,
    from_id bigint not null,
    to_xid bigint not null,
    to_id bigint not null,
    row_count integer not null check (row_count > 0),
    -- SHA-256 over the lines, each with the hash before it; the first one begins with previous_hash.
    root text not null check (root ~ '^[0-9a-f]{64}$'),
    previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    key_id text not null,
    -- Ed25519 over the hash, by a key outside the database: who rewrites rows and digests cannot sign them.
    signature text not null,
    made_at timestamptz not null,
    primary key (scope, number),
    check ((from_xid, from_id) < (to_xid, to_id))
  );
  create trigger audit_digest_is_append_only before update or delete or truncate on federation.audit_digest
    for each statement execute function renkei_refuse_change();
  grant select, insert on federation.audit_digest to renkei_bank_app;
`;
