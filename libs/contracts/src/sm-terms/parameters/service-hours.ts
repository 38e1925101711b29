import { listOf, shape, tableBy, timeOfDay, civilDateText, where } from '../../constraint.js';

/** One opening, `hh:mm` to `hh:mm` (the end excluded); `24:00` ends the day. */
export interface Opening extends Record<string, unknown> {
  readonly from: string;
  readonly to: string;
}

const openings = where(
  listOf(shape<Opening>({ from: timeOfDay, to: timeOfDay }), 12),
  '順に並び重ならない',
  'in order, not overlapping',
  (list) =>
    list.every(
      ({ from, to }, index) => from < to && (index === 0 || (list[index - 1]?.to ?? '') <= from),
    ),
);

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** A weekly calendar of openings with exceptions by date: the exception replaces that whole day. */
export const serviceHours = shape({
  weekly: tableBy(weekdays, openings),
  exceptions: listOf(shape({ date: civilDateText, openings }), 400),
});

export type ServiceHours = NonNullable<ReturnType<typeof serviceHours.read>>;
