import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Transfers from the push on, and `fix_transfers`: 確定 and debit in one transaction (SM-5.2). Creates only; locks nothing. */
export class TransfersCreateTransfer202611221030 implements MigrationInterface {
  readonly name = 'TransfersCreateTransfer202611221030';

  async up(run: QueryRunner): Promise<void> {
    await run.query(TRANSFER);
    await run.query(FIX_TRANSFERS);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop function fix_transfers; drop type transfer_plan; drop table transfer');
  }
}

const TRANSFER = `
  create table transfer (
    institution_id smallint not null references institution,
    id text not null check (id ~ '^trf_[0-9a-hjkmnp-tv-z]{26}$'),
    client_id text not null,
    epsp_id text not null,
    chain_partner_id text not null,
    instruction_id text not null check (instruction_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    -- Of the normalised content: the same id with another hash is refused, for ever.
    content_hash text not null,
    debit_branch text, debit_type text, debit_number text,
    creditor_bank text not null, creditor_branch text not null,
    creditor_type text not null, creditor_number text not null, creditor_name text not null,
    amount bigint not null check (amount between 1 and 1000000000000),
    requested_on date,
    edi_text text,
    status text not null check (status in
      ('RCVD', 'ACTC', 'SCHD', 'RSVD', 'ACSP', 'ACSC', 'PDNG', 'RJCT', 'CANC', 'EXPD')),
    status_reason text,
    aftercare text check (aftercare in ('returned')),
    received_at timestamptz not null,
    offered_at timestamptz,
    expires_at timestamptz not null,
    changed_at timestamptz not null,
    holder_id text,
    -- From here on written by fix_transfers alone; the application role has no right to these columns.
    debit_account bigint,
    kind text check (kind in ('furikomi', 'furikae')),
    fee bigint check (fee >= 0),
    designated_on date,
    confirmed_hash text,
    confirmed_at timestamptz,
    formed_at timestamptz,
    primary key (institution_id, id),
    unique (institution_id, client_id, instruction_id),
    -- Nobody can call a transfer sent that was never debited, nor abandon one that was.
    check (case when status in ('ACSP', 'ACSC') then formed_at is not null
                when status in ('RCVD', 'ACTC', 'CANC', 'EXPD') then formed_at is null else true end)
  );
  create index transfer_due on transfer (institution_id, expires_at) where status in ('RCVD', 'ACTC');
  call renkei_guard_tenant('transfer');
  grant select, insert (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id, content_hash,
      debit_branch, debit_type, debit_number, creditor_bank, creditor_branch, creditor_type, creditor_number,
      creditor_name, amount, requested_on, edi_text, status, received_at, expires_at, changed_at),
    update (status, status_reason, aftercare, offered_at, expires_at, changed_at, holder_id)
    on transfer to renkei_bank_app;
`;

