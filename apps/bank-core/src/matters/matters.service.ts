import { Inject, Injectable, Optional } from '@nestjs/common';
import type { MachineEvent, MachineState, Stepped, StepResult } from '#libs/contracts';
import { assert, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import {
  beginMatter,
  dueDeadlines,
  lockMatter,
  matterEvents,
  mattersNaming,
  mattersOf,
  readMatter,
  storeDeadlines,
  storeStep,
  type DueDeadline,
  type MatterEvent,
  type MatterName,
  type NamingMatter,
} from './storage/matter.store.pg.js';

/** A step that was taken, on its way to the room that does what it asks for. */
export interface TakenStep<Name extends string, Facts, Event> {
  readonly matter: MatterName;
  readonly event: Event;
  readonly stepped: Stepped<Name, Facts>;
  readonly at: Instant;
}

/** A machine in the hands of the room that does what its steps ask for. */
export interface KeptMachine<
  Name extends string = string,
  Facts extends object = object,
  Event extends MachineEvent = MachineEvent,
  Code extends string = string,
> {
  readonly machine: { readonly name: string; readonly terminal: readonly string[] };
  step(state: MachineState<Name, Facts>, event: Event, now: Instant): StepResult<Name, Facts, Code>;
  /** The state before anything has happened. */
  begin(matter: MatterName, now: Instant): MachineState<Name, Facts>;
  /** Notices and effects of a step, in its transaction; throwing takes the step back. */
  onStep(tx: Transaction, taken: TakenStep<Name, Facts, Event>): Promise<void>;
}

type StateOf<Kept extends KeptMachine> = ReturnType<Kept['begin']>;
type EventOf<Kept extends KeptMachine> = Parameters<Kept['step']>[1];
type AnswerOf<Kept extends KeptMachine> = ReturnType<Kept['step']>;

const LOOK_EVERY_MS = 15_000;
const TOLD_AT_ONCE = 200;

/** Where matters stand, and the only way to move one: an event that its machine accepts (RKN-S4, RKN-C2, RKN-L). */
@Injectable()
export class MattersService {
  private readonly kept = new Map<string, KeptMachine>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    // A command has no jobs: deadlines are told by the server.
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(LOOK_EVERY_MS, { name: 'matters', run: () => this.tellDeadlines() });
  }

  register(kept: KeptMachine): void {
    const { name } = kept.machine;
    assert(!this.kept.has(name), `The machine ${name} has one room.`);
    this.kept.set(name, kept);
  }

  /**
   * Tells a matter what happened, in a transaction that has entered its institution. What the machine refuses
   * changes nothing; what it accepts is stored with its deadlines before the room's own part runs.
   */
  async tell<Kept extends KeptMachine>(
    tx: Transaction,
    kept: Kept,
    matter: MatterName,
    event: EventOf<Kept>,
    at: Instant,
  ): Promise<AnswerOf<Kept>> {
    const known =
      (await lockMatter(tx, matter)) ?? (await beginMatter(tx, matter, kept.begin(matter, at)));
    assert(known, `The matter ${matter.machine} ${matter.key} has begun.`);
    const result = kept.step(known, event, at);
    if (!result.ok) return result as AnswerOf<Kept>;
    const { state, clauses } = result.value;
    await storeStep(tx, matter, { state, event, clauses, at });
    await storeDeadlines(tx, matter, state.deadlines);
    await kept.onStep(tx, { matter, event, stepped: result.value, at });
    return result as AnswerOf<Kept>;
  }

  /** What the machine would say, without anything being stored: for a proposal or a what-if. */
  async wouldSay<Kept extends KeptMachine>(
    tx: Transaction,
    kept: Kept,
    matter: MatterName,
    event: EventOf<Kept>,
    at: Instant,
  ): Promise<AnswerOf<Kept>> {
    return kept.step(await this.state(tx, kept, matter, at), event, at) as AnswerOf<Kept>;
  }

  async state<Kept extends KeptMachine>(
    tx: Transaction,
    kept: Kept,
    matter: MatterName,
    at: Instant,
  ): Promise<StateOf<Kept>> {
    return ((await readMatter(tx, matter)) ?? kept.begin(matter, at)) as StateOf<Kept>;
  }

  /** Every matter of a machine at the institution that the transaction has entered, by key. */
  async all<Kept extends KeptMachine>(
    tx: Transaction,
    kept: Kept,
  ): Promise<{ key: string; state: StateOf<Kept> }[]> {
    return (await mattersOf(tx, kept.machine.name)) as { key: string; state: StateOf<Kept> }[];
  }

  history(tx: Transaction, matter: MatterName): Promise<MatterEvent[]> {
    return matterEvents(tx, matter);
  }

  /**
   * Matters of an owner at the institution that the transaction has entered in which an event has named one of these
   * words, with when each last moved, and whether it has come to its end.
   */
  async naming(
    tx: Transaction,
    owner: string,
    words: readonly string[],
  ): Promise<(NamingMatter & { readonly isOver: boolean })[]> {
    const found = await mattersNaming(tx, owner, words);
    return found.map((one) => ({
      ...one,
      isOver: this.kept.get(one.machine)?.machine.terminal.includes(one.state.name) ?? false,
    }));
  }

  /** Tells each machine of the deadlines that have passed; each in a transaction of its own. */
  async tellDeadlines(): Promise<void> {
    const machines = [...this.kept.keys()];
    if (machines.length === 0) return;
    for (const { id } of await this.institutions.all()) {
      const at = await this.clock.now();
      const due = await this.database.inInstitution(id, (tx) =>
        dueDeadlines(tx, id, machines, at, TOLD_AT_ONCE),
      );
      for (const one of due) await this.tellDeadline(one, at);
    }
  }

  private async tellDeadline(due: DueDeadline, at: Instant): Promise<void> {
    const kept = this.kept.get(due.machine);
    assert(kept, `Nobody keeps the machine ${due.machine}.`);
    const { institutionId, machine, key, deadline, dueAt } = due;
    const event = {
      type: 'deadline_reached',
      id: `deadline:${deadline}:${dueAt}`,
      happenedAt: at,
      deadline,
    };
    await this.database.inInstitution(institutionId, async (tx) => {
      const result = await this.tell(tx, kept, { institutionId, machine, key }, event, at);
      // Somebody else told it, or it ended meanwhile: the row has gone with that.
      if (result.ok) return;
      const isOver = ['event_repeated', 'deadline_not_open'].includes(result.refusal.code);
      assert(isOver, `${machine} ${key} refused its own deadline: ${result.refusal.code}`);
    });
  }
}
