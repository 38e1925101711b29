import { canonicalJson, type Instant, type Refusal } from '#libs/kernel';
import {
  dutiesOf,
  rowFor,
  step as realStep,
  type Machine,
  type MachineEvent,
  type MachineState,
} from '../step.js';

/** An event without its id: the explorer numbers what it tells. */
export type Telling<Event> = Event extends MachineEvent
  ? Omit<Event, 'id' | 'happenedAt'> & { readonly happenedAt?: Instant }
  : never;

/** What was told and what it led to, for the invariants to look at. */
export interface Edge<Name extends string, Facts, Event extends MachineEvent, Ghost> {
  readonly before: MachineState<Name, Facts>;
  readonly after: MachineState<Name, Facts>;
  readonly event: Event;
  readonly now: Instant;
  readonly clauses: readonly string[];
  readonly effects: readonly string[];
  /** What the events said so far, remembered apart from the machine's own facts. */
  readonly ghost: Ghost;
}

export interface Invariant<Name extends string, Facts, Event extends MachineEvent, Ghost> {
  readonly id: string;
  /** A sentence where the edge breaks it. */
  readonly onEdge?: (edge: Edge<Name, Facts, Event, Ghost>) => string | undefined;
  readonly onState?: (state: MachineState<Name, Facts>, now: Instant) => string | undefined;
}

/** A machine with everything that may be told to it, well-formed and ill-formed, and its laws. */
export interface World<
  Name extends string,
  Facts,
  Event extends MachineEvent,
  Code extends string,
  Ghost,
> {
  readonly name: string;
  readonly machine: Machine<Name, Facts, Event, Code>;
  readonly start: Instant;
  readonly begin: (now: Instant) => MachineState<Name, Facts>;
  readonly tellings: (state: MachineState<Name, Facts>, now: Instant) => readonly Telling<Event>[];
  /** Instants besides the open deadlines to which the clock may move. */
  readonly instants?: (state: MachineState<Name, Facts>, now: Instant) => readonly Instant[];
  readonly ghost: Ghost;
  readonly observe: (ghost: Ghost, edge: Omit<Edge<Name, Facts, Event, Ghost>, 'ghost'>) => Ghost;
  /**
   * How far back the instants of these members are still told apart. All others are equally past, and
   * so is what lies further back: nothing that is decided later depends on it.
   */
  readonly past: { readonly members: readonly string[]; readonly horizonMs: number };
  /**
   * Where several deadlines run beside each other, distances into the future are told apart by this
   * many milliseconds only; every path that is walked is a real one all the same. Absent: by each.
   */
  readonly quantumMs?: number;
  /** Deadlines that another world walks; here they neither move the clock nor tell states apart. */
  readonly leavesAside?: readonly string[];
  /** Counters that only grow and decide nothing are forgotten when states are compared. */
  readonly forget?: (facts: Facts) => unknown;
  readonly invariants: readonly Invariant<Name, Facts, Event, Ghost>[];
  /** I5: from each of `from`, one of `to` can be reached. */
  readonly waysBack: readonly { readonly from: readonly Name[]; readonly to: readonly Name[] }[];
  /** I8: the clauses that give a power, each with the event that exercises it. */
  readonly powers: readonly { readonly clause: string; readonly event: Event['type'] }[];
}

export interface Violation {
  readonly invariant: string;
  readonly what: string;
  /** The shortest way there, one line for each event or move of the clock. */
  readonly path: readonly string[];
}

export interface Report {
  readonly world: string;
  readonly machine: string;
  readonly states: number;
  readonly transitions: number;
  readonly refusals: number;
  readonly names: readonly string[];
  /** Rows of the table that no walk took. */
  readonly rowsNotTaken: readonly string[];
  readonly violations: readonly Violation[];
}

interface Node<Name extends string, Facts, Ghost> {
  readonly state: MachineState<Name, Facts>;
  readonly now: Instant;
  readonly ghost: Ghost;
  readonly path: { readonly line: string; readonly back: Node<Name, Facts, Ghost>['path'] } | null;
  readonly next: Set<string>;
}

const INSTANT_MIN = 1e11;

interface Resolution {
  readonly past: { readonly members: readonly string[]; readonly horizonMs: number };
  readonly quantumMs?: number;
}

/** Instants become distances from now, so that the same situation at another time is the same state. */
function relative(value: unknown, now: Instant, resolution: Resolution, member = ''): unknown {
  const { past, quantumMs = 1 } = resolution;
  if (typeof value === 'number' && value > INSTANT_MIN) {
    const far = past.members.includes(member) ? -past.horizonMs - 1 : -1;
    return value > now ? Math.ceil((value - now) / quantumMs) : Math.max(value - now, far);
  }
  if (Array.isArray(value)) return value.map((item) => relative(item, now, resolution, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, relative(inner, now, resolution, name)]),
  );
}

const pathOf = (node: { readonly path: { line: string; back: unknown } | null }): string[] => {
  const lines: string[] = [];
  let at = node.path as { line: string; back: unknown } | null;
  while (at) {
    lines.unshift(at.line);
    at = at.back as typeof at;
  }
  return lines;
};

