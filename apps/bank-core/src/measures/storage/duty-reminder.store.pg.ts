import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

export interface DueReminders {
  readonly institutionId: number;
  readonly machine: string;
  readonly at: Instant;
  /** How many days before the end. */
  readonly days: readonly number[];
  readonly rowsMax: number;
}

/** Which reminder of which end has gone out; a trigger tells the change of each row. */
@Injectable()
export class DutyReminderStore {
  /**
   * Takes the reminders that are due and have not gone out, each for ever: of several that were missed only the one
   * nearest to the end. A period shorter than the lead is not reminded of when it begins, and of a demand only whoever
   * has not reported yet. Answers how many.
   */
  async take(tx: Transaction, due: DueReminders): Promise<number> {
    const rows = await tx.query(
      `insert into duty_reminder (institution_id, machine, key, deadline, due_at, days_before, reminded_at)
       select d.institution_id, d.machine, d.key, d.name, d.due_at, min(t.days),
         to_timestamp($3::float8 / 1000)
       from matter_deadline d join matter m using (institution_id, machine, key)
       cross join unnest($4::int[]) as t (days)
       where d.institution_id = $1 and d.machine = $2
         and (d.name in ('attestation', 'standard_gap')
           or d.name = 'improvement' and m.state ->> 'name' = 'IMPROVEMENT_REQUESTED')
         and d.due_at > to_timestamp($3::float8 / 1000)
         and d.due_at - make_interval(days => t.days) <= to_timestamp($3::float8 / 1000)
         and exists (select from jsonb_array_elements(m.state -> 'deadlines') as one
           where one ->> 'name' = d.name
             and to_timestamp((one ->> 'startsAt')::float8 / 1000) < d.due_at - make_interval(days => t.days))
         and not exists (select from duty_reminder r
           where r.institution_id = d.institution_id and r.machine = d.machine and r.key = d.key
             and r.deadline = d.name and r.due_at = d.due_at and r.days_before <= t.days)
       group by d.institution_id, d.machine, d.key, d.name, d.due_at
       limit $5
       on conflict do nothing
       returning key`,
      [due.institutionId, due.machine, due.at, due.days, due.rowsMax],
    );
    return rows.length;
  }
}
