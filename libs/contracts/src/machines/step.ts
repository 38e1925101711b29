import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { Words } from '#libs/kernel';

/** The parties on whom a clause may lay a duty. */
export type DutyHolder = 'institution' | 'epsp' | 'chain_partner' | 'holder';

/** What happened, told once: the same `id` never moves a machine twice (I6). */
export interface MachineEvent<Type extends string = string> {
  readonly type: Type;
  readonly id: string;
  /** When it happened, which may be earlier than when it is taken in. */
  readonly happenedAt: Instant;
}

/** The only way in which time moves a machine: a due row was read and found to be past. */
export interface DeadlineReached extends MachineEvent<'deadline_reached'> {
  readonly deadline: string;
}

/** A row for the database. `dueAt` is the last instant in time: the period is over after it. */
export interface Deadline {
  readonly name: string;
  readonly clause: string;
  readonly parameter?: string;
  readonly startsAt: Instant;
  readonly dueAt: Instant;
}

/** A notice to be sent. Its arrival comes back as an event; sending proves nothing. */
export interface NoticeToSend {
  readonly kind: string;
  readonly to: DutyHolder;
  readonly clause: string;
}

/** Who must now do what, by when, and by which clause. */
export interface MachineDuty {
  readonly who: DutyHolder;
  readonly what: Words;
  readonly by?: Instant;
  readonly clause: string;
}

export interface MachineState<Name extends string, Facts> {
  readonly name: Name;
  readonly facts: Facts;
  readonly since: Instant;
  /** Counts the accepted events; a stored state is written only over the version it was read at. */
  readonly version: number;
  readonly deadlines: readonly Deadline[];
  readonly taken: readonly string[];
}

/** What a guard may look at. It can neither wait nor ask for the time. */
export interface Seen<Facts, Event> {
  readonly facts: Facts;
  readonly event: Event;
  readonly now: Instant;
  readonly deadlines: readonly Deadline[];
}

/** One condition of a row, with the refusal of the one who does not meet it. */
export interface Check<Facts, Event, Code extends string> {
  readonly refusal: Code;
  readonly clause: string;
  readonly holds: (seen: Seen<Facts, Event>) => boolean;
}

export interface DeadlineRule<Facts, Event> {
  readonly name: string | ((seen: Seen<Facts, Event>) => string);
  readonly clause: string;
  readonly parameter?: string;
  /** Absent where this event starts no deadline. */
  readonly dueAt: (seen: Seen<Facts, Event>) => Instant | undefined;
}

/** One line of a transition table. */
export interface Row<Name extends string, Facts, Event extends MachineEvent, Code extends string> {
  readonly from: readonly Name[];
  readonly event: Event['type'];
  /** Only with `deadline_reached`: the deadline whose end this row is about. */
  readonly deadline?: string;
  /** Chooses between rows of the same event; a row that is not chosen refuses nothing. */
  readonly when?: (seen: Seen<Facts, Event>) => boolean;
  /** The open deadline within which the event must have happened; later is `event_late`. */
  readonly within?: string;
  readonly guard: readonly Check<Facts, Event, Code>[];
  readonly to: Name;
  readonly clauses: readonly string[];
  readonly notices: readonly NoticeToSend[];
  readonly startsDeadlines: readonly DeadlineRule<Facts, Event>[];
  /** Leaving a state ends its deadlines, except those named here. */
  readonly keepsDeadlines?: readonly string[] | 'all';
  readonly endsDeadlines?: (seen: Seen<Facts, Event>) => readonly string[];
  /** What the caller must do in the same transaction. */
  readonly effects: readonly string[];
  readonly learns?: (seen: Seen<Facts, Event>) => Partial<Facts>;
}

export interface DutyRule<Facts> {
  readonly who: DutyHolder;
  readonly what: Words;
  readonly clause: string;
  readonly by?: string;
  readonly when?: (facts: Facts) => boolean;
}

export interface Machine<
  Name extends string,
  Facts,
  Event extends MachineEvent,
  Code extends string,
> {
  readonly name: string;
  readonly initial: Name;
  readonly terminal: readonly Name[];
  /** States in which a matter may rest for ever, although events can still move it. */
  readonly resting?: readonly Name[];
  readonly rows: readonly Row<Name, Facts, Event, Code>[];
  readonly duties: Readonly<Partial<Record<Name, readonly DutyRule<Facts>[]>>>;
}

