import type pg from 'pg';

/** Every change of an account in order: both legs of what moved money, the one leg of what did not. */
const STEPS = `
  select debit_account as id, debit_seq as seq, debit_balance as balance_after,
         case when credit_seq is null then 0 else -amount end as moved
  from posting where institution_id = $1 and debit_seq is not null
  union all
  select credit_account, credit_seq, credit_balance, amount
  from posting where institution_id = $1 and credit_seq is not null`;
const LEGS = `
  select *, lag(balance_after, 1, 0::bigint) over w as before, row_number() over w as place
  from (${STEPS}) s window w as (partition by id order by seq)`;

/** The invariants of ledger.md section 4 that the rows alone decide: each query finds what breaks it. */
const CHECKS: Readonly<Record<string, string>> = {
  'money is conserved': `
    select 1 from account where institution_id = $1 having sum(balance) <> 0`,
  'no overdraft': `
    select 1 from account where institution_id = $1 and balance - held + overdraft < 0`,
  'no gap or repeat in a sequence': `select 1 from (${LEGS}) l where seq <> place`,
  'running balance unbroken': `select 1 from (${LEGS}) l where balance_after <> before + moved`,
  'balance is history': `
    select 1 from account a
    left join (select id, sum(moved) as moved, max(seq) as last from (${STEPS}) s group by id) h using (id)
    where a.institution_id = $1
      and (a.balance <> coalesce(h.moved, 0) or a.version <> coalesce(h.last, 0))`,
  'exactly once': `
    select 1 from posting where institution_id = $1 group by key, line having count(*) > 1`,
  'holds are what is held': `
    select 1 from account a
    left join (select account_id as id, sum(amount) as held, count(*) filter (where amount is null) as stops
               from hold where institution_id = $1 and state = 'held' group by 1) h using (id)
    where a.institution_id = $1
      and (a.held <> coalesce(h.held, 0) or a.debit_stops <> coalesce(h.stops, 0))`,
  'money moves between two accounts': `
    select 1 from posting where institution_id = $1 and status = 'posted' and debit_account = credit_account`,
  'a refusal has one row and no place': `
    select 1 from posting where institution_id = $1 and status <> 'posted'
      and (line <> 1 or num_nulls(debit_seq, debit_balance, credit_seq, credit_balance) <> 4)`,
};

/**
 * The names of the invariants that do not hold at the institution. Row-level security must not hide rows
 * from `reader`.
 */
export async function brokenInvariants(
  reader: pg.Client,
  institutionId: number,
): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, sql] of Object.entries(CHECKS)) {
    const { rows } = await reader.query(sql, [institutionId]);
    if (rows.length > 0) broken.push(name);
  }
  return broken;
}
