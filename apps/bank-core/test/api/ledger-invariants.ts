import type { BankCoreUnderTest } from './bank-core-under-test.js';

/** Every change of an account in order: both legs of what moved money, and the one leg of a hold or its end. */
const STEPS = `
  select institution_id, debit_account as account_id, debit_seq as seq, debit_balance as balance_after,
         case when credit_seq is null then 0 else -amount end as moved, booked_on
  from posting where debit_seq is not null
  union all
  select institution_id, credit_account, credit_seq, credit_balance, amount, booked_on
  from posting where credit_seq is not null`;
const LEGS = `
  select *, lag(balance_after, 1, 0::bigint) over w as before, row_number() over w as place,
         lag(booked_on) over w as booked_before
  from (${STEPS}) s window w as (partition by institution_id, account_id order by seq)`;

const CHECKS: Readonly<Record<string, string>> = {
  'money is conserved per institution':
    'select institution_id from account group by 1 having sum(balance) <> 0',
  'nobody is below what they may be': 'select id from account where balance - held + overdraft < 0',
  'every sequence is whole': `select 1 from (${LEGS}) l where seq <> place`,
  'every running balance is unbroken': `select 1 from (${LEGS}) l where balance_after <> before + moved`,
  'booking dates never go backwards': `select 1 from (${LEGS}) l where booked_on < booked_before`,
  'balance and version are the last leg': `
    select 1 from account a left join lateral (
      select seq, balance_after from (${STEPS}) e
      where e.institution_id = a.institution_id and e.account_id = a.id order by seq desc limit 1) e on true
    where a.version <> coalesce(e.seq, 0) or a.balance <> coalesce(e.balance_after, 0)`,
  'what is held and stopped is the sum of the standing holds': `
    select 1 from account a left join (
      select institution_id, account_id, sum(amount) as held, count(*) filter (where amount is null) as stops
      from hold where state = 'held' group by 1, 2) h on h.institution_id = a.institution_id and h.account_id = a.id
    where a.held <> coalesce(h.held, 0) or a.debit_stops <> coalesce(h.stops, 0)`,
  'a refused order has one row and no place': `
    select 1 from posting where status <> 'posted'
      and (line <> 1 or num_nulls(debit_seq, debit_balance, credit_seq, credit_balance) <> 4)`,
  'every formed transfer is posted once with its amount': `
    select t.id from transfer t left join posting p on p.institution_id = t.institution_id
      and p.key = ledger_key(t.id) and p.line = 1 and p.status = 'posted'
    where (t.formed_at is not null) <> (p.id is not null) or p.amount <> t.amount`,
  'returned is what has come back, whole and once': `
    select t.id from transfer t cross join lateral (
      select coalesce(sum(p.amount), 0) as yen from posting p
      where p.institution_id = t.institution_id and p.key = ledger_key(t.id || '/return')
        and p.status = 'posted' and p.operation = 'return') back
    where back.yen <> case when t.aftercare = 'returned' then t.amount else 0 end`,
  'a return that no account took waits for a person': `
    select 1 from transfer t full join clearing_outbox o
      on o.institution_id = t.institution_id and o.transfer_id = t.id
    where (t.aftercare is not distinct from 'return_pending') <> (o.state is not distinct from 'return_blocked')
      or (t.aftercare is not distinct from 'returned') <> (o.state is not distinct from 'returned')`,
  'every formed transfer stands in both sums': `
    select 1 from limit_use u cross join lateral (
      select coalesce(sum(t.amount) filter (where renkei_tokyo_date(t.confirmed_at) = u.on_date), 0) as requested,
             coalesce(sum(t.amount) filter (where t.designated_on = u.on_date), 0) as designated
      from transfer t
      where t.institution_id = u.institution_id and t.holder_id = u.subject and t.formed_at is not null) s
    where (u.requested, u.designated) <> (s.requested, s.designated)`,
};

/** The names of the invariants of ledger.md section 4 that do not hold; the sums only where nobody cleared them. */
export async function brokenInvariants(
  bank: Pick<BankCoreUnderTest, 'admin'>,
  skip: readonly string[] = ['every formed transfer stands in both sums'],
): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, sql] of Object.entries(CHECKS)) {
    if (!skip.includes(name) && (await bank.admin(sql)).length > 0) broken.push(name);
  }
  return broken;
}
