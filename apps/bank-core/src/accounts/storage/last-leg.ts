/**
 * The head of a statement that finds, for each row of `sought (place, ends, after, rises)`, the last leg of account
 * $2 of institution $1 that was booked on or before the day `ends`: `found (place, seq)`, and `after` where no later
 * one was.
 *
 * Each sequence of an account stands on exactly one of its two leg indexes, and its booking dates never go backwards.
 * So the place is searched for by probes, first in growing steps from the end that is expected to be near (the newest
 * leg, or `after` where it `rises`), then by halves: some 2·log₂ of the distance, whatever lies between. Refused
 * orders have no sequence; what has one leg (a hold and its end) has one as well and keeps the balance. A sequence
 * without a leg, as an account might have that began with a version, counts as early.
 *
 * A probe is a subquery of its own, so that the planner cannot turn the search into one read of all legs.
 */
export const lastLegs = (sought: string): string => `
  with recursive sought (place, ends, after, rises) as (${sought}),
  newest as (
    select coalesce(greatest(
      (select debit_seq from posting
       where institution_id = $1 and debit_account = $2 and debit_seq is not null
       order by debit_seq desc limit 1),
      (select credit_seq from posting
       where institution_id = $1 and credit_account = $2 and credit_seq is not null
       order by credit_seq desc limit 1)), 0) as seq),
  search (place, ends, rises, low, high, step) as (
    select place, ends, rises, least(after, seq), seq + 1, 1::bigint from sought cross join newest
    union all
    select place, ends, rises, case when is_early then probe else low end,
           case when is_early then high else probe end, 2 * step
    from search
    cross join lateral (
      select case when rises then least(low + step, (low + high) / 2)
                  else greatest(high - step, (low + high) / 2) end as probe offset 0) middle
    cross join lateral (
      select coalesce(
        (select booked_on from posting
         where institution_id = $1 and debit_account = $2 and debit_seq = probe),
        (select booked_on from posting
         where institution_id = $1 and credit_account = $2 and credit_seq = probe),
        '-infinity') <= ends as is_early offset 0) leg
    where low + 1 < high),
  found (place, seq) as (select place, low from search where low + 1 = high)`;
