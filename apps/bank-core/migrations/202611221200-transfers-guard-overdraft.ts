import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: `fix_transfer` judged funds with the overdraft even where P.sm.overdraft.usable says that transfers may
 * not use it, and both functions that run with the owner's rights looked into the caller's temporary tables
 * first, since `pg_temp` comes before everything that a search path does not name. Locks nothing: replaces
 * functions only.
 */
export class TransfersGuardOverdraft202611221200 implements MigrationInterface {
  readonly name = 'TransfersGuardOverdraft202611221200';

  async up(run: QueryRunner): Promise<void> {
    await run.query(SEALED_SEARCH_PATH);
    await run.query(FIX_TRANSFER);
  }

  async down(): Promise<void> {
    throw new Error('The earlier function let transfers use an overdraft that they may not use.');
  }
}

const SEALED_SEARCH_PATH = `
  -- Named last, the caller's temporary tables can no longer stand in for the ledger or for the link states (T-20).
  alter function ledger_post(smallint, date, timestamptz, ledger_line[])
    set search_path = pg_catalog, public, pg_temp;
`;

const FIX_TRANSFER = `
  drop function fix_transfer;
  -- 確定 (SM-R3.2) with the debit (SM-5.2). What was read and decided before is decided again here only where
  -- it races: link, key, holder, limit, funds. Locks: link → transfer → limit rows → accounts ascending.
  -- Each statement of this volatile function has a snapshot of its own under READ COMMITTED, so that the link
  -- states are read after the lock was granted: no 確定 through a stopped link commits after the stop.
  -- Answers 'fixed', 'already_fixed' or a refusal; a refusal by rule is stored on the transfer as RJCT.
  create function fix_transfer(
    p_institution smallint, p_transfer text, p_holder text, p_debit bigint,
    -- The payee's account where it is ours; null sends the money through clearing.
    p_credit bigint,
    p_received_at timestamptz, p_requested_on date, p_designated_on date,
    p_kind text, p_fee bigint,
    p_limit_subject text, p_limit bigint, p_charge bigint,
    p_hash text, p_shown json, p_factors text[], p_interaction text,
    p_debit_text text, p_credit_text text, p_payer_name text,
    -- P.sm.overdraft.usable: whether a transfer may take what stands below zero.
    p_overdraft_usable boolean)
  returns table (status text, clause text, bases text[])
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    t transfer%rowtype;
    stop_state text; stop_clause text;
    used_request bigint; used_designated bigint;
    refusal text; refusal_clause text; exceeded text[];
    at timestamptz; lines ledger_line[];
  begin
    perform lock_link_shared(p_institution);
    select s.state, s.clause into stop_state, stop_clause
    from transfer x, lateral link_stop(p_institution, x.epsp_id, x.chain_partner_id, 'transfer_initiation',
                                       renkei_now()) s
    where x.institution_id = p_institution and x.id = p_transfer;
    perform renkei_assert_institution(p_institution);

    select * into t from transfer x where x.institution_id = p_institution and x.id = p_transfer for update;
    if not found or t.holder_id is distinct from p_holder then
      return query select 'not_found', null::text, null::text[]; return;
    end if;
    if t.formed_at is not null and t.confirmed_hash = p_hash and stop_state is null then
      return query select 'already_fixed', null::text, null::text[]; return;
    end if;
    if t.status <> 'ACTC' then
      return query select 'state_conflict', null::text, null::text[]; return;
    end if;
    at := renkei_now();
    if p_received_at >= t.expires_at then
      update transfer x set status = 'EXPD', status_reason = 'not_confirmed_in_time', changed_at = at
      where x.institution_id = p_institution and x.id = p_transfer;
      refusal := 'transfer_expired';
    elsif stop_state is not null then
      refusal := 'linkage_' || stop_state; refusal_clause := stop_clause;
    elsif not exists (select from holder h where h.institution_id = p_institution and h.id = p_holder
                        and h.service_state = 'active') then
      refusal := 'holder_unavailable'; refusal_clause := 'SM-3.4-1-4';
    elsif not exists (select from service_account s where s.institution_id = p_institution
                        and s.holder_id = p_holder and s.account_id = p_debit and s.may_debit) then
      refusal := 'debit_not_registered'; refusal_clause := 'SM-5.1-1';
    end if;

    -- Both sums, unseen ones as 0, locked in the order of the key (SM-5.3-1b).
    if refusal is null then
      insert into limit_use as u (institution_id, subject, basis, on_date, sum)
      values (p_institution, p_limit_subject, 'designated_date', p_designated_on, 0),
             (p_institution, p_limit_subject, 'request_date', p_requested_on, 0)
      on conflict do nothing;
      select max(l.sum) filter (where l.basis = 'request_date'),
             max(l.sum) filter (where l.basis = 'designated_date')
      into strict used_request, used_designated
      from (select u.basis, u.sum from limit_use u
            where u.institution_id = p_institution and u.subject = p_limit_subject
              and (u.basis, u.on_date) in (('designated_date', p_designated_on), ('request_date', p_requested_on))
            order by u.basis, u.on_date for update) l;
      exceeded := array_remove(array[
        case when used_request + p_charge > p_limit then 'request_date' end,
        case when used_designated + p_charge > p_limit then 'designated_date' end], null);
      if cardinality(exceeded) > 0 then
        refusal := 'limit_exceeded'; refusal_clause := 'SM-5.3-1b';
      end if;
    end if;

    if refusal is null then
      select array[row(p_transfer, case p_kind when 'furikae' then 'book_transfer' else 'transfer' end,
                       p_debit, coalesce(p_credit, s.account_id), t.amount, p_debit_text, p_credit_text,
                       t.edi_text)::ledger_line]
      into strict lines
      from system_account s where s.institution_id = p_institution and s.role = 'clearing';
      -- The fee is a posting of its own in the same group (ledger.md 3.1); 振替 has none (SM-5.1-2-2).
      if p_fee > 0 then
        select lines || row(p_transfer || '/fee', 'fee', p_debit, s.account_id, p_fee, '振込手数料',
                            p_transfer, null)::ledger_line
        into strict lines
        from system_account s where s.institution_id = p_institution and s.role = 'fee_income';
      end if;
      -- ledger_post lets an account go as far below zero as its overdraft. Where a transfer may not use it, what
      -- was posted is undone: two confirmations at once may both have found the money there (SM-3.4-1-2a).
      if p_overdraft_usable then
        refusal := nullif(ledger_post(p_institution, p_requested_on, at, lines), 'posted');
      else
        begin
          refusal := nullif(ledger_post(p_institution, p_requested_on, at, lines), 'posted');
          if refusal is null and exists (select from account a where a.institution_id = p_institution
                                           and a.id = p_debit and a.balance < a.held) then
            raise exception using errcode = 'RK001', message = 'overdraft not usable';
          end if;
        exception when sqlstate 'RK001' then
          refusal := 'insufficient_funds';
        end;
      end if;
    end if;

    if refusal is null then
      update limit_use u set sum = u.sum + p_charge
      where u.institution_id = p_institution and u.subject = p_limit_subject
        and (u.basis, u.on_date) in (('designated_date', p_designated_on), ('request_date', p_requested_on));
      update transfer x set status = case when p_credit is null then 'ACSP' else 'ACSC' end,
        debit_account = p_debit, kind = p_kind, fee = p_fee, designated_on = p_designated_on,
        confirmed_hash = p_hash, confirmed_at = p_received_at, formed_at = at, changed_at = at
      where x.institution_id = p_institution and x.id = p_transfer;
      if p_credit is null then
        insert into clearing_outbox (institution_id, transfer_id, creditor_bank, creditor_branch, creditor_type,
            creditor_number, creditor_name, payer_name, amount, edi_text, due_at, queued_at)
        values (p_institution, p_transfer, t.creditor_bank, t.creditor_branch, t.creditor_type,
            t.creditor_number, t.creditor_name, p_payer_name, t.amount, t.edi_text, at, at);
        perform pg_notify('clearing_outbox', p_institution::text);
      end if;
    elsif refusal <> 'transfer_expired' then
      update transfer x set status = 'RJCT', status_reason = refusal, changed_at = at
      where x.institution_id = p_institution and x.id = p_transfer;
    end if;

    insert into record (institution_id, happened_at, kind, holder_id, epsp_id, chain_partner_id, client_id,
        transfer_id, interaction_id, content)
    values (p_institution, p_received_at,
        case when refusal is null then 'transfer_fixed' else 'transfer_refused' end, p_holder, t.epsp_id,
        t.chain_partner_id, t.client_id, p_transfer, p_interaction,
        json_build_object('shown', p_shown, 'hash', p_hash, 'factors', p_factors,
                          'refusal', refusal, 'clause', refusal_clause, 'bases', exceeded));
    return query select coalesce(refusal, 'fixed'), refusal_clause, exceeded;
  end $$;
  revoke all on function fix_transfer from public;
  grant execute on function fix_transfer to renkei_bank_app;
`;
