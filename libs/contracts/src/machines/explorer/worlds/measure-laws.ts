import { EVERYTHING, removesEverything, type RemovedRight } from '../../../facts/linkage.js';
import type { Invariant } from '../explore.js';
import type { MachineEvent } from '../../step.js';
import { ANOTHER_BANK, BANK, endOfDayAfter, HOUR } from './people.js';

export const SOME: readonly RemovedRight[] = [{ right: 'transfer_initiation', reach: 'all' }];
export const LEAD_HOURS = 72;
export const PERIOD_DAYS = 1;
export const ADDED_DAYS = 1;

/** What the events said on the way to a measure, remembered apart from the machine (I1, I2). */
export interface MeasureGhost {
  readonly demanded?: string;
  readonly grounded?: boolean;
  /** The end of the period, reckoned from the arrival by the explorer itself. */
  readonly periodEnd?: number;
  readonly failure?: 'within_period' | 'without_grounds' | 'after_period';
  readonly removed?: readonly RemovedRight[];
  readonly noticeArrivedAt?: number;
  /** Only of a chain partner: it was stopped after all. */
  readonly stopped?: boolean;
}

/** What a demand that arrives at `instant` adds to the memory. */
export const periodFrom = (instant: number) => ({ periodEnd: endOfDayAfter(instant, PERIOD_DAYS) });

/** What an extension adds: the same hour of the day, so many days later. */
export const longerPeriod = ({ periodEnd }: MeasureGhost) =>
  periodEnd === undefined ? {} : { periodEnd: periodEnd + ADDED_DAYS * 24 * HOUR };

export const failureAt = (
  ghost: MeasureGhost,
  now: number,
  isGrounded: boolean,
): NonNullable<MeasureGhost['failure']> => {
  if (ghost.periodEnd === undefined || now <= ghost.periodEnd) return 'within_period';
  return isGrounded ? 'after_period' : 'without_grounds';
};

const missing = (ghost: MeasureGhost, now: number): string | undefined => {
  if (ghost.demanded === undefined) return 'no demand was made';
  if (!ghost.grounded) return 'the demand had no grounds';
  if (ghost.periodEnd === undefined) return 'the demand never arrived';
  if (now <= ghost.periodEnd) return 'the period was not over';
  if (ghost.failure !== 'after_period')
    return `the second judgement was ${ghost.failure ?? 'not made'}`;
  if (ghost.noticeArrivedAt === undefined) return 'no notice had arrived';
  return undefined;
};

/** Distances in the past that decide something: how long ago the notice arrived. */
export const PAST = { members: ['deliveredAt', 'noticeArrivedAt'], horizonMs: LEAD_HOURS * HOUR };

/** I1, I2, I3 and I10 over the edges by which a machine reaches one of its stopped states. */
export const measureLaws = <Name extends string, Facts, Event extends MachineEvent>(
  restricted: Name,
  suspended: Name,
): readonly Invariant<Name, Facts, Event, MeasureGhost>[] => {
  const commits = (event: Event) => event.type === 'measure_committed';
  return [
    {
      id: 'I1',
      onEdge: ({ event, now, ghost, after }) => {
        const isStopped = after.name === restricted || after.name === suspended;
        if (!commits(event) || !isStopped) return undefined;
        const lack = missing(ghost, now);
        return lack && `${after.name} although ${lack}.`;
      },
    },
    {
      id: 'I2',
      onEdge: ({ event, now, ghost }) => {
        if (!commits(event)) return undefined;
        const arrived = ghost.noticeArrivedAt ?? Infinity;
        if (arrived >= now) return 'The effect does not follow the notice.';
        return now - arrived < LEAD_HOURS * HOUR ? 'The lead was cut short.' : undefined;
      },
    },
    {
      id: 'I3',
      onEdge: ({ event }) =>
        'institution' in event && event.institution !== BANK
          ? `${String(event.institution)} acted on the linkage of ${BANK}.`
          : undefined,
    },
    {
      id: 'I10',
      onEdge: ({ event, after, ghost }) => {
        if (!commits(event)) return undefined;
        const all = removesEverything(ghost.removed ?? []);
        if (after.name === restricted && all) return 'A restriction removed everything.';
        if (after.name === suspended && !all) return 'A suspension left something.';
        return undefined;
      },
    },
  ];
};

export const foreign = { institution: ANOTHER_BANK };

/** Notices in every form: of a part, of all, misnamed, empty, with and without a lead. */
export const announcements = [
  { kind: 'restriction', removed: SOME, leadHours: LEAD_HOURS },
  { kind: 'suspension', removed: EVERYTHING, leadHours: LEAD_HOURS },
  { kind: 'restriction', removed: EVERYTHING, leadHours: LEAD_HOURS },
  { kind: 'suspension', removed: SOME, leadHours: LEAD_HOURS },
  { kind: 'restriction', removed: [], leadHours: LEAD_HOURS },
  { kind: 'restriction', removed: SOME, leadHours: undefined },
] as const;
