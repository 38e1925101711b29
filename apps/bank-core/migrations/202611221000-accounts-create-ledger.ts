import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger (ledger.md section 3): account rows, postings with both legs in one row, the institution's own
 * accounts, service accounts, and `ledger_post`, the one function that moves money. Creates only; locks nothing.
 */
export class AccountsCreateLedger202611221000 implements MigrationInterface {
  readonly name = 'AccountsCreateLedger202611221000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(ACCOUNTS);
    await run.query(POSTINGS);
    await run.query(LEDGER_POST);
  }

  async down(): Promise<void> {
    throw new Error('Money is not dropped: restore a backup instead.');
  }
}

const ACCOUNTS = `
  create sequence account_id_seq as bigint start 1000;
  -- The hot row, about 100 bytes and free of text: no index on a column that changes, half of each page kept
  -- free, so that every update stays on its page (HOT).
  create table account (
    institution_id smallint not null,
    id bigint not null,
    balance bigint not null default 0,
    held bigint not null default 0 check (held >= 0),
    -- 総合口座: how far below zero it may go. The institution's own accounts have no lower bound in practice.
    overdraft bigint not null default 0 check (overdraft >= 0),
    -- The sequence of the last leg: balance and history are compared by it.
    version bigint not null default 0,
    booked_on date not null default date '1970-01-01',
    closed boolean not null default false,
    -- 支払差止 (SM-3.4-1-3) and 入金停止.
    debit_stopped boolean not null default false,
    credit_stopped boolean not null default false,
    primary key (institution_id, id),
    check (balance - held + overdraft >= 0)
  ) with (fillfactor = 50);
  call renkei_guard_tenant('account');

  create table account_detail (
    institution_id smallint not null references institution,
    account_id bigint not null,
    public_id text not null check (public_id ~ '^acc_[0-9a-hjkmnp-tv-z]{26}$'),
    branch_code text not null check (branch_code ~ '^[0-9]{3}$'),
    account_type text not null check (account_type in ('1', '2', '4', '9')),
    account_number text not null check (account_number ~ '^[0-9]{7}$'),
    name_kanji text not null,
    name_kana text not null,
    holder_id text,
    opened_on date not null,
    closed_on date,
    primary key (institution_id, account_id),
    foreign key (institution_id, account_id) references account,
    foreign key (institution_id, holder_id) references holder,
    unique (institution_id, public_id),
    unique (institution_id, branch_code, account_type, account_number)
  );
  call renkei_guard_tenant('account_detail');

  -- サービス利用口座 of an internet-banking contract; exactly one is the main account (SM-R1).
  create table service_account (
    institution_id smallint not null,
    holder_id text not null,
    account_id bigint not null,
    is_main boolean not null,
    may_debit boolean not null,
    primary key (institution_id, holder_id, account_id),
    foreign key (institution_id, holder_id) references holder,
    foreign key (institution_id, account_id) references account
  );
  create unique index service_account_main on service_account (institution_id, holder_id) where is_main;
  call renkei_guard_tenant('service_account');

  -- The institution's own accounts: what enters or leaves the house stands against one of them.
  create table system_account (
    institution_id smallint not null references institution,
    role text not null check (role in ('clearing', 'fee_income', 'cash', 'interest_paid', 'opening')),
    account_id bigint not null,
    primary key (institution_id, role),
    foreign key (institution_id, account_id) references account
  );
  call renkei_guard_tenant('system_account');
  grant select on account, account_detail, service_account, system_account to renkei_bank_app;
`;

const POSTINGS = `
  create sequence posting_id_seq as bigint cache 32;
  -- One row per posting, both legs in it: money cannot be half posted. No foreign key to account: ledger_post
  -- has locked both rows, and a key share lock per posting would be paid for nothing.
  create table posting (
    institution_id smallint not null,
    id bigint not null,
    group_id bigint not null,
    xid xid8 not null default pg_current_xact_id(),
    debit_account bigint not null,
    debit_seq bigint not null check (debit_seq > 0),
    debit_balance bigint not null,
    credit_account bigint not null,
    credit_seq bigint not null check (credit_seq > 0),
    credit_balance bigint not null,
    amount bigint not null check (amount between 1 and 1000000000000),
    posted_at timestamptz not null,
    booked_on date not null,
    value_on date not null,
    operation text not null check (operation in ('cash', 'transfer', 'book_transfer', 'direct_debit', 'fee',
      'interest', 'return', 'correction', 'other')),
    key text not null check (length(key) between 1 and 80),
    debit_text text not null,
    credit_text text not null,
    edi_text text,
    corrects bigint,
    primary key (institution_id, id),
    unique (institution_id, key),
    unique (institution_id, debit_account, debit_seq),
    unique (institution_id, credit_account, credit_seq),
    check (debit_account <> credit_account)
  );
  create trigger posting_is_append_only before update or delete or truncate on posting
    for each statement execute function renkei_refuse_change();
  call renkei_guard_tenant('posting');

  -- The two legs, for statements; no storage. Runs with the reader's rights, so that row-level security holds.
  create view entry with (security_invoker = true) as
    select institution_id, debit_account as account_id, debit_seq as seq, 'debit' as direction,
           debit_balance as balance_after, debit_text as description,
           id as posting_id, amount, posted_at, booked_on, value_on, operation, edi_text, key
    from posting
    union all
    select institution_id, credit_account, credit_seq, 'credit', credit_balance, credit_text,
           id, amount, posted_at, booked_on, value_on, operation, edi_text, key
    from posting;
  grant select on posting, entry to renkei_bank_app;
`;

