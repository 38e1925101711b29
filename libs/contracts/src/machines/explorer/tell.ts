import { assert, type Instant } from '#libs/kernel';
import { step, type Machine, type MachineEvent, type MachineState } from '../step.js';
import type { Telling } from './explore.js';

/** When an event is taken in, and what it says; it happened then too unless it says otherwise. */
export type Told<Event> = readonly [at: Instant, event: Telling<Event>];

/**
 * Tells a machine events one after another and answers what the last one led to: `answer` is the
 * name of the state, or the code of the refusal. Throws where an event before the last is refused.
 */
export const tellerOf =
  <Name extends string, Facts, Event extends MachineEvent, Code extends string>(
    machine: Machine<Name, Facts, Event, Code>,
  ) =>
  (state: MachineState<Name, Facts>, ...told: readonly Told<Event>[]) => {
    let current = state;
    let last = {};
    for (const [index, [at, telling]] of told.entries()) {
      const event = { happenedAt: at, ...telling, id: `e${current.version}` } as unknown as Event;
      const result = step(machine, current, event, at);
      if (!result.ok) {
        const { code, clause } = result.refusal;
        assert(index === told.length - 1, `${event.type} was refused: ${code}.`);
        return { answer: code as string, clause, state: current, facts: current.facts };
      }
      current = result.value.state;
      last = result.value;
    }
    return { ...last, answer: current.name as string, state: current, facts: current.facts };
  };
