import { withConnection } from '../../databases/index.js';
import { INSTITUTION } from './population.js';

/** Sets of legs are sorted and joined here; a bench machine has the memory. */
const SETTINGS = `set work_mem = '256MB'`;
const LIMIT_MS = 600_000;

const LEGS = `
  select debit_account as account, debit_seq as seq, debit_balance as after, -amount as moved
  from posting where institution_id = ${INSTITUTION} and status = 'posted' and xid > $1
  union all
  select credit_account, credit_seq, credit_balance, amount
  from posting where institution_id = ${INSTITUTION} and status = 'posted' and xid > $1`;

/** One row: how many of each fault the postings after transaction $1 have, against what was remembered. */
const FAULTS = `
  with legs as (${LEGS}),
  chain as (
    select account, seq, after, moved, lag(after) over way as before, lag(seq) over way as seq_before
    from legs window way as (partition by account order by seq)),
  links as (
    select count(*) filter (where after <> coalesce(c.before, b.balance) + moved) as unbroken,
           count(*) filter (where seq <> coalesce(c.seq_before, b.version) + 1) as gaps
    from chain c join bench.remembered b on b.id = c.account),
  ends as (
    select account, max(seq) as seq, sum(moved) as moved from legs group by account)
  select
    (select count(*) from posting where xid > $1 and status = 'posted')::int as committed,
    (select count(*) from posting where xid > $1 and status <> 'posted')::int as refused,
    (select coalesce(max(xid), $1) from posting where xid > $1)::text as last,
    (select unbroken from links)::int as broken_balances,
    (select gaps from links)::int as broken_sequences,
    (select count(*) from account a join bench.remembered b using (id) left join ends e on e.account = a.id
     where a.balance <> b.balance + coalesce(e.moved, 0) or a.version <> coalesce(e.seq, b.version)
    )::int as accounts_unlike_history,
    (select sum(a.balance) - (select sum(balance) from bench.remembered) from account a)::text as money_made,
    (select count(*) from account where balance - held + overdraft < 0)::int as overdrawn,
    (select coalesce(sum(held), 0) from account)::bigint
      - (select coalesce(sum(amount), 0) from hold where state = 'held')::bigint as held_unlike_holds,
    (select sum(requested) from limit_use)::bigint - (select used from bench.limits)::bigint
      - (select coalesce(sum(amount), 0) from posting where xid > $1 and status = 'posted')::bigint
      as limits_unlike_postings`;

const REMEMBER = `
  create schema if not exists bench;
  drop table if exists bench.remembered, bench.limits;
  create table bench.remembered as select id, balance, version from account;
  alter table bench.remembered add primary key (id);
  analyze bench.remembered;
  create table bench.limits as select coalesce(sum(requested), 0) as used from limit_use;`;

/**
 * The invariants of ledger.md section 4 over what a series posted: money conserved, running balances and
 * sequences without a gap, balance = history, held = holds, charged = posted, committed = acknowledged.
 */
export class LedgerTruth {
  private since = '0';

  /** `url` is a superuser's: row-level security would hide every row. */
  constructor(private readonly url: string) {}

  /** Remembers the accounts as they are; what is posted from now on is judged by `check`. */
  async remember(): Promise<void> {
    await withConnection(
      this.url,
      async (client) => {
        await client.query(REMEMBER);
        const { rows } = await client.query<{ last: string }>(
          `select coalesce(max(xid), 0)::text as last from posting`,
        );
        this.since = rows[0]?.last ?? '0';
      },
      LIMIT_MS,
    );
  }

  /** Throws unless everything since `remember` is right and exactly `acknowledged` postings are there. */
  async check(label: string, acknowledged: number): Promise<void> {
    await withConnection(
      this.url,
      async (client) => {
        await client.query(SETTINGS);
        const { rows } = await client.query<Record<string, number | string>>(FAULTS, [this.since]);
        const wrong = faultsIn(rows[0] ?? {}, acknowledged);
        if (wrong.length > 0)
          throw new Error(`${label}: a wrong run is no result: ${wrong.join(', ')}`);
        await client.query(REMEMBER);
        this.since = String(rows[0]?.['last'] ?? this.since);
      },
      LIMIT_MS,
    );
  }
}

/** What is not as it must be, in words; empty when all is right. */
export function faultsIn(
  row: Readonly<Record<string, number | string>>,
  acknowledged: number,
): readonly string[] {
  const { committed, last: _last, ...faults } = row;
  const wrong = Object.entries(faults)
    .filter(([, count]) => String(count) !== '0')
    .map(([name, count]) => `${name} ${count}`);
  if (committed !== acknowledged)
    wrong.push(`committed ${committed}, acknowledged ${acknowledged}`);
  return wrong;
}

/** Every commit of `pgbench -N` adds one row of history by which its account changed. */
export const PGBENCH_TRUTH = `
  select (select count(*) from pgbench_history)::int as committed,
         (select sum(abalance) from pgbench_accounts)
           is distinct from (select sum(delta) from pgbench_history) as wrong`;

/** Counts what others have committed so far and sees whether their sums are right too. */
export async function committedAndRight(url: string, label: string, sql: string): Promise<number> {
  const { rows } = await withConnection(url, (client) =>
    client.query<{ committed: number; wrong: boolean }>(sql),
  );
  const [row] = rows;
  if (!row || (row.wrong && row.committed > 0)) throw new Error(`${label}: its sums are wrong.`);
  return row.committed;
}