const LEDGER_POST = `
  -- Functions that run with the owner's rights begin with this: the caller's institution and no other.
  create function renkei_assert_institution(institution smallint) returns void language plpgsql stable as $$
  begin
    if renkei_institution() is distinct from institution then
      raise exception 'institution % is not the one of this transaction', institution;
    end if;
  end $$;

  create type ledger_line as (
    key text, operation text, debit_account bigint, credit_account bigint, amount bigint,
    debit_text text, credit_text text, edi_text text
  );

  -- Posts a group of lines, all or nothing, and answers 'posted' or the first refusal in the order of
  -- accounts/domain/decide-posting.ts. Business refusals never raise; a duplicate key and a lost update do.
  -- The caller holds link, transfer and limit locks already; here accounts are locked ascending. The owner's
  -- rights are used because the application role has none on the two tables.
  create function ledger_post(p_institution smallint, p_booked_on date, p_posted_at timestamptz,
                              p_lines ledger_line[])
  returns text language plpgsql volatile security definer set search_path = pg_catalog, public as $$
  declare
    ids bigint[]; balances bigint[]; free bigint[]; versions bigint[]; loaded bigint[];
    closed boolean[]; no_debit boolean[]; no_credit boolean[];
    booked date; line ledger_line; d int; c int; n int;
    posting_ids bigint[] := '{}'; debit_seqs bigint[] := '{}'; debit_balances bigint[] := '{}';
    credit_seqs bigint[] := '{}'; credit_balances bigint[] := '{}';
  begin
    perform renkei_assert_institution(p_institution);

    select array_agg(a.id), array_agg(a.balance), array_agg(a.balance - a.held + a.overdraft),
           array_agg(a.version), array_agg(a.closed), array_agg(a.debit_stopped),
           array_agg(a.credit_stopped), greatest(p_booked_on, max(a.booked_on))
    into ids, balances, free, versions, closed, no_debit, no_credit, booked
    from (
      select * from account
      where institution_id = p_institution
        and id = any(array(select l.debit_account from unnest(p_lines) l
                           union select l.credit_account from unnest(p_lines) l))
      order by id for no key update
    ) a;
    loaded := versions;

    foreach line in array p_lines loop
      d := array_position(ids, line.debit_account);
      c := array_position(ids, line.credit_account);
      if d is null then return 'debit_account_unknown'; end if;
      if closed[d] then return 'account_closed'; end if;
      if no_debit[d] then return 'payment_stopped'; end if;
      if c is null then return 'payee_account_unknown'; end if;
      if closed[c] or no_credit[c] then return 'payee_account_closed'; end if;
      if line.amount > free[d] then return 'insufficient_funds'; end if;
      balances[d] := balances[d] - line.amount;  free[d] := free[d] - line.amount;
      balances[c] := balances[c] + line.amount;  free[c] := free[c] + line.amount;
      versions[d] := versions[d] + 1;            versions[c] := versions[c] + 1;
      posting_ids := posting_ids || nextval('posting_id_seq');
      debit_seqs := debit_seqs || versions[d];   debit_balances := debit_balances || balances[d];
      credit_seqs := credit_seqs || versions[c]; credit_balances := credit_balances || balances[c];
    end loop;

    -- A booking date never goes backwards on an account, also when a receipt of 23:59:59 posts after midnight:
    -- statements and month ends are found by walking back from the last leg.
    insert into posting (institution_id, id, group_id, debit_account, debit_seq, debit_balance,
        credit_account, credit_seq, credit_balance, amount, posted_at, booked_on, value_on,
        operation, key, debit_text, credit_text, edi_text)
    select p_institution, s.id, posting_ids[1], l.debit_account, s.ds, s.db, l.credit_account, s.cs, s.cb,
           l.amount, p_posted_at, booked, p_booked_on, l.operation, l.key, l.debit_text,
           l.credit_text, l.edi_text
    from unnest(p_lines) with ordinality
         as l(key, operation, debit_account, credit_account, amount, debit_text, credit_text, edi_text, i)
    join unnest(posting_ids, debit_seqs, debit_balances, credit_seqs, credit_balances) with ordinality
         as s(id, ds, db, cs, cb, i) using (i);

    -- The version is compared although the row is locked: correctness never rests on one guard alone.
    update account a set balance = v.balance, version = v.version, booked_on = booked
    from unnest(ids, balances, versions, loaded) as v(id, balance, version, loaded)
    where a.institution_id = p_institution and a.id = v.id and a.version = v.loaded;
    get diagnostics n = row_count;
    if n <> cardinality(ids) then raise exception 'lost update: % of % accounts', n, cardinality(ids); end if;
    return 'posted';
  end $$;
  revoke all on function ledger_post(smallint, date, timestamptz, ledger_line[]) from public;
  grant execute on function ledger_post(smallint, date, timestamptz, ledger_line[]) to renkei_bank_app;
`;
