import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/**
 * Takes the reminders that are due and have not gone out, each for ever: of several that were missed only the one
 * nearest to the end. A term shorter than the lead is not reminded of on the day it begins.
 */
export async function takeDueReminders(
  tx: Transaction,
  due: {
    readonly institutionId: number;
    readonly at: Instant;
    readonly days: readonly number[];
    readonly rowsMax: number;
  },
): Promise<string[]> {
  const rows = await tx.query<{ consent_id: string }>(
    `insert into consent_reminder (institution_id, consent_id, expires_at, days_before, reminded_at)
     select c.institution_id, c.id, c.expires_at, min(d.days), to_timestamp($2::float8 / 1000)
     from consent c cross join unnest($3::int[]) as d (days)
     where c.institution_id = $1 and c.state in ('authorised', 'frozen')
       and c.expires_at > to_timestamp($2::float8 / 1000)
       and c.expires_at - make_interval(days => d.days) <= to_timestamp($2::float8 / 1000)
       and c.term_since < c.expires_at - make_interval(days => d.days)
       and not exists (select from consent_reminder r
         where r.institution_id = c.institution_id and r.consent_id = c.id
           and r.expires_at = c.expires_at and r.days_before <= d.days)
     group by c.institution_id, c.id, c.expires_at
     limit $4
     on conflict do nothing
     returning consent_id`,
    [due.institutionId, due.at, due.days, due.rowsMax],
  );
  return rows.map((row) => row.consent_id);
}