/** The refusals that every machine shares. Their sentences stand in `machines.refusals.ts`. */
export type StepCode =
  | 'event_repeated'
  | 'event_ahead_of_clock'
  | 'event_out_of_order'
  | 'event_late'
  | 'deadline_not_open'
  | 'period_not_over';

export interface Stepped<Name extends string, Facts> {
  readonly from: Name;
  readonly state: MachineState<Name, Facts>;
  readonly clauses: readonly string[];
  readonly duties: readonly MachineDuty[];
  readonly notices: readonly NoticeToSend[];
  readonly started: readonly Deadline[];
  readonly ended: readonly Deadline[];
  readonly effects: readonly string[];
}

export type StepResult<Name extends string, Facts, Code extends string> = Result<
  Stepped<Name, Facts>,
  Refusal<Code | StepCode>
>;

type Fields = 'guard' | 'notices' | 'startsDeadlines' | 'effects';

/** Writes a row with the event's own type in its functions; empty lists may be left out. */
export function rowsOf<
  Name extends string,
  Facts,
  Event extends MachineEvent,
  Code extends string,
>() {
  return <Type extends Event['type']>(
    row: { readonly event: Type } & Omit<
      Row<Name, Facts, Extract<Event, { type: Type }>, Code>,
      Fields | 'event'
    > &
      Partial<Pick<Row<Name, Facts, Extract<Event, { type: Type }>, Code>, Fields>>,
  ): Row<Name, Facts, Event, Code> =>
    // `step` hands a row only the events of its own type, which the compiler cannot follow.
    ({ guard: [], notices: [], startsDeadlines: [], effects: [], ...row }) as unknown as Row<
      Name,
      Facts,
      Event,
      Code
    >;
}

/** A machine's first state. `facts` are plain data, so that a row of a database can hold them. */
export const begin = <Name extends string, Facts, Event extends MachineEvent, Code extends string>(
  machine: Machine<Name, Facts, Event, Code>,
  facts: Facts,
  now: Instant,
): MachineState<Name, Facts> => ({
  name: machine.initial,
  facts,
  since: now,
  version: 0,
  deadlines: [],
  taken: [],
});

/** The duties that a state lays on the parties, each with its instant where a deadline runs. */
export function dutiesOf<
  Name extends string,
  Facts,
  Event extends MachineEvent,
  Code extends string,
>(
  machine: Machine<Name, Facts, Event, Code>,
  state: MachineState<Name, Facts>,
): readonly MachineDuty[] {
  return (machine.duties[state.name] ?? [])
    .filter((rule) => rule.when?.(state.facts) ?? true)
    .map(({ who, what, clause, by }) => {
      const due = state.deadlines.find((deadline) => deadline.name === by)?.dueAt;
      return due === undefined ? { who, what, clause } : { who, what, clause, by: due };
    });
}

/** The deadline whose reaching is told; other events reach none, whatever fields they carry. */
const reachedBy = (event: MachineEvent): string | undefined =>
  event.type === 'deadline_reached' ? (event as DeadlineReached).deadline : undefined;

/** Whether a row is about an event, in whatever state. */
const isAbout = <Name extends string, Facts, Event extends MachineEvent, Code extends string>(
  row: Row<Name, Facts, Event, Code>,
  event: MachineEvent,
): boolean =>
  row.event === event.type && (row.deadline === undefined || row.deadline === reachedBy(event));

/** The row that an event meets in a state: the first of the table that is about it. */
export const rowFor = <Name extends string, Facts, Event extends MachineEvent, Code extends string>(
  machine: Machine<Name, Facts, Event, Code>,
  state: MachineState<Name, Facts>,
  seen: Seen<Facts, Event>,
): Row<Name, Facts, Event, Code> | undefined =>
  machine.rows.find(
    (row) =>
      isAbout(row, seen.event) && row.from.includes(state.name) && (row.when?.(seen) ?? true),
  );

/** What a refusal says: the clause under which the table knows the event, and the field at fault. */
function refusalOf<Name extends string, Facts, Event extends MachineEvent, Code extends string>(
  machine: Machine<Name, Facts, Event, Code>,
  state: MachineState<Name, Facts>,
  event: MachineEvent,
) {
  return (code: StepCode, field: string, more: { deadline?: string; clause?: string } = {}) => {
    const { clause = machine.rows.find((row) => isAbout(row, event))?.clauses[0], ...others } =
      more;
    const facts = { state: state.name, event: event.type, field, ...others };
    return refused(code, clause === undefined ? { facts } : { clause, facts });
  };
}

