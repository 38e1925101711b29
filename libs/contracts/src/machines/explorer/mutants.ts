import { accepted } from '#libs/kernel';
import { step, type MachineEvent, type Row } from '../step.js';
import type { World } from './explore.js';

type Rows<N extends string, F, E extends MachineEvent, C extends string> = readonly Row<
  N,
  F,
  E,
  C
>[];

/** A world whose table was changed: what the explorer must notice. */
const withTable = <N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
  change: (rows: Rows<N, F, E, C>) => Rows<N, F, E, C>,
): World<N, F, E, C, G> => ({
  ...world,
  machine: { ...world.machine, rows: change(world.machine.rows) },
});

/** The guard that refuses with `code` is taken out of every row. */
export const withoutCheck = <N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
  ...codes: readonly C[]
): World<N, F, E, C, G> =>
  withTable(world, (rows) =>
    rows.map((row) => ({
      ...row,
      guard: row.guard.filter(({ refusal }) => !codes.includes(refusal)),
    })),
  );

/** Every row of that event is taken out. */
export const withoutEvent = <N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
  ...events: readonly E['type'][]
): World<N, F, E, C, G> =>
  withTable(world, (rows) => rows.filter(({ event }) => !events.includes(event)));

/** The rows of that event lose their clauses. */
export const withoutClauses = <N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
  event: E['type'],
): World<N, F, E, C, G> =>
  withTable(world, (rows) =>
    rows.map((row) => (row.event === event ? { ...row, clauses: [] } : row)),
  );

/** What happened after its deadline is taken in like anything else. */
export const withoutLimits = <N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
): World<N, F, E, C, G> =>
  withTable(world, (rows) => rows.map(({ within: _within, ...row }) => row));

/** A state owes nobody anything any more. */
export const withoutDuties = <N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
  name: N,
): World<N, F, E, C, G> => ({
  ...world,
  machine: { ...world.machine, duties: { ...world.machine.duties, [name]: [] } },
});

/** A step that forgets which events it has taken, so that one told twice is taken twice. */
export const forgetfulStep: typeof step = (machine, state, event, now) =>
  step(machine, { ...state, taken: [] }, event, now);

/** A step that takes an event it has no row for, and stays where it is. */
export const obligingStep: typeof step = (machine, state, event, now) => {
  const result = step(machine, state, event, now);
  if (result.ok || result.refusal.code !== 'event_repeated') return result;
  return accepted({
    from: state.name,
    state,
    clauses: [],
    duties: [],
    notices: [],
    started: [],
    ended: [],
    effects: [],
  });
};

/** A step that believes events from the future. */
export const credulousStep: typeof step = (machine, state, event, now) =>
  step(machine, state, { ...event, happenedAt: Math.min(event.happenedAt, now) }, now);
