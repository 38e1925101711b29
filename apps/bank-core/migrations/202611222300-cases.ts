import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what happened to a loss is kept as events that the liability library replays; what it may never come to
 * (recovered ≤ paid ≤ loss, one payment once, one transfer in one case) the database refuses by itself, over sums
 * that only its own trigger writes (RKN-L*). The institution gets an account of its own for what it compensates
 * (SM-14). Locks system_account for the change of its list of roles; creates otherwise.
 */
export class Cases202611222300 implements MigrationInterface {
  readonly name = 'Cases202611222300';

  async up(run: QueryRunner): Promise<void> {
    await run.query(OWN_ACCOUNT);
    await run.query(CASES);
    await run.query(EVENTS);
    await run.query(COUNTING);
    await run.query(CLAIMS);
    await run.query(RECOURSE);
    await run.query(PAGE);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop function case_page;
      drop table case_probe, case_share, case_recourse, case_compensation, case_transfer, case_facts,
        case_decision, case_note, case_event, loss_case;
      drop function case_event_counts`);
  }
}

const OWN_ACCOUNT = `
  alter table system_account drop constraint system_account_role_check;
  alter table system_account add constraint system_account_role_check
    check (role in ('clearing', 'fee_income', 'cash', 'interest_paid', 'opening', 'compensation'));
  -- Institutions that are there already get the account now; new ones with the others.
  do $$
  declare one smallint;
  begin
    for one in select id from institution loop
      perform set_config('renkei.institution', one::text, true);
      insert into account (institution_id, id, overdraft) values (one, 6, 100000000000000000);
      insert into system_account values (one, 'compensation', 6);
    end loop;
    perform set_config('renkei.institution', '', true);
  end $$;
`;

const CASES = `
  create table loss_case (
    institution_id smallint not null references institution,
    id text not null check (id ~ '^case_[0-9a-hjkmnp-tv-z]{26}$'),
    -- Who told of the loss, and the name that they gave it: the same report opens one case.
    origin text not null check (origin in ('holder', 'intermediary', 'institution')),
    reference text not null check (length(reference) between 1 and 100),
    report_hash text not null,
    category text not null check (category in ('fraud', 'outage', 'wrong_data', 'leak', 'other')),
    holder_id text,
    epsp_id text not null default '',
    chain_partner_id text not null default 'none',
    request_ids text[] not null,
    loss bigint not null check (loss > 0),
    occurred_at timestamptz not null,
    known_at timestamptz not null check (known_at >= occurred_at),
    reported_at timestamptz not null check (reported_at >= known_at),
    opened_by text not null,
    cause_status text not null check (cause_status in ('INVESTIGATING', 'FOUND', 'UNKNOWN')),
    -- P.rkn.l1.causeTarget; none while the parameter is unset. It reminds and moves nothing.
    cause_due_at timestamptz,
    closed_at timestamptz,
    -- Written by the trigger of case_event alone.
    events integer not null default 0,
    paid_epsp bigint not null default 0,
    paid_fi bigint not null default 0,
    recourse_epsp bigint not null default 0,
    recourse_fi bigint not null default 0,
    recovered_epsp bigint not null default 0,
    recovered_fi bigint not null default 0,
    primary key (institution_id, id),
    unique (institution_id, origin, epsp_id, reference),
    -- RKN-L*: the user never gets more than the loss, and nobody recovers more than was paid.
    constraint paid_within_loss check (paid_epsp + paid_fi <= loss),
    constraint recourse_within_paid check (recourse_epsp + recourse_fi <= paid_epsp + paid_fi),
    constraint recovered_within_paid_epsp check (recourse_epsp + recovered_epsp <= paid_epsp + recourse_fi),
    constraint recovered_within_paid_fi check (recourse_fi + recovered_fi <= paid_fi + recourse_epsp)
  );
  create index loss_case_by_cause on loss_case (institution_id, cause_due_at) where cause_status = 'INVESTIGATING';
  create index loss_case_by_epsp on loss_case (institution_id, epsp_id, id);
  call renkei_guard_tenant('loss_case');
  grant select, insert (institution_id, id, origin, reference, report_hash, category, holder_id, epsp_id,
      chain_partner_id, request_ids, loss, occurred_at, known_at, reported_at, opened_by, cause_status, cause_due_at),
    update (cause_status, closed_at) on loss_case to renkei_bank_app;
`;

const EVENTS = `
  create table case_event (
    institution_id smallint not null,
    case_id text not null,
    sequence integer not null check (sequence >= 1),
    type text not null check (type in ('loss_reported', 'cause_found', 'cause_unknown', 'exemption_found', 'scope_found',
      'unavoidable_judged', 'showing_attached', 'paid', 'attributed', 'agreement_proposed', 'agreement_accepted',
      'recourse_received', 'recovered', 'decided')),
    -- Canonical JSON; the case is these, replayed.
    event text not null,
    -- Of what the replay comes to after this event.
    state_hash text not null check (state_hash ~ '^sha256:[0-9a-f]{64}$'),
    -- Of an event that moves money: its name in the book, the side, the amount, and what a recovery gives the side.
    entry_id text,
    side text check (side in ('EPSP', 'FI')),
    amount bigint check (amount > 0),
    to_payer bigint check (to_payer between 0 and amount),
    recorded_at timestamptz not null,
    recorded_by text not null,
    primary key (institution_id, case_id, sequence),
    unique (institution_id, case_id, entry_id),
    foreign key (institution_id, case_id) references loss_case,
    check ((type in ('paid', 'recourse_received', 'recovered')) = (amount is not null and entry_id is not null)),
    check ((type = 'recovered') = (to_payer is not null)),
    check (type not in ('paid', 'recourse_received') or side is not null)
  );
  -- One payment of the institution is entered in one case only.
  create unique index case_event_pays_once on case_event (institution_id, entry_id) where type = 'paid' and side = 'FI';
  call renkei_guard_tenant('case_event');
  create trigger case_event_is_append_only before update or delete or truncate on case_event
    for each statement execute function renkei_refuse_change();
  grant select, insert on case_event to renkei_bank_app;

  create table case_note (
    institution_id smallint not null,
    case_id text not null,
    id bigint generated always as identity,
    kind text not null check (kind in ('minutes', 'evidence', 'due_care', 'failure', 'request_lost', 'closure')),
    content text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    primary key (institution_id, case_id, id),
    foreign key (institution_id, case_id) references loss_case
  );
  call renkei_guard_tenant('case_note');
  create trigger case_note_is_append_only before update or delete or truncate on case_note
    for each statement execute function renkei_refuse_change();
  grant select, insert on case_note to renkei_bank_app;

  -- Every decision with everything it was made from: it replays to the same bytes, also years later.
  create table case_decision (
    institution_id smallint not null,
    id text not null check (id ~ '^dec_[0-9a-hjkmnp-tv-z]{26}$'),
    case_id text not null,
    sequence integer not null,
    about text not null check (about in ('recourse', 'compensation', 'fraud_policy')),
    ruleset text not null,
    inputs text not null,
    decision text not null,
    decision_hash text not null
      check (decision_hash = 'sha256:' || encode(sha256(convert_to(decision, 'UTF8')), 'hex')),
    decided_at timestamptz not null,
    decided_by text not null,
    primary key (institution_id, id),
    foreign key (institution_id, case_id, sequence) references case_event
  );
  create index case_decision_by_case on case_decision (institution_id, case_id);
  call renkei_guard_tenant('case_decision');
  create trigger case_decision_is_append_only before update or delete or truncate on case_decision
    for each statement execute function renkei_refuse_change();
  grant select, insert on case_decision to renkei_bank_app;
`;

const COUNTING = `
  -- Counts an event into its case, under the case's lock; amounts are read from the event itself, so that the columns
  -- cannot say anything else. It runs as the owner: the server's role has no right to the sums.
  create function case_event_counts() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
  declare
    told jsonb := new.event::jsonb;
    amount_told bigint := coalesce(told #>> '{payment,amountYen}', told #>> '{recovery,amountYen}',
                                   told ->> 'amountYen')::bigint;
    id_told text := coalesce(told #>> '{payment,id}', told #>> '{recovery,id}', told ->> 'id');
    side_told text := coalesce(told #>> '{payment,by}', told #>> '{recovery,forSide}', told ->> 'by');
    counted integer;
  begin
    if told ->> 'type' is distinct from new.type then raise exception 'case_event: the type is not the event''s'; end if;
    if new.amount is not null and (amount_told, id_told) is distinct from (new.amount, new.entry_id)
       or new.amount is not null and side_told is distinct from new.side then
      raise exception 'case_event: the columns are not the event''s';
    end if;
    if new.type = 'recovered' and new.side is null and new.to_payer > 0 then
      raise exception 'case_event: nobody took the claim over, so all of it is the user''s';
    end if;
    update loss_case set
      events = events + 1,
      paid_epsp = paid_epsp + case when new.type = 'paid' and new.side = 'EPSP' then new.amount else 0 end,
      paid_fi = paid_fi + case when new.type = 'paid' and new.side = 'FI' then new.amount else 0 end,
      recourse_epsp = recourse_epsp
        + case when new.type = 'recourse_received' and new.side = 'EPSP' then new.amount else 0 end,
      recourse_fi = recourse_fi
        + case when new.type = 'recourse_received' and new.side = 'FI' then new.amount else 0 end,
      recovered_epsp = recovered_epsp
        + case when new.type = 'recovered' and new.side = 'EPSP' then new.to_payer else 0 end,
      recovered_fi = recovered_fi
        + case when new.type = 'recovered' and new.side = 'FI' then new.to_payer else 0 end
    where institution_id = new.institution_id and id = new.case_id
    returning events into counted;
    if counted is distinct from new.sequence then raise exception 'case_event: % is not next', new.sequence; end if;
    return new;
  end $$;
  revoke all on function case_event_counts from public;
  create trigger case_event_is_counted after insert on case_event
    for each row execute function case_event_counts();
`;

const CLAIMS = `
  -- What has been established about a claim under SM-14, by version; nothing is ever overwritten.
  create table case_facts (
    institution_id smallint not null,
    case_id text not null,
    version integer not null check (version >= 1),
    facts text not null,
    facts_hash text not null check (facts_hash = 'sha256:' || encode(sha256(convert_to(facts, 'UTF8')), 'hex')),
    recorded_at timestamptz not null,
    recorded_by text not null,
    primary key (institution_id, case_id, version),
    foreign key (institution_id, case_id) references loss_case
  );
  call renkei_guard_tenant('case_facts');
  create trigger case_facts_are_append_only before update or delete or truncate on case_facts
    for each statement execute function renkei_refuse_change();
  grant select, insert on case_facts to renkei_bank_app;

  -- A transfer is complained of in one case: the same loss is never compensated in two (RKN-L*).
  create table case_transfer (
    institution_id smallint not null,
    transfer_id text not null check (length(transfer_id) between 1 and 100),
    case_id text not null,
    primary key (institution_id, transfer_id),
    foreign key (institution_id, case_id) references loss_case
  );
  call renkei_guard_tenant('case_transfer');
  grant select, insert on case_transfer to renkei_bank_app;

  -- What the institution has paid under SM-14, once per case: to that extent the right to the deposit has lapsed
  -- (SM-14.6) and the claims against whoever did it have passed over (SM-14.7).
  create table case_compensation (
    institution_id smallint not null,
    case_id text not null,
    proposal_id text not null,
    decision_id text not null,
    account_id bigint not null,
    posting_key text not null,
    paid bigint not null check (paid > 0),
    lapsed bigint not null check (lapsed = paid),
    passed_over bigint not null check (passed_over = paid),
    paid_at timestamptz not null,
    primary key (institution_id, case_id),
    unique (institution_id, posting_key),
    foreign key (institution_id, case_id) references loss_case,
    foreign key (institution_id, decision_id) references case_decision
  );
  call renkei_guard_tenant('case_compensation');
  create trigger case_compensation_is_append_only before update or delete or truncate on case_compensation
    for each statement execute function renkei_refuse_change();
  grant select, insert on case_compensation to renkei_bank_app;

  -- What officers tried without saving it: per institution, recorded, bounded (T-28).
  create table case_probe (
    institution_id smallint not null references institution,
    id bigint generated always as identity,
    officer text not null,
    act text not null check (act in ('what_if', 'replay_decision', 'replay_case')),
    subject text not null,
    probed_at timestamptz not null,
    primary key (institution_id, id)
  );
  create index case_probe_by_officer on case_probe (institution_id, officer, probed_at);
  call renkei_guard_tenant('case_probe');
  create trigger case_probe_is_append_only before update or delete or truncate on case_probe
    for each statement execute function renkei_refuse_change();
  grant select, insert on case_probe to renkei_bank_app;
`;

const RECOURSE = `
  create table case_recourse (
    institution_id smallint not null,
    case_id text not null,
    number integer not null check (number >= 1),
    claimant text not null check (claimant in ('EPSP', 'FI')),
    amount bigint not null check (amount > 0),
    decision_id text not null,
    document_id text not null,
    claimed_at timestamptz not null,
    claimed_by text not null,
    primary key (institution_id, case_id, number),
    foreign key (institution_id, case_id) references loss_case,
    foreign key (institution_id, decision_id) references case_decision
  );
  call renkei_guard_tenant('case_recourse');
  grant select, insert on case_recourse to renkei_bank_app;

  -- Whom a claim names and for how much, and what has come of it; EPSP where an institution claims.
  create table case_share (
    institution_id smallint not null,
    case_id text not null,
    number integer not null,
    against text not null check (against ~ '^([0-9]{4}|EPSP)$'),
    amount bigint not null check (amount > 0),
    settled bigint not null default 0,
    primary key (institution_id, case_id, number, against),
    foreign key (institution_id, case_id, number) references case_recourse,
    constraint settled_within_share check (settled between 0 and amount)
  );
  call renkei_guard_tenant('case_share');
  grant select, insert (institution_id, case_id, number, against, amount), update (settled)
    on case_share to renkei_bank_app;
`;

const PAGE = `
  -- Everything that the page of one case shows, in one statement. Amounts as text: they go out as they are.
  create function case_page(p_institution smallint, p_case text) returns jsonb language plpgsql volatile as $$
  declare page jsonb;
  begin
    if coalesce(current_setting('renkei.institution', true), '') <> p_institution::text then
      perform set_config('renkei.institution', p_institution::text, true);
    end if;
    select jsonb_build_object(
      'row', to_jsonb(c) || jsonb_build_object('loss', c.loss::text),
      'events', (select jsonb_agg(jsonb_build_object('sequence', e.sequence, 'event', e.event,
          'stateHash', e.state_hash, 'recordedBy', e.recorded_by,
          'recordedAt', (extract(epoch from e.recorded_at) * 1000)::bigint) order by e.sequence)
        from case_event e where e.institution_id = p_institution and e.case_id = p_case),
      'notes', (select jsonb_agg(jsonb_build_object('kind', n.kind, 'content', n.content,
          'recordedBy', n.recorded_by, 'recordedAt', (extract(epoch from n.recorded_at) * 1000)::bigint) order by n.id)
        from case_note n where n.institution_id = p_institution and n.case_id = p_case),
      'facts', (select jsonb_build_object('version', f.version, 'facts', f.facts, 'hash', f.facts_hash)
        from case_facts f where f.institution_id = p_institution and f.case_id = p_case
        order by f.version desc limit 1),
      'decisions', (select jsonb_agg(jsonb_build_object('id', d.id, 'about', d.about, 'ruleset', d.ruleset,
          'sequence', d.sequence, 'decisionHash', d.decision_hash, 'decidedBy', d.decided_by,
          'decidedAt', (extract(epoch from d.decided_at) * 1000)::bigint) order by d.sequence)
        from case_decision d where d.institution_id = p_institution and d.case_id = p_case),
      'compensation', (select jsonb_build_object('paid', m.paid::text, 'lapsed', m.lapsed::text,
          'passedOver', m.passed_over::text, 'proposalId', m.proposal_id, 'decisionId', m.decision_id,
          'paidAt', (extract(epoch from m.paid_at) * 1000)::bigint)
        from case_compensation m where m.institution_id = p_institution and m.case_id = p_case),
      'recourse', (select jsonb_agg(jsonb_build_object('number', r.number, 'claimant', r.claimant,
          'amount', r.amount::text, 'decisionId', r.decision_id, 'documentId', r.document_id,
          'claimedBy', r.claimed_by, 'claimedAt', (extract(epoch from r.claimed_at) * 1000)::bigint,
          'shares', (select jsonb_agg(jsonb_build_object('against', s.against, 'amount', s.amount::text,
              'settled', s.settled::text) order by s.against)
            from case_share s where s.institution_id = p_institution and s.case_id = p_case and s.number = r.number)
          ) order by r.number)
        from case_recourse r where r.institution_id = p_institution and r.case_id = p_case),
      'documents', (select jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'hash', o.content_hash)
          order by o.issued_at, o.id)
        from document o where o.institution_id = p_institution and o.subject = p_case))
    into page from loss_case c where c.institution_id = p_institution and c.id = p_case;
    return page;
  end $$;
  revoke all on function case_page from public;
  grant execute on function case_page to renkei_bank_app;
`;