/** Why an event cannot even be looked at in this state, whatever the rows say. */
function refusalBeforeRows<
  Name extends string,
  Facts,
  Event extends MachineEvent,
  Code extends string,
>(
  machine: Machine<Name, Facts, Event, Code>,
  state: MachineState<Name, Facts>,
  event: Event,
  now: Instant,
) {
  const refuse = refusalOf(machine, state, event);
  if (state.taken.includes(event.id)) return refuse('event_repeated', 'id');
  if (event.happenedAt > now) return refuse('event_ahead_of_clock', 'happenedAt');
  const name = reachedBy(event);
  if (name === undefined) return undefined;
  const deadline = state.deadlines.find((open) => open.name === name);
  if (!deadline) return refuse('deadline_not_open', 'deadline', { deadline: name });
  if (now <= deadline.dueAt)
    return refuse('period_not_over', 'deadline', { clause: deadline.clause });
  return undefined;
}

/** The deadlines that run after `row`, and those among the old ones that it ended. */
function runDeadlines<Name extends string, Facts, Event extends MachineEvent, Code extends string>(
  row: Row<Name, Facts, Event, Code>,
  state: MachineState<Name, Facts>,
  seen: Seen<Facts, Event>,
): { started: readonly Deadline[]; ended: readonly Deadline[]; running: readonly Deadline[] } {
  const started = row.startsDeadlines.flatMap((rule): Deadline[] => {
    const dueAt = rule.dueAt(seen);
    if (dueAt === undefined) return [];
    const name = typeof rule.name === 'string' ? rule.name : rule.name(seen);
    const parameter = rule.parameter === undefined ? {} : { parameter: rule.parameter };
    return [{ name, clause: rule.clause, ...parameter, startsAt: seen.now, dueAt }];
  });
  const gone = new Set([
    ...started.map(({ name }) => name),
    ...(row.endsDeadlines?.(seen) ?? []),
    reachedBy(seen.event),
  ]);
  const keeps = (name: string): boolean => {
    if (gone.has(name)) return false;
    if (row.to === state.name || row.keepsDeadlines === 'all') return true;
    return row.keepsDeadlines?.includes(name) ?? false;
  };
  const ended = state.deadlines.filter(({ name }) => !keeps(name));
  return {
    started,
    ended,
    running: [...state.deadlines.filter(({ name }) => keeps(name)), ...started],
  };
}

/**
 * Takes one event into a state. Answers the next state with what it lays on the parties, or the
 * first refusal in this order: repeated, ahead of the clock, deadline not open or not over, no row
 * for this state, late, the row's own checks from top to bottom. A refusal changes nothing (I6).
 */
export function step<Name extends string, Facts, Event extends MachineEvent, Code extends string>(
  machine: Machine<Name, Facts, Event, Code>,
  state: MachineState<Name, Facts>,
  event: Event,
  now: Instant,
): StepResult<Name, Facts, Code> {
  const early = refusalBeforeRows(machine, state, event, now);
  if (early) return early;
  const seen = { facts: state.facts, event, now, deadlines: state.deadlines };
  const row = rowFor(machine, state, seen);
  const refuse = refusalOf(machine, state, event);
  if (!row) return refuse('event_out_of_order', 'type');
  const limit = state.deadlines.find((open) => open.name === row.within);
  if (row.within !== undefined && !limit) {
    return refuse('deadline_not_open', 'type', { deadline: row.within });
  }
  if (limit && event.happenedAt > limit.dueAt) {
    return refuse('event_late', 'happenedAt', { clause: limit.clause });
  }
  const unmet = row.guard.find((check) => !check.holds(seen));
  if (unmet) {
    const facts = { state: state.name, event: event.type };
    return refused(unmet.refusal, { clause: unmet.clause, facts });
  }
  const { started, ended, running } = runDeadlines(row, state, seen);
  const next: MachineState<Name, Facts> = {
    name: row.to,
    facts: { ...state.facts, ...row.learns?.(seen) },
    since: row.to === state.name ? state.since : now,
    version: state.version + 1,
    deadlines: running,
    taken: [...state.taken, event.id],
  };
  return accepted({
    from: state.name,
    state: next,
    clauses: row.clauses,
    duties: dutiesOf(machine, next),
    notices: row.notices,
    started,
    ended,
    effects: row.effects,
  });
}
