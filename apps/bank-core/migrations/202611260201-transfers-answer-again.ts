import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: two functions were mended in the migrations that created them, which a database from before never sees. A plain
 * order without an instant of its own is posted at the bank's time once the link is locked; what was refused or has
 * expired is answered as that again, its row left as it is (ledger.md 3.1, SM-5.2). Replaces both as a whole, rights
 * and all else as they were; locks nothing.
 */
export class TransfersAnswerAgain202611260201 implements MigrationInterface {
  readonly name = 'TransfersAnswerAgain202611260201';

  async up(run: QueryRunner): Promise<void> {
    await run.query(POST_ONE);
    await run.query(FIX_TRANSFERS);
  }

  async down(): Promise<void> {
    throw new Error('The servers rely on these functions: restore a backup instead.');
  }
}

const POST_ONE = `
  -- The short way of a single posting, as 202611221015 says it; new: an order that names no instant.
  create or replace function ledger_post_one(
    p_institution smallint, p_booked_on date,
    -- null: the bank's time once the link is locked; a stop that it waited for began before
    p_posted_at timestamptz,
    p_epsp text, p_key uuid, p_hash uuid, p_operation posting_operation,
    p_debit bigint, p_credit bigint, p_amount bigint, p_value_on date,
    p_debit_text text, p_credit_text text, p_edi_text text, p_use_overdraft boolean,
    p_subject text, p_day date, p_limit bigint, p_charge bigint)
  returns void language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
  declare
    d_balance bigint; d_version bigint; c_balance bigint; c_version bigint;
  begin
    if renkei_institution() <> p_institution then
      raise exception 'institution % is not the one of this transaction', p_institution;
    end if;
    if pg_advisory_xact_lock_shared(renkei_link_key(p_institution)) is null
       or set_config('renkei.institution', p_institution::text, true) is null
       or p_amount not between 1 and 1000000000000 then
      raise exception using errcode = 'RK001', message = 'not plain: amount';
    end if;
    -- Any stop of this intermediary that may matter is left to ledger_post_many. In a statement of its own, after
    -- the lock: its snapshot is younger than the stop's commit (reliability.md 3.1).
    update limit_use u set requested = u.requested + p_charge, designated = u.designated + p_charge
    where u.institution_id = p_institution and u.subject = p_subject and u.on_date = p_day
      and u.requested + p_charge <= p_limit and u.designated + p_charge <= p_limit
      and not exists (select from link_state s where s.institution_id = p_institution and s.epsp_id = p_epsp
                        and s.state <> 'active');
    if not found then raise exception using errcode = 'RK001', message = 'not plain: limit or link'; end if;
    if p_credit < p_debit then
      update account a set balance = a.balance + p_amount, version = a.version + 1, booked_on = p_booked_on
      where a.institution_id = p_institution and a.id = p_credit
        and not a.closed and not a.credit_stopped and a.booked_on <= p_booked_on
      returning a.balance, a.version into c_balance, c_version;
    end if;
    update account a set balance = a.balance - p_amount, version = a.version + 1, booked_on = p_booked_on
    where a.institution_id = p_institution and a.id = p_debit
      and not a.closed and a.debit_stops = 0 and a.booked_on <= p_booked_on
      and p_amount <= a.balance - a.held + p_use_overdraft::int * a.overdraft
    returning a.balance, a.version into d_balance, d_version;
    if p_debit < p_credit then
      update account a set balance = a.balance + p_amount, version = a.version + 1, booked_on = p_booked_on
      where a.institution_id = p_institution and a.id = p_credit
        and not a.closed and not a.credit_stopped and a.booked_on <= p_booked_on
      returning a.balance, a.version into c_balance, c_version;
    end if;
    if d_version is null or c_version is null then
      raise exception using errcode = 'RK001', message = 'not plain: accounts';
    end if;
    insert into posting (institution_id, id, xid, key, hash, line, status, detail, operation, debit_account,
        debit_seq, debit_balance, credit_account, credit_seq, credit_balance, amount, posted_at, booked_on,
        value_on, debit_text, credit_text, edi_text)
    values (p_institution, nextval('posting_id_seq'), pg_current_xact_id()::text::bigint, p_key, p_hash, 1,
        'posted', '', p_operation, p_debit, d_version, d_balance, p_credit, c_version, c_balance, p_amount,
        coalesce(p_posted_at, renkei_now()), p_booked_on, p_value_on, p_debit_text, p_credit_text, p_edi_text);
  end $$;
`;

const FIX_TRANSFERS = `
  -- 確定 with the debit, as 202611221030 says it; new: what has ended before keeps its row and its answer.
  create or replace function fix_transfers(p_institution smallint, p_plans transfer_plan[])
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
        -- Refused before with the same content: the ledger has the answer and gives it again (ledger.md 3.1).
        when t.status = 'RJCT' and exists (select from posting k where k.institution_id = p_institution
               and k.key = p.key and k.line = 1 and k.hash = p.key_hash) then 'posted'
        when t.status = 'EXPD' then 'transfer_expired'
        when t.status <> 'ACTC' then 'state_conflict'
        when p.received_at >= t.expires_at then 'transfer_expired'
        when not exists (select from holder h where h.institution_id = p_institution and h.id = p.holder
                           and h.service_state = 'active') then 'holder_unavailable'
        when not exists (select from service_account s where s.institution_id = p_institution
                           and s.holder_id = p.holder and s.account_id = p.debit and s.may_debit)
          then 'debit_not_registered'
        else 'posted' end order by p.ordinality),
      coalesce(bool_or(t.formed_at is not null or t.status = 'RJCT'), false)
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

    -- What was fixed, refused or expired before keeps its row as it is, whatever is answered now.
    return query
    with plan as (
      select p.*, p.ordinality as place, t.formed_at is not null as was_formed,
             t.formed_at is not null or t.status in ('RJCT', 'EXPD') as has_ended,
             t.epsp_id, t.chain_partner_id, t.client_id,
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
      select * from plan where not has_ended and verdict not in ('not_found', 'state_conflict')
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
`;