/** Beyond this a world is not small any more: its counters or its clock are not bounded. */
const STATES_MAX = 20_000;

/** The walk itself; kept as a class because its parts share the growing graph. */
class Walk<Name extends string, Facts, Event extends MachineEvent, Code extends string, Ghost> {
  private readonly nodes = new Map<string, Node<Name, Facts, Ghost>>();
  private readonly queue: string[] = [];
  private readonly violations = new Map<string, Violation>();
  private readonly taken = new Set<unknown>();
  private readonly exercised = new Set<string>();
  private transitions = 0;
  private refusals = 0;
  private told = 0;

  constructor(
    private readonly world: World<Name, Facts, Event, Code, Ghost>,
    private readonly step: typeof realStep,
    private readonly stopAt: string | undefined,
  ) {}

  run(): Report {
    const { world } = this;
    this.add(
      { state: world.begin(world.start), now: world.start, ghost: world.ghost, path: null },
      undefined,
    );
    for (let at = this.queue.shift(); at !== undefined; at = this.queue.shift()) {
      const node = this.nodes.get(at);
      if (node) this.expand(node);
      if (this.stopAt !== undefined && this.violations.has(this.stopAt)) return this.report();
      if (this.nodes.size > STATES_MAX) {
        this.blame('bounded', `More than ${STATES_MAX} states.`, []);
        break;
      }
    }
    this.judgeTable();
    this.judgeGraph();
    return this.report();
  }

  private report(): Report {
    const { world } = this;
    const { rows } = world.machine;
    return {
      world: world.name,
      machine: world.machine.name,
      states: this.nodes.size,
      transitions: this.transitions,
      refusals: this.refusals,
      names: [...new Set([...this.nodes.values()].map(({ state }) => state.name))].sort(),
      rowsNotTaken: rows
        .map((row, index) => ({ row, says: `${index}: ${row.event} → ${row.to}` }))
        .filter(({ row }) => !this.taken.has(row))
        .map(({ says }) => says),
      violations: [...this.violations.values()],
    };
  }

  /** The first counter-example of an invariant is the shortest, since the walk is breadth-first. */
  private blame(invariant: string, what: string, path: readonly string[]): void {
    if (!this.violations.has(invariant)) this.violations.set(invariant, { invariant, what, path });
  }

  private keyOf(state: MachineState<Name, Facts>, now: Instant, ghost: Ghost): string {
    const { forget } = this.world;
    const facts = forget ? forget(state.facts) : state.facts;
    const deadlines = this.running(state).map(({ name, dueAt }) => ({ name, dueAt }));
    return canonicalJson(relative({ name: state.name, facts, deadlines, ghost }, now, this.world));
  }

  private running(state: MachineState<Name, Facts>) {
    return state.deadlines.filter(({ name }) => !this.world.leavesAside?.includes(name));
  }

  private add(
    node: Omit<Node<Name, Facts, Ghost>, 'next'>,
    from: Node<Name, Facts, Ghost> | undefined,
  ): void {
    const key = this.keyOf(node.state, node.now, node.ghost);
    from?.next.add(key);
    if (this.nodes.has(key)) return;
    this.nodes.set(key, { ...node, next: new Set() });
    this.queue.push(key);
    for (const invariant of this.world.invariants) {
      const broken = invariant.onState?.(node.state, node.now);
      if (broken) this.blame(invariant.id, broken, pathOf(node));
    }
    const isTerminal = this.world.machine.terminal.includes(node.state.name);
    if (!isTerminal && dutiesOf(this.world.machine, node.state).length === 0) {
      this.blame('I4', `${node.state.name} lays a duty on nobody.`, pathOf(node));
    }
  }

  private expand(node: Node<Name, Facts, Ghost>): void {
    const { world } = this;
    const { state, now } = node;
    const instants = [
      ...this.running(state).flatMap(({ dueAt }) => [dueAt, dueAt + 1]),
      ...(world.instants?.(state, now) ?? []),
    ];
    for (const instant of new Set(instants)) {
      if (instant > now) {
        const line = `the clock moves on by ${instant - now} ms`;
        this.add({ ...node, now: instant, path: { line, back: node.path } }, node);
      }
    }
    const due = [...this.running(state).map(({ name }) => name), 'never_opened'];
    const tellings = [
      ...world.tellings(state, now),
      ...due.map((deadline) => ({ type: 'deadline_reached', deadline })),
    ];
    const before = canonicalJson(state);
    for (const telling of tellings) this.tell(node, telling as Telling<Event>);
    if (canonicalJson(state) !== before) {
      this.blame('I6', `A telling changed ${state.name} silently.`, pathOf(node));
    }
  }

