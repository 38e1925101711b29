import { EVENT_COLUMNS } from './event.store.pg.js';

// The statement's time and not the clock's: only what stays the same may bound a walk along an index.
const IS_DUE = `state = 'waiting' and next_attempt_at <= statement_timestamp()
  and (lease_until is null or lease_until <= statement_timestamp())`;

/**
 * Takes due messages: $1 at most, under the lease $2 for $3 seconds, $4 at most under way at one endpoint,
 * none of the endpoints $5.
 *
 * An endpoint's turn is what it has under way and this one more: whoever has least is served first, so that
 * an idle endpoint's message comes before the eighth of one that hangs, however long that one has waited. One
 * that was given room has one under way until it has answered well.
 *
 * Of each endpoint only its next few are read, whatever waits behind them. Turns are counted before the rows are
 * locked, and what others locked meanwhile is skipped: a sender may get less than there is, never a row that
 * another one holds.
 */
export const TAKE_DUE = `
  with under_way as materialized (
    select subscription_id, count(*) as busy from event_delivery
    where state = 'waiting' and lease_until > statement_timestamp()
    group by subscription_id
  ), ready as (
    select next.id, next.next_attempt_at, next.place + coalesce(u.busy, 0) as turn,
      case when s.slow_until is null then $4::int else 1 end as turns
    from event_subscription s
    join client c on c.client_id = s.client_id and c.status = 'active'
      and software_blocked_until(c.client_id) is null
    left join under_way u on u.subscription_id = s.id
    cross join lateral (
      select id, next_attempt_at,
        row_number() over (order by is_event, next_attempt_at, sequence) as place
      from (
        (select id, next_attempt_at, sequence, false as is_event from event_delivery
         where subscription_id = s.id and event_id is null and ${IS_DUE})
        union all
        (select id, next_attempt_at, sequence, true from event_delivery
         where subscription_id = s.id and event_id is not null and ${IS_DUE} and s.state = 'active'
         order by next_attempt_at, sequence limit $4::int)
      ) due
    ) next
    where (s.slow_until is null or s.slow_until <= statement_timestamp())
      and s.id <> all($5) and s.state <> 'disabled'
  ), chosen as (
    select id from event_delivery
    where id in (select id from ready where turn <= turns order by turn, next_attempt_at limit $1)
      and ${IS_DUE}
    for update skip locked
  ), taken as (
    update event_delivery d set lease_token = $2,
      lease_until = clock_timestamp() + make_interval(secs => $3)
    from chosen where d.id = chosen.id
    returning d.id, d.subscription_id, d.event_id, d.attempts, d.sequence, d.unsigned_since
  )
  select t.id as delivery_id, t.subscription_id, t.attempts, s.url, s.epsp_id as owner_epsp_id,
    s.client_id as owner_client_id, ${EVENT_COLUMNS},
    coalesce(extract(epoch from clock_timestamp() - t.unsigned_since) * 1000, 0)::float8 as unsigned_ms
  from taken t join event_subscription s on s.id = t.subscription_id
  left join intermediary_event e on e.id = t.event_id
  order by t.sequence`;