const FIX_TRANSFERS = `
  -- What was read and decided before 確定 (apps/bank-core/src/transfers/storage/fix-transfers.store.pg.ts).
  create type transfer_plan as (
    transfer text,
    -- Of the posting: the transfer's id in 128 bits, and half of the hash that the holder confirmed.
    key uuid, key_hash uuid,
    holder text, debit bigint,
    -- The payee's account where it is ours; null sends the money through clearing.
    credit bigint,
    received_at timestamptz, requested_on date, designated_on date,
    kind text, fee bigint,
    limit_subject text, limit_yen bigint, charge bigint,
    hash text, shown json, factors text[], interaction text,
    debit_text text, credit_text text, payer_name text,
    -- P.sm.overdraft.usable: whether a transfer may take what stands below zero (SM-3.4-1-2a).
    overdraft_usable boolean
  );

  -- 確定 (SM-R3.2) with the debit (SM-5.2), for one transfer or for many, each exactly as if it were alone. What
  -- was decided before is decided again here only where it races: state, key and holder here; link, limit and
  -- funds in ledger_post_many. Locks: link → transfers ascending → limit rows → accounts ascending.
  -- Answers per plan, in their order, 'fixed', 'already_fixed' or a refusal; a refusal by rule is stored on the
  -- transfer as RJCT. A transfer twice in one call is a bug of the caller and raises.
  create function fix_transfers(p_institution smallint, p_plans transfer_plan[])
  returns table (status text, clause text, bases text[])
  language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan as $$
  #variable_conflict use_column
  declare
    at timestamptz; verdicts text[]; found_details text[]; known boolean; clearing bigint; fee_income bigint;
    chosen int[]; answer record;
  begin
    if cardinality(p_plans) > 1 then
      perform lock_ledger_turn(p_institution);
    end if;
    perform lock_link_shared(p_institution);
    perform renkei_enter(p_institution);
    -- A batch is planned for its size and for the tables as they stand: a plan kept from when they were small would
    -- walk all transfers of the institution once per item.
    if cardinality(p_plans) > 16 then
      perform set_config('plan_cache_mode', 'force_custom_plan', true);
    end if;
    perform from transfer t where t.institution_id = p_institution
      and t.id = any(array(select p.transfer from unnest(p_plans) p)) order by t.id for update;
    at := renkei_now();
    select s.account_id into strict clearing from system_account s
    where s.institution_id = p_institution and s.role = 'clearing';
    select s.account_id into strict fee_income from system_account s
    where s.institution_id = p_institution and s.role = 'fee_income';

    -- 'posted': the ledger decides; a replayed confirmation goes there too, since access comes before the
    -- answer (T-21). The ledger's own order puts the link before what is refused here for the holder's side.
    select array_agg(case
        when t.id is null or t.holder_id is distinct from p.holder then 'not_found'
        when t.formed_at is not null and t.confirmed_hash = p.hash then 'posted'
        when t.status <> 'ACTC' then 'state_conflict'
        when p.received_at >= t.expires_at then 'transfer_expired'
        when not exists (select from holder h where h.institution_id = p_institution and h.id = p.holder
                           and h.service_state = 'active') then 'holder_unavailable'
        when not exists (select from service_account s where s.institution_id = p_institution
                           and s.holder_id = p.holder and s.account_id = p.debit and s.may_debit)
          then 'debit_not_registered'
        else 'posted' end order by p.ordinality),
      coalesce(bool_or(t.formed_at is not null), false)
    into verdicts, known
    from unnest(p_plans) with ordinality p
    left join transfer t on t.institution_id = p_institution and t.id = p.transfer;

    found_details := array_fill(''::text, array[cardinality(p_plans)]);
    select array_agg(v.place order by v.place) into chosen
    from unnest(verdicts) with ordinality v(verdict, place)
    where v.verdict in ('posted', 'holder_unavailable', 'debit_not_registered');
    if chosen is not null then
      -- What orders share comes once, sorted; each names it by its rank. Ranks, not joins: this stays n log n.
      with item as (
        select p.*, t.amount, t.edi_text, t.epsp_id, t.chain_partner_id, coalesce(p.credit, clearing) as payee,
               verdicts[p.ordinality] as verdict,
               row_number() over (order by p.ordinality) as n,
               dense_rank() over (order by t.epsp_id, t.chain_partner_id) as party,
               sum(case when p.fee > 0 then 2 else 1 end) over (order by p.ordinality) as last
        from unnest(p_plans) with ordinality p
        join transfer t on t.institution_id = p_institution and t.id = p.transfer
        where verdicts[p.ordinality] in ('posted', 'holder_unavailable', 'debit_not_registered')
      ), items as (
        select array_agg(key order by n) as keys, array_agg(key_hash order by n) as hashes,
               array_agg(party::int order by n) as parties, array_agg(verdict::posting_status order by n) as refusals,
               array_agg(overdraft_usable order by n) as overdrafts, array_agg(limit_yen order by n) as limits,
               array_agg(charge order by n) as charges, array_agg(last::int order by n) as last,
               max(requested_on) as booked_on
        from item
      ), parties as (
        select array_agg(epsp_id order by party) as epsps, array_agg(chain_partner_id order by party) as partners
        from (select distinct party, epsp_id, chain_partner_id from item) d
      ), day as (
        select i.n, d.basis, i.limit_subject as subject, d.on_date,
               dense_rank() over (order by i.limit_subject collate "C", d.on_date) as place
        from item i cross join lateral (values ('requested', i.requested_on), ('designated', i.designated_on))
          d(basis, on_date)
      ), uses as (
        select array_agg(place::int order by n) filter (where basis = 'requested') as requested,
               array_agg(place::int order by n) filter (where basis = 'designated') as designated
        from day
      ), days as (
        select array_agg(subject order by place) as subjects, array_agg(on_date order by place) as dates
        from (select distinct place, subject, on_date from day) d
      ), line as (
        -- The fee is a posting of its own in the same group (ledger.md 3.1); 振替 has none (SM-5.1-2-2).
        select i.n, l.* from item i cross join lateral (values
          (1, case i.kind when 'furikae' then 'book_transfer' else 'transfer' end::posting_operation, i.debit,
           i.payee, i.amount, i.requested_on, i.debit_text, i.credit_text, coalesce(i.edi_text, '')),
          (2, 'fee', i.debit, fee_income, i.fee, i.requested_on, '振込手数料', i.transfer, ''))
          l(number, operation, debit, credit, amount, value_on, debit_text, credit_text, edi_text)
        where l.number = 1 or i.fee > 0
      ), leg as (
        select l.n, l.number, s.side, s.account, dense_rank() over (order by s.account) as place
        from line l cross join lateral (values ('debit', l.debit), ('credit', l.credit)) s(side, account)
      ), legs as (
        select array_agg(place::int order by n, number) filter (where side = 'debit') as debits,
               array_agg(place::int order by n, number) filter (where side = 'credit') as credits,
               array_agg(distinct account order by account) as accounts
        from leg
      ), lines as (
        select array_agg(n::int order by n, number) as items, array_agg(number::smallint order by n, number) as numbers,
               array_agg(operation order by n, number) as operations,
               array_agg(amount order by n, number) as amounts, array_agg(value_on order by n, number) as dates,
               array_agg(debit_text order by n, number) as debit_texts,
               array_agg(credit_text order by n, number) as credit_texts,
               array_agg(edi_text order by n, number) as edi_texts
        from line
      )
      select m.statuses, m.details into answer
      from items i, parties t, uses u, days d, legs g, lines l, lateral ledger_post_many(p_institution, i.booked_on,
        at, known, t.epsps, t.partners, g.accounts, d.subjects, d.dates, '{}', i.keys, i.hashes, i.last, i.parties,
        i.refusals, i.overdrafts, i.limits, i.charges, u.requested, u.designated, null, null, null, null, l.items,
        l.numbers, l.operations, g.debits, g.credits, l.amounts, l.dates, l.debit_texts, l.credit_texts,
        l.edi_texts) m;
      for n in 1..cardinality(chosen) loop
        verdicts[chosen[n]] := answer.statuses[n]::text;
        found_details[chosen[n]] := answer.details[n];
      end loop;
    end if;

    -- What was fixed before keeps its row; what is posted now has none yet.
    return query
    with plan as (
      select p.*, p.ordinality as place, t.formed_at is not null as was_formed, t.epsp_id, t.chain_partner_id, t.client_id,
             t.creditor_bank, t.creditor_branch, t.creditor_type, t.creditor_number, t.creditor_name, t.amount,
             t.edi_text, v.verdict,
             case v.verdict when 'holder_unavailable' then 'SM-3.4-1-4' when 'debit_not_registered' then 'SM-5.1-1'
                            when 'limit_exceeded' then 'SM-5.3-1b'
                            else case when v.verdict like 'linkage%' then nullif(v.detail, '') end end as clause,
             case when v.verdict = 'limit_exceeded' then string_to_array(v.detail, ',') end as bases
      from unnest(p_plans) with ordinality p
      cross join lateral (select verdicts[p.ordinality], found_details[p.ordinality]) v(verdict, detail)
      left join transfer t on t.institution_id = p_institution and t.id = p.transfer
    ), touched as (
      select * from plan where not was_formed and verdict not in ('not_found', 'state_conflict')
    ), changed as (
      update transfer t set
        status = case when c.verdict = 'transfer_expired' then 'EXPD' when c.verdict <> 'posted' then 'RJCT'
                      when c.credit is null then 'ACSP' else 'ACSC' end,
        status_reason = case c.verdict when 'posted' then null when 'transfer_expired' then 'not_confirmed_in_time'
                                       else c.verdict end,
        changed_at = at,
        debit_account = case when c.verdict = 'posted' then c.debit end,
        kind = case when c.verdict = 'posted' then c.kind end,
        fee = case when c.verdict = 'posted' then c.fee end,
        designated_on = case when c.verdict = 'posted' then c.designated_on end,
        confirmed_hash = case when c.verdict = 'posted' then c.hash end,
        confirmed_at = case when c.verdict = 'posted' then c.received_at end,
        formed_at = case when c.verdict = 'posted' then at end
      from touched c where t.institution_id = p_institution and t.id = c.transfer
    ), sent as (
      insert into clearing_outbox (institution_id, transfer_id, creditor_bank, creditor_branch, creditor_type,
          creditor_number, creditor_name, payer_name, amount, edi_text, due_at, queued_at)
      select p_institution, c.transfer, c.creditor_bank, c.creditor_branch, c.creditor_type, c.creditor_number,
             c.creditor_name, c.payer_name, c.amount, c.edi_text, at, at
      from touched c where c.verdict = 'posted' and c.credit is null order by c.place
    ), woken as (
      select pg_notify('clearing_outbox', p_institution::text)
      where exists (select from touched c where c.verdict = 'posted' and c.credit is null)
    ), recorded as (
      insert into record (institution_id, happened_at, kind, holder_id, epsp_id, chain_partner_id, client_id,
          transfer_id, interaction_id, content)
      select p_institution, c.received_at,
          case c.verdict when 'posted' then 'transfer_fixed' else 'transfer_refused' end, c.holder, c.epsp_id,
          c.chain_partner_id, c.client_id, c.transfer, c.interaction,
          json_build_object('shown', c.shown, 'hash', c.hash, 'factors', c.factors,
                            'refusal', nullif(c.verdict, 'posted'), 'clause', c.clause, 'bases', c.bases)
      from touched c order by c.place
    )
    select case when p.verdict <> 'posted' then p.verdict when p.was_formed then 'already_fixed' else 'fixed' end,
           p.clause, p.bases
    from plan p left join woken on true order by p.place;
  end $$;
  revoke all on function fix_transfers from public;
  grant execute on function fix_transfers to renkei_bank_app;
`;