  private tell(node: Node<Name, Facts, Ghost>, telling: Telling<Event>): void {
    const { world } = this;
    const { state, now } = node;
    this.told += 1;
    const event = { happenedAt: now, ...telling, id: `e${this.told}` } as unknown as Event;
    const result = this.step(world.machine, state, event, now);
    this.tellTooEarly(node, event);
    if (!result.ok) {
      this.refusals += 1;
      this.judgeRefusal(node, event, result.refusal);
      return;
    }
    this.transitions += 1;
    const { state: after, clauses, effects } = result.value;
    const line = `${event.type} → ${after.name}`;
    const path = { line, back: node.path };
    const seen = { before: state, after, event, now, clauses, effects };
    const edge = { ...seen, ghost: node.ghost };
    this.taken.add(
      rowFor(world.machine, state, {
        facts: state.facts,
        event,
        now,
        deadlines: state.deadlines,
      }),
    );
    for (const clause of clauses) this.exercised.add(`${clause} ${event.type}`);
    for (const invariant of world.invariants) {
      const broken = invariant.onEdge?.(edge);
      if (broken) this.blame(invariant.id, broken, pathOf({ path }));
    }
    if (world.machine.terminal.includes(state.name)) {
      this.blame('I6', `${event.type} moved the terminal state ${state.name}.`, pathOf({ path }));
    }
    const again = this.step(world.machine, after, event, now);
    if (again.ok || again.refusal.code !== 'event_repeated') {
      this.blame('I6', `${event.type} told twice was not refused as repeated.`, pathOf({ path }));
    }
    this.add({ state: after, now, ghost: world.observe(node.ghost, seen), path }, node);
  }

  /** An event from the future is refused, whatever it is. */
  private tellTooEarly(node: Node<Name, Facts, Ghost>, event: Event): void {
    const ahead = { ...event, happenedAt: node.now + 1 };
    const result = this.step(this.world.machine, node.state, ahead, node.now);
    if (result.ok || result.refusal.code !== 'event_ahead_of_clock') {
      this.blame('I6', `${event.type} was taken in before it happened.`, pathOf(node));
    }
  }

  private judgeRefusal(node: Node<Name, Facts, Ghost>, event: Event, refusal: Refusal): void {
    if (!/^[a-z]+(_[a-z]+)*$/.test(refusal.code)) {
      this.blame('I6', `${event.type} was refused without a code.`, pathOf(node));
    }
  }

  /** I7 and I8: what can be read off the table and the edges that were walked. */
  private judgeTable(): void {
    const { rows } = this.world.machine;
    const bare = rows.find(({ clauses }) => clauses.length === 0);
    if (bare) this.blame('I7', `${bare.event} to ${bare.to} cites no clause.`, []);
    for (const { clause, event } of this.world.powers) {
      if (!this.exercised.has(`${clause} ${event}`)) {
        this.blame('I8', `No ${event} exercises ${clause}.`, []);
      }
    }
  }

  /** I4 and I5: where one can still get to, computed backwards over the whole graph. */
  private judgeGraph(): void {
    const backwards = new Map<string, string[]>();
    for (const [key, node] of this.nodes) {
      for (const next of node.next) backwards.set(next, [...(backwards.get(next) ?? []), key]);
    }
    const reaching = (targets: readonly string[]): Set<string> => {
      const seen = new Set(targets);
      const open = [...targets];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const from of backwards.get(at) ?? []) {
          if (!seen.has(from)) {
            seen.add(from);
            open.push(from);
          }
        }
      }
      return seen;
    };
    this.judgeExits(reaching);
    for (const { from, to } of this.world.waysBack) {
      const targets = [...this.nodes].filter(([, { state }]) => to.includes(state.name));
      const good = reaching(targets.map(([key]) => key));
      for (const [key, node] of this.nodes) {
        if (from.includes(node.state.name) && !good.has(key)) {
          this.blame('I5', `No way back from ${node.state.name}.`, pathOf(node));
          break;
        }
      }
    }
  }

  private judgeExits(reaching: (targets: readonly string[]) => Set<string>): void {
    const leaving = [...this.nodes].filter(([, node]) =>
      [...node.next].some((key) => this.nodes.get(key)?.state.name !== node.state.name),
    );
    const canLeave = reaching(leaving.map(([key]) => key));
    const { terminal, resting } = this.world.machine;
    const mayStay = new Set([...terminal, ...(resting ?? [])]);
    for (const [key, node] of this.nodes) {
      if (!mayStay.has(node.state.name) && !canLeave.has(key)) {
        this.blame('I4', `${node.state.name} has no exit.`, pathOf(node));
        return;
      }
    }
  }
}

/**
 * Walks every reachable state of a world breadth-first over its states, deadlines and notices, and
 * judges the invariants on the way. A broken `step` may be handed in, to see what notices it; with
 * `stopAt` the walk ends at the first violation of that invariant, as a search for one does.
 */
export const explore = <
  Name extends string,
  Facts,
  Event extends MachineEvent,
  Code extends string,
  Ghost,
>(
  world: World<Name, Facts, Event, Code, Ghost>,
  options: { readonly step?: typeof realStep; readonly stopAt?: string } = {},
): Report => new Walk(world, options.step ?? realStep, options.stopAt).run();
