import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The functions that move money: `ledger_post_many` decides a batch of orders exactly as if they came one after
 * another, `ledger_post_one` is the short way of a single posting that nothing stands against. Nothing else
 * writes account, posting, hold or limit_use. Creates only; locks nothing.
 */
export class AccountsCreateLedgerFunctions202611221015 implements MigrationInterface {
  readonly name = 'AccountsCreateLedgerFunctions202611221015';

  async up(run: QueryRunner): Promise<void> {
    await run.query(ENTER);
    await run.query(POST_MANY);
    await run.query(POST_ONE);
  }

  async down(): Promise<void> {
    throw new Error('Money cannot be without its functions: restore a backup instead.');
  }
}

const ENTER = `
  -- Functions that run with the owner's rights begin with this: inside a transaction that has entered an
  -- institution that one and no other; a single call enters the one that it names, until its transaction ends.
  create function renkei_enter(institution smallint) returns void language plpgsql volatile as $$
  begin
    if renkei_institution() is null then
      perform set_config('renkei.institution', institution::text, true);
    elsif renkei_institution() <> institution then
      raise exception 'institution % is not the one of this transaction', institution;
    end if;
  end $$;
`;

const POST_MANY = `
  -- Batches of one institution take turns, so that none waits with half of its rows locked. For speed only: it
  -- ends with the transaction, and who does not ask for it is as correct (ledger.md 3.2).
  create function lock_ledger_turn(institution smallint) returns void language sql volatile as
    $$ select pg_advisory_xact_lock(4711003::bigint * 65536 + institution) $$;

  -- Decides orders one after another as if each were alone, and writes what they changed in sets. What several
  -- orders share comes once, sorted and distinct; an order names it by its place (1…), or by 0 for none.
  -- Refusals never raise: each order has its own status, stored with its key. A duplicate key raises
  -- (unique_violation): call again with p_check_known. So does a lost update, which no lock allows.
  -- Locks: turn → link → limit rows → accounts ascending (design.md section 4). Each statement has a snapshot of its own
  -- under READ COMMITTED, so that what is read after a lock was granted is younger than who held it before.
  -- The plans are nested loops over indexes and places of rows, whatever is known of the tables' sizes.
  create function ledger_post_many(
    p_institution smallint, p_booked_on date,
    -- the instant of the postings; null: the bank's time once the link is locked
    p_posted_at timestamptz, p_check_known boolean,
    -- shared: the parties whose link is asked, accounts, days of limits, holds
    p_epsps text[], p_partners text[], p_accounts bigint[], p_subjects text[], p_days date[], p_holds uuid[],
    -- per order: its key and hash, its last line, its party, what the caller refuses already ('posted': nothing)
    p_keys uuid[], p_hashes uuid[], p_last int[], p_parties int[], p_refusals posting_status[],
    p_use_overdraft boolean[], p_limits bigint[], p_charges bigint[], p_requested int[], p_designated int[],
    -- per order, null where no order of the batch has any: the hold that it names, what it corrects
    p_hold int[], p_hold_kinds text[], p_hold_expires timestamptz[], p_corrects uuid[],
    -- per line: its order and its number there, …; an amount of null holds the whole account
    p_items int[], p_numbers smallint[], p_operations posting_operation[], p_debits int[], p_credits int[], p_amounts bigint[], p_values date[],
    p_debit_texts text[], p_credit_texts text[], p_edi_texts text[],
    out statuses posting_status[], out details text[])
  language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  declare
    n constant int := cardinality(p_keys);
    m constant int := cardinality(p_operations);
    tx bigint; at timestamptz; booked date; count int; touched int;
    link_states posting_status[]; link_clauses text[];
    known_hashes uuid[]; known_statuses posting_status[]; known_details text[];
    request_sums bigint[]; designated_sums bigint[]; has_refused boolean := false;
    found_ids bigint[]; balances bigint[]; held_sums bigint[]; overdrafts bigint[]; versions bigint[]; loaded bigint[];
    is_closed boolean[]; stops smallint[]; no_credit boolean[];
    row_places tid[];
    -- the two questions of the short way, one element per account
    can_pay boolean[]; can_take boolean[];
    hold_states text[]; hold_accounts bigint[]; hold_amounts bigint[]; hold_expires timestamptz[];
    hold_captured bigint[]; hold_ended_by uuid[]; amounts bigint[]; hold_is_new boolean[]; hold_changed boolean[]; hold_kinds text[];
    corrected_statuses posting_status[]; corrected_done boolean[];
    debit_seqs bigint[]; debit_balances bigint[]; credit_seqs bigint[]; credit_balances bigint[];
    -- the status of the row that a line becomes; null: it becomes none
    rows_as posting_status[];
    first int; last int := 0; d int; c int; h int; j int; q int; r int; amount bigint; back int;
    verdict posting_status; detail text; operation posting_operation; moves_money boolean;
  begin
    if n > 1 then
      perform lock_ledger_turn(p_institution);
    end if;
    if cardinality(p_epsps) > 0 then
      perform lock_link_shared(p_institution);
    end if;
    perform renkei_enter(p_institution);
    if n = 0 then
      statuses := '{}'; details := '{}';
      return;
    end if;
    -- Read after the lock was granted: a stop that it waited for began before this instant.
    at := coalesce(p_posted_at, renkei_now());
    if cardinality(p_epsps) > 0 then
      select array_agg(('linkage_' || s.state)::posting_status order by w.place),
             array_agg(s.clause order by w.place)
      into link_states, link_clauses
      from unnest(p_epsps, p_partners) with ordinality w(epsp, partner, place)
      left join lateral link_stop(p_institution, w.epsp, w.partner, 'transfer_initiation',
                                  case when p_posted_at is null then at else renkei_now() end) s on true;
    end if;

    -- Both sums are charged in advance with everything that the batch asks for: lock, first row of the day and
    -- charge in one statement. What is refused below is taken off again.
    if cardinality(p_subjects) > 0 then
      request_sums := array_fill(0::bigint, array[cardinality(p_subjects)]);
      designated_sums := request_sums;
      for i in 1..n loop
        q := p_requested[i];
        if q > 0 then
          r := p_designated[i];
          request_sums[q] := request_sums[q] + p_charges[i];
          designated_sums[r] := designated_sums[r] + p_charges[i];
        end if;
      end loop;
      with charged as (
        insert into limit_use as u (institution_id, subject, on_date, requested, designated)
        select p_institution, w.subject, w.day, w.requested, w.designated
        from unnest(p_subjects, p_days, request_sums, designated_sums) w(subject, day, requested, designated)
        on conflict (institution_id, subject, on_date) do update
          set requested = u.requested + excluded.requested, designated = u.designated + excluded.designated
        returning u.subject, u.on_date, coalesce(old.requested, 0) as requested,
                  coalesce(old.designated, 0) as designated
      )
      select array_agg(c.requested order by c.subject, c.on_date), array_agg(c.designated order by c.subject, c.on_date)
      into request_sums, designated_sums from charged c;
    end if;

    select array_agg(a.id), array_agg(a.balance), array_agg(a.held), array_agg(a.overdraft), array_agg(a.version),
           array_agg(a.closed), array_agg(a.debit_stops), array_agg(a.credit_stopped),
           array_agg(not a.closed and a.debit_stops = 0), array_agg(not a.closed and not a.credit_stopped),
           array_agg(a.ctid), greatest(p_booked_on, max(a.booked_on))
    into found_ids, balances, held_sums, overdrafts, versions, is_closed, stops, no_credit, can_pay, can_take,
         row_places, booked
    from (
      select *, ctid from account where institution_id = p_institution and id = any(p_accounts)
      order by id for no key update
    ) a;
    -- Accounts that do not exist have their place too, with nulls: their orders are refused, the others are not.
    if found_ids is distinct from p_accounts then
      -- Grouped, not joined: one unknown account must not make a large batch slow.
      select array_agg(g.balance order by g.id), array_agg(g.held order by g.id), array_agg(g.overdraft order by g.id),
             array_agg(g.version order by g.id), array_agg(g.closed order by g.id), array_agg(g.stops order by g.id),
             array_agg(g.no_credit order by g.id), array_agg(g.can_pay order by g.id),
             array_agg(g.can_take order by g.id), array_agg(g.row_place order by g.id)
      into balances, held_sums, overdrafts, versions, is_closed, stops, no_credit, can_pay, can_take, row_places
      from (
        select f.id, max(f.balance) as balance, max(f.held) as held, max(f.overdraft) as overdraft,
               max(f.version) as version, bool_or(f.closed) as closed, max(f.stops) as stops,
               bool_or(f.no_credit) as no_credit, bool_or(f.can_pay) as can_pay, bool_or(f.can_take) as can_take,
               max(f.row_place) as row_place
        from (
          select f.* from unnest(found_ids, balances, held_sums, overdrafts, versions, is_closed, stops, no_credit,
                                 can_pay, can_take, row_places)
               as f(id, balance, held, overdraft, version, closed, stops, no_credit, can_pay, can_take, row_place)
          union all
          select w.id, null, null, null, null, null, null, null, false, false, null from unnest(p_accounts) w(id)
        ) f group by f.id
      ) g;
    end if;
    loaded := versions;
    amounts := array_replace(p_amounts, null, 0);

    if p_hold is not null then
      select array_agg(coalesce(t.state, 'none') order by w.place), array_agg(t.account_id order by w.place),
             array_agg(t.amount order by w.place), array_agg(coalesce(t.expires_at, 'infinity') order by w.place),
             array_agg(0::bigint), array_agg(null::uuid), array_agg(false), array_agg(false),
             array_agg(t.kind order by w.place)
      into hold_states, hold_accounts, hold_amounts, hold_expires, hold_captured, hold_ended_by, hold_is_new,
           hold_changed, hold_kinds
      from unnest(p_holds) with ordinality w(key, place)
      left join hold t on t.institution_id = p_institution and t.key = w.key;
    end if;
    if p_corrects is not null then
      select array_agg(p.status order by w.place), array_agg(k.corrects is not null order by w.place)
      into corrected_statuses, corrected_done
      from unnest(p_corrects) with ordinality w(key, place)
      left join posting p on p.institution_id = p_institution and p.key = w.key and p.line = 1 and p.operation < 'hold'
      left join posting_correction k on k.institution_id = p_institution and k.corrects = w.key;
    end if;
    -- Read after the accounts are locked: an order of the same key that held them before is seen.
    if p_check_known then
      select array_agg(p.hash order by w.place), array_agg(p.status order by w.place),
             array_agg(p.detail order by w.place)
      into known_hashes, known_statuses, known_details
      from unnest(p_keys) with ordinality w(key, place)
      left join posting p on p.institution_id = p_institution and p.key = w.key and p.line = 1;
    end if;

    statuses := array_fill('posted'::posting_status, array[n]);
    details := array_fill(''::text, array[n]);
    rows_as := array_fill(null::posting_status, array[m]);
    debit_seqs := array_fill(null::bigint, array[m]);  debit_balances := debit_seqs;
    credit_seqs := debit_seqs;                         credit_balances := debit_seqs;

    for i in 1..n loop
      first := last + 1;
      last := p_last[i];
      verdict := p_refusals[i];
      detail := '';
      h := 0;
      if p_parties[i] > 0 and link_states[p_parties[i]] is not null then
        verdict := link_states[p_parties[i]];
        detail := link_clauses[p_parties[i]];
        -- Access comes before a replayed answer (T-21), and a key that is known keeps its row.
        if known_hashes[i] is not null then
          statuses[i] := verdict;
          details[i] := detail;
          has_refused := true;
          continue;
        end if;
      elsif known_hashes[i] is not null then
        statuses[i] := case when known_hashes[i] = p_hashes[i] then known_statuses[i] else 'key_reused' end;
        details[i] := case when known_hashes[i] = p_hashes[i] then known_details[i] else '' end;
        has_refused := true;
        continue;
      end if;

      q := p_requested[i];
      operation := p_operations[first];
      -- From hold on, the operations have one leg and move nothing.
      moves_money := operation < 'hold';
      if verdict = 'posted' and moves_money then
        for j in first..last loop
          if p_amounts[j] < 1 or p_amounts[j] > 1000000000000 then
            verdict := 'amount_out_of_range';
            exit;
          elsif p_debits[j] = p_credits[j] then
            verdict := 'same_account';
            exit;
          end if;
        end loop;
      elsif verdict = 'posted' and operation = 'hold'
            and (p_amounts[first] not between 1 and 1000000000000
                 or p_amounts[first] is null and p_hold_kinds[i] = 'reservation') then
        verdict := 'amount_out_of_range';
      end if;
      -- Both bases are judged by what was charged before, this order's own charge once on each (SM-5.3-1b).
      if verdict = 'posted' and q > 0 then
        r := p_designated[i];
        if request_sums[q] + p_charges[i] > p_limits[i] then
          verdict := 'limit_exceeded';
          detail := 'request_date';
        end if;
        if designated_sums[r] + p_charges[i] > p_limits[i] then
          verdict := 'limit_exceeded';
          detail := concat_ws(',', nullif(detail, ''), 'designated_date');
        end if;
      end if;
      -- What is corrected was posted before, or just now by an earlier order of this batch; and it moved money.
      if verdict = 'posted' and p_corrects[i] is not null then
        j := array_position(p_keys[:i - 1], p_corrects[i]);
        verdict := case
          when coalesce(corrected_statuses[i], case when p_operations[p_last[j]] < 'hold' then statuses[j] end)
               is distinct from 'posted' then 'correction_unknown'::posting_status
          when corrected_done[i] or p_corrects[i] = any(p_corrects[:i - 1])
               and exists (select from unnest(p_corrects[:i - 1], statuses[:i - 1]) e(corrected, became)
                           where e.corrected = p_corrects[i] and e.became = 'posted') then 'already_corrected'
          else 'posted' end;
      end if;
      if operation in ('hold', 'release', 'expiry') and p_hold[i] > 0 is not true then
        raise exception 'order % names no hold', i;
      end if;
      if verdict = 'posted' and p_hold[i] > 0 then
        h := p_hold[i];
        if operation = 'hold' then
          -- A key that is known was answered above; a hold of that key exists only with it.
          if hold_states[h] <> 'none' then verdict := 'hold_ended'; end if;
        elsif hold_states[h] = 'none' or hold_accounts[h] <> p_accounts[p_debits[first]] then
          verdict := 'hold_unknown';
        elsif hold_states[h] <> 'held' then
          verdict := 'hold_ended';
        elsif operation = 'expiry' and hold_expires[h] > at then
          verdict := 'hold_unknown';
        elsif moves_money then
          verdict := case when hold_expires[h] <= at then 'hold_expired'::posting_status
                          when hold_amounts[h] is null then 'hold_unknown'
                          when p_amounts[first] > hold_amounts[h] then 'hold_exceeded'
                          else 'posted' end;
        end if;
      end if;

      if verdict = 'posted' and moves_money then
        -- A capture frees what its hold kept, then takes its amount.
        if h > 0 then held_sums[p_debits[first]] := held_sums[p_debits[first]] - hold_amounts[h]; end if;
        for j in first..last loop
          d := p_debits[j];
          c := p_credits[j];
          amount := p_amounts[j];
          if can_pay[d] and can_take[c]
             and amount <= balances[d] - held_sums[d] + p_use_overdraft[i]::int * overdrafts[d] then
            balances[d] := balances[d] - amount;     balances[c] := balances[c] + amount;
            versions[d] := versions[d] + 1;          versions[c] := versions[c] + 1;
            debit_seqs[j] := versions[d];            debit_balances[j] := balances[d];
            credit_seqs[j] := versions[c];           credit_balances[j] := balances[c];
            rows_as[j] := 'posted';
          else
            verdict := case when versions[d] is null then 'debit_account_unknown'::posting_status
                            when is_closed[d] then 'account_closed'
                            when stops[d] > 0 then 'payment_stopped'
                            when versions[c] is null then 'payee_account_unknown'
                            when is_closed[c] or no_credit[c] then 'payee_account_closed'
                            else 'insufficient_funds' end;
            back := j;
            exit;
          end if;
        end loop;
        -- All lines or none: what the earlier lines did is taken back in memory.
        if verdict <> 'posted' then
          for j in reverse back - 1..first loop
            d := p_debits[j];
            c := p_credits[j];
            balances[d] := balances[d] + p_amounts[j];  balances[c] := balances[c] - p_amounts[j];
            versions[d] := versions[d] - 1;             versions[c] := versions[c] - 1;
            rows_as[j] := null;
            debit_seqs[j] := null;                      credit_seqs[j] := null;
            debit_balances[j] := null;                  credit_balances[j] := null;
          end loop;
          if h > 0 then held_sums[p_debits[first]] := held_sums[p_debits[first]] + hold_amounts[h]; end if;
        elsif h > 0 then
          hold_states[h] := 'captured';
          hold_captured[h] := p_amounts[first];
          hold_ended_by[h] := p_keys[i];
          hold_changed[h] := true;
        end if;
      elsif verdict = 'posted' then
        d := p_debits[first];
        -- No amount: the whole account, whatever is in it.
        amount := p_amounts[first];
        if versions[d] is null then
          verdict := 'debit_account_unknown';
        elsif is_closed[d] then
          verdict := 'account_closed';
        elsif operation = 'hold' and p_hold_kinds[i] = 'reservation' and stops[d] > 0 then
          verdict := 'payment_stopped';
        -- An attachment takes from the deposit, not from the overdraft line (SM-3.4-1-3).
        elsif operation = 'hold' and amount > balances[d] - held_sums[d]
                + (p_use_overdraft[i] and p_hold_kinds[i] = 'reservation')::int * overdrafts[d] then
          verdict := 'insufficient_funds';
        elsif operation = 'close' and (balances[d] <> 0 or held_sums[d] <> 0 or stops[d] > 0) then
          verdict := 'account_not_empty';
        else
          if operation = 'hold' then
            hold_states[h] := 'held';
            hold_accounts[h] := p_accounts[d];
            hold_amounts[h] := amount;
            hold_expires[h] := p_hold_expires[i];
            hold_kinds[h] := p_hold_kinds[i];
            hold_is_new[h] := true;
            held_sums[d] := held_sums[d] + coalesce(amount, 0);
            if amount is null then stops[d] := stops[d] + 1::smallint; end if;
          elsif operation = 'close' then
            is_closed[d] := true;
            can_take[d] := false;
          else
            hold_states[h] := case operation when 'expiry' then 'expired' else 'released' end;
            hold_ended_by[h] := p_keys[i];
            hold_changed[h] := true;
            -- The row says how much is free again.
            amounts[first] := coalesce(hold_amounts[h], 0);
            held_sums[d] := held_sums[d] - coalesce(hold_amounts[h], 0);
            if hold_amounts[h] is null then stops[d] := stops[d] - 1::smallint; end if;
          end if;
          can_pay[d] := not is_closed[d] and stops[d] = 0;
          versions[d] := versions[d] + 1;
          rows_as[first] := 'posted';
          debit_seqs[first] := versions[d];
          debit_balances[first] := balances[d];
        end if;
      end if;

      if verdict <> 'posted' then
        statuses[i] := verdict;
        details[i] := detail;
        rows_as[first] := verdict;
        has_refused := true;
      elsif q > 0 then
        request_sums[q] := request_sums[q] + p_charges[i];
        designated_sums[r] := designated_sums[r] + p_charges[i];
      end if;
    end loop;

    -- A booking date never goes backwards on an account, also when a receipt of 23:59:59 posts after midnight:
    -- statements and month ends are found by walking back from the last leg.
    tx := pg_current_xact_id()::text::bigint;
    insert into posting (institution_id, id, xid, key, hash, line, status, detail, operation, debit_account, debit_seq,
        debit_balance, credit_account, credit_seq, credit_balance, amount, posted_at, booked_on, value_on,
        debit_text, credit_text, edi_text)
    select p_institution, nextval('posting_id_seq'), tx, p_keys[l.item], p_hashes[l.item], l.number, l.status,
           case when l.status = 'posted' then '' else details[l.item] end, l.operation, p_accounts[l.debit],
           l.debit_seq, l.debit_balance, p_accounts[l.credit], l.credit_seq, l.credit_balance, l.amount,
           at, booked, l.value_on, l.debit_text, l.credit_text, l.edi_text
    from unnest(p_items, p_numbers, p_operations, rows_as, p_debits, debit_seqs, debit_balances, p_credits,
                credit_seqs, credit_balances, amounts, p_values, p_debit_texts, p_credit_texts, p_edi_texts)
         as l(item, number, operation, status, debit, debit_seq, debit_balance, credit, credit_seq, credit_balance,
              amount, value_on, debit_text, credit_text, edi_text)
    where l.status is not null;

    -- The version is compared although the row is locked: correctness never rests on one guard alone. A locked row
    -- stands where it was found, and by its place no plan can go astray, whatever is known of the table's size.
    update account a set balance = v.balance, held = v.held, version = v.version, booked_on = booked,
           closed = v.closed, debit_stops = v.stops
    from unnest(row_places, p_accounts, balances, held_sums, versions, loaded, is_closed, stops)
         as v(row_place, id, balance, held, version, loaded, closed, stops)
    where a.ctid = v.row_place and a.institution_id = p_institution and a.id = v.id
      and a.version = v.loaded and v.version > v.loaded;
    get diagnostics count = row_count;
    select count(*) into touched from unnest(versions, loaded) v(version, loaded) where v.version > v.loaded;
    if count <> touched then raise exception 'lost update: % of % accounts', count, touched; end if;

    if has_refused and request_sums is not null then
      update limit_use u set requested = v.requested, designated = v.designated
      from unnest(p_subjects, p_days, request_sums, designated_sums) as v(subject, day, requested, designated)
      where u.institution_id = p_institution and u.subject = v.subject and u.on_date = v.day
        and (u.requested, u.designated) <> (v.requested, v.designated);
    end if;
    if p_hold is not null then
      insert into hold (institution_id, key, account_id, kind, amount, captured, state, expires_at, placed_at,
          ended_at, ended_by)
      select p_institution, v.key, v.account_id, v.kind, v.amount, v.captured, v.state,
             nullif(v.expires_at, 'infinity'), at, case when v.state <> 'held' then at end, v.ended_by
      from unnest(p_holds, hold_accounts, hold_kinds, hold_amounts, hold_captured, hold_states, hold_expires,
                  hold_ended_by, hold_is_new)
           as v(key, account_id, kind, amount, captured, state, expires_at, ended_by, is_new)
      where v.is_new;
      update hold t set state = v.state, captured = v.captured, ended_at = at, ended_by = v.ended_by
      from unnest(p_holds, hold_states, hold_captured, hold_ended_by, hold_changed, hold_is_new)
           as v(key, state, captured, ended_by, changed, is_new)
      where t.institution_id = p_institution and t.key = v.key and t.state = 'held' and v.changed and not v.is_new;
    end if;
    if p_corrects is not null then
      insert into posting_correction (institution_id, key, corrects)
      select p_institution, v.key, v.corrects
      from unnest(p_keys, p_corrects, statuses) as v(key, corrects, status)
      where v.corrects is not null and v.status = 'posted'
        and not exists (select from posting_correction k
                        where k.institution_id = p_institution and k.key = v.key);
    end if;
    -- One wake-up per batch for who reads the postings.
    perform pg_notify('posting', p_institution::text);
  end $$;
  revoke all on function ledger_post_many from public;
  grant execute on function ledger_post_many to renkei_bank_app;
`;

const POST_ONE = `
  -- One posting of one line, in the fewest statements that keep every guard: each update is lock, check and write in
  -- one, the lower account first. Where anything stands against it, it raises RK001 and has done nothing; the
  -- caller then asks ledger_post_many, so that no rule of a refusal is written twice. So does a key that is known
  -- (unique_violation). Settings and the lock are asked for in an expression, which costs no statement.
  create function ledger_post_one(
    p_institution smallint, p_booked_on date, p_posted_at timestamptz,
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
        p_posted_at, p_booked_on, p_value_on, p_debit_text, p_credit_text, p_edi_text);
  end $$;
  revoke all on function ledger_post_one from public;
  grant execute on function ledger_post_one to renkei_bank_app;
`;
