import { withConnection } from '../../databases/index.js';
import { INSTITUTION, OPENING_YEN } from '../ledger/population.js';

const chainsOf = (oneIn: number): string => `
  with sample as (
    select id, balance, version from account where id % ${oneIn} = 7 % ${oneIn}),
  legs as (
    select s.id, l.seq, l.after, l.moved from sample s cross join lateral (
      select debit_seq as seq, debit_balance as after, -amount as moved from posting
      where institution_id = ${INSTITUTION} and debit_account = s.id and status = 'posted'
      union all
      select credit_seq, credit_balance, amount from posting
      where institution_id = ${INSTITUTION} and credit_account = s.id and status = 'posted') l),
  chain as (
    select *, lag(after) over way as before, row_number() over way as nth
    from legs window way as (partition by id order by seq))
  select
    (select count(*) from sample)::int as sampled,
    (select count(*) from chain
     where seq <> nth or after <> coalesce(before, ${OPENING_YEN}) + moved)::int as broken,
    (select count(*) from sample s
     left join (select id, max(seq) as seq, sum(moved) as moved from chain group by id) e
       using (id) where s.version <> coalesce(e.seq, 0) or s.balance <> ${OPENING_YEN} + coalesce(e.moved, 0)
    )::int as unlike,
    (select sum(balance) - count(*) * ${OPENING_YEN} from account)::text as made`;

/** Looks at one account in so many from its first leg to its last, and at all balances. Throws if wrong. */
export async function sampleIsRight(url: string, label: string, oneIn: number): Promise<number> {
  const { rows } = await withConnection(
    url,
    (client) =>
      client.query<{ sampled: number; broken: number; unlike: number; made: string }>(
        chainsOf(oneIn),
      ),
    600_000,
  );
  const [row] = rows;
  const isRight =
    row && row.sampled > 0 && row.broken === 0 && row.unlike === 0 && row.made === '0';
  if (!isRight) throw new Error(`${label} is filled wrongly: ${JSON.stringify(row)}`);
  return row.sampled;
}
