import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger's tables (ledger.md section 3): account rows, postings with both legs in one row, holds, and the
 * institution's own accounts. Creates only; locks nothing.
 */
export class AccountsCreateLedger202611221000 implements MigrationInterface {
  readonly name = 'AccountsCreateLedger202611221000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(ACCOUNTS);
    await run.query(POSTINGS);
    await run.query(HOLDS);
  }

  async down(): Promise<void> {
    throw new Error('Money is not dropped: restore a backup instead.');
  }
}

const ACCOUNTS = `
  create sequence account_id_seq as integer start 1000;
  -- The hot row, about 100 bytes and free of text: no index on a column that changes, half of each page kept
  -- free, so that every update stays on its page (HOT).
  create table account (
    institution_id smallint not null,
    id bigint not null,
    balance bigint not null default 0,
    -- The sum of the account's standing holds.
    held bigint not null default 0,
    -- 総合口座: how far below zero it may go. The institution's own accounts have no lower bound in practice.
    overdraft bigint not null default 0,
    -- The sequence of the last change: balance and history are compared by it.
    version bigint not null default 0,
    booked_on date not null default date '1970-01-01',
    closed boolean not null default false,
    -- 支払差止 and attachment of the whole account (SM-3.4-1-3): how many stand; the last one lifted frees it.
    debit_stops smallint not null default 0,
    -- 入金停止.
    credit_stopped boolean not null default false,
    primary key (institution_id, id),
    -- One check, and a short one: PostgreSQL reads the text of every check anew in each statement (docs/ledger.md).
    check (balance - held + overdraft >= 0 and held >= 0)
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
  -- hold, release, expiry and close change what an account may do and move no money: one leg, no credit.
  create type posting_operation as enum ('cash', 'transfer', 'book_transfer', 'direct_debit', 'fee',
    'interest', 'return', 'correction', 'other', 'hold', 'release', 'expiry', 'close');
  -- What became of an order, in the order in which the ledger looks (accounts/domain/account.refusals.ts).
  create type posting_status as enum ('posted', 'linkage_terminated', 'linkage_suspended', 'linkage_restricted',
    'key_reused', 'holder_unavailable', 'debit_not_registered', 'amount_out_of_range', 'same_account',
    'limit_exceeded', 'correction_unknown', 'already_corrected', 'hold_unknown', 'hold_ended', 'hold_expired', 'hold_exceeded',
    'debit_account_unknown', 'account_closed', 'payment_stopped', 'payee_account_unknown',
    'payee_account_closed', 'insufficient_funds', 'account_not_empty');

  -- One row per posting, both legs in it: money cannot be half posted. A group is the lines of one key. A refused
  -- order is a row as well, with its first line and without places: the same key gets the same answer for ever.
  -- Columns stand by width, and only refusals and one-legged rows hold a null: about 160 bytes and the texts.
  -- No foreign key to account: the functions have locked both rows, a key share lock would be paid for nothing.
  create table posting (
    id bigint not null,
    -- The transaction, as a number: the relay's cursor is (xid, id), since a lower id may commit later.
    xid bigint not null,
    debit_seq bigint,
    debit_balance bigint,
    credit_seq bigint,
    credit_balance bigint,
    amount bigint not null,
    posted_at timestamptz not null,
    -- Accounts by four bytes: a third of each leg's index. No institution has two thousand million of them.
    debit_account integer not null,
    credit_account integer,
    booked_on date not null,
    value_on date not null,
    operation posting_operation not null,
    status posting_status not null,
    institution_id smallint not null,
    line smallint not null,
    key uuid not null,
    -- The first half of the SHA-256 of what was asked for: the same key with another hash is refused.
    hash uuid not null,
    debit_text text not null,
    credit_text text not null,
    edi_text text not null,
    -- What a refusal rests on where its code does not say it: a clause, the bases of a limit.
    detail text not null,
    primary key (institution_id, key, line),
    unique (institution_id, debit_account, debit_seq),
    unique (institution_id, credit_account, credit_seq),
    -- Both legs have their place or none has, except where there is one leg; money moves between two accounts.
    check ((debit_seq is null) = (status <> 'posted') and (credit_seq is null) = (status <> 'posted' or operation >= 'hold')
           and (debit_seq is null or debit_account <> credit_account))
  );
  -- Rows stand in the order of their transactions, so that a few bytes per 32 pages find the relay's place.
  create index posting_by_xid on posting using brin (xid) with (pages_per_range = 32, autosummarize = on);
  create trigger posting_is_append_only before update or delete or truncate on posting
    for each statement execute function renkei_refuse_change();
  call renkei_guard_tenant('posting');

  -- A correction is a new entry that points at the old one; each is corrected once.
  create table posting_correction (
    institution_id smallint not null,
    key uuid not null,
    corrects uuid not null,
    primary key (institution_id, key),
    unique (institution_id, corrects)
  );
  call renkei_guard_tenant('posting_correction');
  create trigger posting_correction_is_append_only before update or delete or truncate on posting_correction
    for each statement execute function renkei_refuse_change();

  -- The two legs that moved money, for statements; no storage. Runs with the reader's rights, so that
  -- row-level security holds.
  create view entry with (security_invoker = true) as
    select institution_id, debit_account::bigint as account_id, debit_seq as seq, 'debit' as direction,
           debit_balance as balance_after, debit_text as description,
           id as posting_id, amount, posted_at, booked_on, value_on, operation, edi_text, key
    from posting where status = 'posted' and credit_seq is not null
    union all
    select institution_id, credit_account::bigint, credit_seq, 'credit', credit_balance, credit_text,
           id, amount, posted_at, booked_on, value_on, operation, edi_text, key
    from posting where status = 'posted' and credit_seq is not null;
  grant select on posting, posting_correction, entry to renkei_bank_app;

  -- The key of something that has an id of ours (26 characters of base 32 are 128 bits and sort by time), and of
  -- any other name the first half of its SHA-256. The same as ledgerKey of accounts/domain/ledger-key.ts.
  create function ledger_key(name text) returns uuid language plpgsql immutable strict as $$
  declare
    digits constant text := '0123456789abcdefghjkmnpqrstvwxyz';
    bits text := ''; head text := substring(name from '^[a-z]+_([0-7][0-9a-hjkmnp-tv-z]{25})$');
  begin
    if head is null then
      return encode(substring(sha256(convert_to(name, 'UTF8')) from 1 for 16), 'hex')::uuid;
    end if;
    for i in 1..26 loop
      bits := bits || (strpos(digits, substr(head, i, 1)) - 1)::bit(5)::text;
    end loop;
    -- 130 bits, of which the first two are zero: the milliseconds need 48 of the leading 50.
    return (lpad(to_hex(substring(bits from 3 for 64)::bit(64)::bigint), 16, '0')
         || lpad(to_hex(substring(bits from 67 for 64)::bit(64)::bigint), 16, '0'))::uuid;
  end $$;
`;

const HOLDS = `
  -- What an account owes to a purpose without having moved: a part of the balance (amount), or, for a payment
  -- stop or an attachment of everything, the whole account (amount null). Its key is the order's that placed it.
  create table hold (
    institution_id smallint not null,
    key uuid not null,
    account_id bigint not null,
    kind text not null check (kind in ('reservation', 'attachment', 'payment_stop')),
    amount bigint check (amount between 1 and 1000000000000),
    captured bigint not null default 0 check (captured >= 0 and captured <= coalesce(amount, 0)),
    state text not null default 'held' check (state in ('held', 'captured', 'released', 'expired')),
    expires_at timestamptz,
    placed_at timestamptz not null,
    ended_at timestamptz check ((ended_at is null) = (state = 'held')),
    -- The order that captured or released it, or let it expire.
    ended_by uuid,
    primary key (institution_id, key),
    check (amount is not null or kind <> 'reservation'),
    check ((state = 'captured') = (captured > 0))
  ) with (fillfactor = 90);
  create index hold_due on hold (institution_id, expires_at) where state = 'held' and expires_at is not null;
  create index hold_by_account on hold (institution_id, account_id) where state = 'held';
  call renkei_guard_tenant('hold');
  grant select on hold to renkei_bank_app;
`;
