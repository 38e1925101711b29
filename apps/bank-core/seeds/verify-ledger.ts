import type { SeedContext } from './seed-context.js';

const CHECK = `
  with legs as (
    select debit_account as id, count(*) as legs, max(debit_seq) as last, -sum(amount) as moved
    from posting where institution_id = $1 and status = 'posted' and credit_seq is not null group by 1
    union all
    select credit_account, count(*), max(credit_seq), sum(amount)
    from posting where institution_id = $1 and status = 'posted' and credit_seq is not null group by 1
  ), history as (
    select id, sum(legs) as legs, max(last) as last, sum(moved) as moved from legs group by id
  )
  select coalesce(sum(a.balance), 0) as total,
         count(*) filter (where a.version <> coalesce(h.legs, 0) or a.version <> coalesce(h.last, 0)) as gaps,
         count(*) filter (where a.balance <> coalesce(h.moved, 0)) as differences,
         count(*) filter (where a.balance - a.held + a.overdraft < 0) as below
  from account a left join history h using (id) where a.institution_id = $1`;

/**
 * The ledger's invariants after seeding (ledger.md section 4): money is conserved, every sequence is whole,
 * every balance is its history, nobody is below what they may be. Throws when one does not hold.
 */
export async function verifyLedger({ client }: SeedContext, institutionId: number): Promise<void> {
  const { rows } = await client.query<Record<string, string>>(CHECK, [institutionId]);
  const broken = Object.entries(rows[0] ?? { rows: 'none' }).filter(([, value]) => value !== '0');
  if (broken.length > 0) {
    const found = broken.map(([name, value]) => `${name} ${value}`).join(', ');
    throw new Error(`The ledger of institution ${institutionId} does not balance: ${found}.`);
  }
}
