import { writeFile } from 'node:fs/promises';
import { withConnection } from '../../databases/index.js';

/**
 * What a ledger of the common form does, in a reduced form of our own: a transfer row and an entry row per leg,
 * rows locked in sorted order, text ids, numeric amounts and an index for every question. It has no idempotency,
 * no limits, no links, no texts: all of that would be on top.
 */
const SCHEMA = `
  create function new_text_id(prefix text) returns text language sql volatile as
    $$ select prefix || '_' || replace(uuidv7()::text, '-', '') $$;
  create table leg_account (
    id text primary key default new_text_id('acct'),
    name text not null,
    currency text not null,
    balance numeric not null default 0,
    version bigint not null default 0,
    updated_at timestamptz not null default now()
  );
  create index on leg_account (currency);
  create table leg_transfer (
    id text primary key default new_text_id('xfer'),
    source text not null references leg_account,
    target text not null references leg_account,
    amount numeric not null check (amount > 0),
    event_at timestamptz not null,
    created_at timestamptz not null default now()
  );
  create index on leg_transfer (source);
  create index on leg_transfer (target);
  create table leg_entry (
    id text primary key default new_text_id('entr'),
    account_id text not null references leg_account,
    transfer_id text not null references leg_transfer,
    amount numeric not null,
    balance_before numeric not null,
    balance_after numeric not null,
    version bigint not null,
    created_at timestamptz not null default now()
  );
  create index on leg_entry (account_id);
  create index on leg_entry (transfer_id);
  create function move(p_source text, p_target text, p_amount numeric) returns text language plpgsql as $$
  declare transfer text; after numeric; seq bigint;
  begin
    perform 1 from leg_account where id in (p_source, p_target) order by id for update;
    insert into leg_transfer (source, target, amount, event_at) values (p_source, p_target, p_amount, now())
    returning id into transfer;
    update leg_account set balance = balance - p_amount, version = version + 1, updated_at = now()
    where id = p_source returning balance, version into after, seq;
    if after is null then raise exception 'no account %', p_source; end if;
    insert into leg_entry (account_id, transfer_id, amount, balance_before, balance_after, version)
    values (p_source, transfer, -p_amount, after + p_amount, after, seq);
    update leg_account set balance = balance + p_amount, version = version + 1, updated_at = now()
    where id = p_target returning balance, version into after, seq;
    if after is null then raise exception 'no account %', p_target; end if;
    insert into leg_entry (account_id, transfer_id, amount, balance_before, balance_after, version)
    values (p_target, transfer, p_amount, after - p_amount, after, seq);
    return transfer;
  end $$;
`;

const idSql = (n: string): string => `'acct_' || lpad((${n})::text, 32, '0')`;

const script = (accounts: number, isHot: boolean): string => `\\set source random(2, ${accounts})
\\set step random(1, ${accounts - 1})
\\set target ${isHot ? '1' : `1 + (:source - 1 + :step) % ${accounts}`}
\\set amount random(1, 1000)
select move(${idSql(':source::bigint')}, ${idSql(':target::bigint')}, :amount::numeric);
`;

export async function prepareRowPerLeg(url: string, accounts: number): Promise<void> {
  await withConnection(url, async (client) => {
    await client.query(SCHEMA);
    await client.query(
      `insert into leg_account (id, name, currency, balance)
       select ${idSql('n')}, 'account ' || n, 'JPY', 0 from generate_series(1, ${accounts}) n`,
    );
    await client.query('vacuum analyze leg_account');
  });
}

export async function rowPerLegArgs(
  file: string,
  accounts: number,
  isHot: boolean,
): Promise<readonly string[]> {
  await writeFile(file, script(accounts, isHot));
  return ['-f', file];
}

/** Also the other side has to be right, or its rate says nothing. */
export const ROW_PER_LEG_TRUTH = `
  select (select count(*) from leg_transfer)::int as committed,
         (select sum(balance) <> 0 from leg_account)
           or (select count(*) from leg_entry) <> 2 * (select count(*) from leg_transfer)
           or exists (select from leg_account a left join
                (select account_id, sum(amount) as sum, max(version) as version from leg_entry group by 1) e
                on e.account_id = a.id
                where a.balance <> coalesce(e.sum, 0) or a.version <> coalesce(e.version, 0)) as wrong`;
