import type { BankCoreUnderTest } from './bank-core-under-test.js';

const LEGS = `
  select institution_id, account_id, seq, balance_after,
         case direction when 'debit' then -amount else amount end as moved,
         lag(balance_after, 1, 0::bigint) over w as before,
         row_number() over w as place, booked_on, lag(booked_on) over w as booked_before
  from entry window w as (partition by institution_id, account_id order by seq)`;

const CHECKS: Readonly<Record<string, string>> = {
  'money is conserved per institution':
    'select institution_id from account group by 1 having sum(balance) <> 0',
  'nobody is below what they may be': 'select id from account where balance - held + overdraft < 0',
  'every sequence is whole': `select 1 from (${LEGS}) l where seq <> place`,
  'every running balance is unbroken': `select 1 from (${LEGS}) l where balance_after <> before + moved`,
  'booking dates never go backwards': `select 1 from (${LEGS}) l where booked_on < booked_before`,
  'balance and version are the last leg': `
    select 1 from account a left join lateral (
      select seq, balance_after from entry e
      where e.institution_id = a.institution_id and e.account_id = a.id order by seq desc limit 1) e on true
    where a.version <> coalesce(e.seq, 0) or a.balance <> coalesce(e.balance_after, 0)`,
  'every formed transfer is posted once with its amount': `
    select t.id from transfer t left join posting p on p.institution_id = t.institution_id and p.key = t.id
    where (t.formed_at is not null) <> (p.id is not null) or p.amount <> t.amount`,
  'every formed transfer stands in both sums': `
    select 1 from limit_use u where u.sum <> (
      select coalesce(sum(t.amount), 0) from transfer t
      where t.institution_id = u.institution_id and t.holder_id = u.subject and t.formed_at is not null
        and u.on_date = case u.basis when 'request_date' then renkei_tokyo_date(t.confirmed_at)
                        else t.designated_on end)`,
};

/** The names of the invariants of ledger.md section 4 that do not hold; the sums only where nobody cleared them. */
export async function brokenInvariants(
  bank: BankCoreUnderTest,
  skip: readonly string[] = ['every formed transfer stands in both sums'],
): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, sql] of Object.entries(CHECKS)) {
    if (!skip.includes(name) && (await bank.admin(sql)).length > 0) broken.push(name);
  }
  return broken;
}
