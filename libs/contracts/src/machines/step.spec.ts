import { describe, expect, test } from '@jest/globals';
import {
  begin,
  dutiesOf,
  rowsOf,
  step,
  type DeadlineReached,
  type Machine,
  type MachineEvent,
  type MachineState,
} from './step.js';

type Event =
  | (MachineEvent<'opened'> & { readonly days: number })
  | MachineEvent<'answered'>
  | MachineEvent<'noted'>
  | DeadlineReached;
const row = rowsOf<'idle' | 'open' | 'done', { readonly notes: number }, Event, 'days_missing'>();

const machine: Machine<
  'idle' | 'open' | 'done',
  { readonly notes: number },
  Event,
  'days_missing'
> = {
  name: 'example',
  initial: 'idle',
  terminal: ['done'],
  rows: [
    row({
      from: ['idle'],
      event: 'opened',
      guard: [{ refusal: 'days_missing', clause: 'X-1', holds: ({ event }) => event.days > 0 }],
      to: 'open',
      clauses: ['X-1'],
      notices: [{ kind: 'opened', to: 'epsp', clause: 'X-1' }],
      startsDeadlines: [
        { name: 'answer', clause: 'X-2', dueAt: ({ event, now }) => now + event.days },
      ],
      effects: ['lock'],
    }),
    row({
      from: ['open'],
      event: 'noted',
      to: 'open',
      clauses: ['X-1'],
      learns: ({ facts }) => ({ notes: facts.notes + 1 }),
    }),
    row({ from: ['open'], event: 'answered', within: 'answer', to: 'done', clauses: ['X-2'] }),
    row({ from: ['open'], event: 'deadline_reached', to: 'idle', clauses: ['X-2'] }),
  ],
  duties: {
    open: [{ who: 'epsp', what: { ja: '答える。', en: 'Answer.' }, by: 'answer', clause: 'X-2' }],
  },
};
const idle = begin(machine, { notes: 0 }, 100);
const opened = step(machine, idle, { type: 'opened', id: 'a', happenedAt: 100, days: 10 }, 100);
if (!opened.ok) throw new Error('The example does not open.');
const open = opened.value.state;
const reached = (id: string): DeadlineReached => ({
  type: 'deadline_reached',
  id,
  happenedAt: 100,
  deadline: 'answer',
});

const parties = { ja: '待つ。', en: 'Wait.' };
const waitingRow = rowsOf<'calm' | 'busy', { readonly seen: string }, Waiting, never>();
type Waiting =
  | (MachineEvent<'began'> & { readonly until?: number; readonly deadline?: string })
  | MachineEvent<'passed'>
  | DeadlineReached;

/** Two deadlines, one of them with a parameter, and every way of keeping and ending them. */
const waiting: Machine<'calm' | 'busy', { readonly seen: string }, Waiting, never> = {
  name: 'waiting',
  initial: 'calm',
  terminal: [],
  rows: [
    waitingRow({
      from: ['calm'],
      event: 'began',
      to: 'busy',
      clauses: ['X-3'],
      startsDeadlines: [
        { name: 'short', clause: 'X-3', parameter: 'P.x', dueAt: () => 110 },
        { name: 'long', clause: 'X-4', dueAt: ({ event }) => event.until },
      ],
    }),
    waitingRow({
      from: ['busy'],
      event: 'began',
      to: 'busy',
      clauses: ['X-3'],
      learns: () => ({ seen: 'began again' }),
    }),
    waitingRow({
      from: ['busy'],
      event: 'deadline_reached',
      deadline: 'long',
      to: 'calm',
      clauses: ['X-6'],
      keepsDeadlines: 'all',
      learns: () => ({ seen: 'long' }),
    }),
    waitingRow({
      from: ['busy', 'calm'],
      event: 'deadline_reached',
      to: 'calm',
      clauses: ['X-3'],
      keepsDeadlines: ['long'],
      learns: () => ({ seen: 'another' }),
    }),
    waitingRow({
      from: ['busy', 'calm'],
      event: 'passed',
      within: 'long',
      to: 'calm',
      clauses: ['X-5'],
    }),
  ],
  duties: {
    busy: [
      { who: 'holder', what: parties, by: 'long', clause: 'X-4' },
      { who: 'epsp', what: parties, clause: 'X-3' },
    ],
  },
};
const busy = (until?: number) =>
  accept(begin(waiting, { seen: 'nothing' }, 100), {
    type: 'began',
    id: 'k',
    happenedAt: 100,
    ...(until === undefined ? {} : { until }),
  });
function accept(state: MachineState<'calm' | 'busy', { readonly seen: string }>, event: Waiting) {
  const result = step(waiting, state, event, 1000);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}
const endOf = (deadline: string): DeadlineReached => ({
  type: 'deadline_reached',
  id: `end-${deadline}`,
  happenedAt: 1000,
  deadline,
});

describe('one pure step over a transition table', () => {
  test('a machine begins in its first state, with nothing told and nothing due', () => {
    expect(begin(machine, { notes: 0 }, 100)).toStrictEqual({
      name: 'idle',
      facts: { notes: 0 },
      since: 100,
      version: 0,
      deadlines: [],
      taken: [],
    });
  });

  test('an accepted event answers state, duties, notices, deadlines, effects and clauses', () => {
    expect(opened.value).toMatchObject({
      from: 'idle',
      clauses: ['X-1'],
      duties: [{ who: 'epsp', by: 110, clause: 'X-2' }],
      notices: [{ kind: 'opened', to: 'epsp' }],
      started: [{ name: 'answer', startsAt: 100, dueAt: 110 }],
      effects: ['lock'],
    });
    expect(open).toMatchObject({ name: 'open', version: 1, since: 100, taken: ['a'] });
    expect(dutiesOf(machine, idle)).toEqual([]);
  });

  test.each([
    ['event_repeated', open, { type: 'noted', id: 'a', happenedAt: 100 }, 101],
    ['event_ahead_of_clock', open, { type: 'noted', id: 'b', happenedAt: 102 }, 101],
    ['deadline_not_open', idle, reached('c'), 500],
    ['period_not_over', open, reached('d'), 110],
    ['event_out_of_order', idle, { type: 'answered', id: 'e', happenedAt: 100 }, 101],
    ['event_late', open, { type: 'answered', id: 'f', happenedAt: 111 }, 111],
    ['days_missing', idle, { type: 'opened', id: 'g', happenedAt: 100, days: 0 }, 101],
  ] as const)('I6 a refusal %s is typed and changes nothing', (code, state, event, now) => {
    const before = JSON.stringify(state);
    expect(step(machine, state, event, now)).toMatchObject({ ok: false, refusal: { code } });
    expect(JSON.stringify(state)).toBe(before);
  });

  test('what happened in time counts although it is taken in later', () => {
    const event = { type: 'answered', id: 'h', happenedAt: 110 } as const;
    expect(step(machine, open, event, 999)).toMatchObject({
      ok: true,
      value: { state: { name: 'done', since: 999, deadlines: [] }, ended: [{ name: 'answer' }] },
    });
  });

  test('staying keeps the deadline and the instant of entry; leaving ends the deadline', () => {
    const noted = step(machine, open, { type: 'noted', id: 'i', happenedAt: 105 }, 105);
    expect(noted).toMatchObject({
      ok: true,
      value: { state: { since: 100, facts: { notes: 1 }, deadlines: [{ name: 'answer' }] } },
    });
    expect(step(machine, open, reached('j'), 111)).toMatchObject({
      ok: true,
      value: { state: { name: 'idle', deadlines: [] }, ended: [{ name: 'answer' }] },
    });
  });
});

describe('the deadlines of a step', () => {
  const short = { name: 'short', clause: 'X-3', parameter: 'P.x', startsAt: 1000, dueAt: 110 };
  const long = { name: 'long', clause: 'X-4', startsAt: 1000, dueAt: 120 };
  const names = (deadlines: readonly { readonly name: string }[]) =>
    deadlines.map(({ name }) => name);

  test('a row tells the parameter on which a deadline rests, where there is one', () => {
    expect(busy(120).started).toStrictEqual([short, long]);
  });

  test('where an event gives no instant, that deadline does not start', () => {
    expect(busy().started).toStrictEqual([short]);
    expect(busy().state.deadlines).toStrictEqual([short]);
  });

  test('a duty has the instant of its own deadline while it runs, and none otherwise', () => {
    const holder = { who: 'holder', what: parties, clause: 'X-4' };
    const epsp = { who: 'epsp', what: parties, clause: 'X-3' };
    expect(busy(120).duties).toStrictEqual([{ ...holder, by: 120 }, epsp]);
    expect(busy().duties).toStrictEqual([holder, epsp]);
  });

  //  reached  the row it meets  what ends           what runs on
  test.each([
    ['long', 'long', ['long'], ['short']],
    ['short', 'another', ['short'], ['long']],
  ])('the end of %s meets the row that is about it, and ends no other', (...row) => {
    const [reached, seen, ended, left] = row;
    const stepped = accept(busy(120).state, endOf(reached));
    expect(stepped.state.facts.seen).toBe(seen);
    expect([names(stepped.ended), names(stepped.state.deadlines)]).toEqual([ended, left]);
  });

  test('only the end of a deadline ends it, whatever else an event says of one', () => {
    const event = { type: 'began', id: 'l', happenedAt: 100, deadline: 'short' } as const;
    const stepped = accept(busy(120).state, event);
    expect(stepped.state.facts.seen).toBe('began again');
    expect([names(stepped.ended), names(stepped.state.deadlines)]).toEqual([[], ['short', 'long']]);
  });

  test('what must happen within a deadline cannot happen while none is open', () => {
    const passed = { type: 'passed', id: 'm', happenedAt: 100 } as const;
    expect(step(waiting, busy().state, passed, 1000)).toEqual({
      ok: false,
      refusal: {
        code: 'deadline_not_open',
        clause: 'X-5',
        facts: { state: 'busy', event: 'passed', field: 'type', deadline: 'long' },
      },
    });
    expect(accept(busy(120).state, passed).state.name).toBe('calm');
  });
});

describe('I6 what a refusal says', () => {
  const noted = { type: 'noted', id: 'a', happenedAt: 100 } as const;
  const told = (event: string, more: object, state = 'open') => ({ state, event, ...more });
  //  code                    the state, the event, and when               clause  facts
  test.each([
    ['event_repeated', open, noted, 101, 'X-1', told('noted', { field: 'id' })],
    [
      'event_ahead_of_clock',
      open,
      { ...noted, id: 'b' },
      99,
      'X-1',
      told('noted', { field: 'happenedAt' }),
    ],
    [
      'event_out_of_order',
      idle,
      { ...noted, id: 'b' },
      101,
      'X-1',
      told('noted', { field: 'type' }, 'idle'),
    ],
    [
      'deadline_not_open',
      idle,
      reached('c'),
      500,
      'X-2',
      told('deadline_reached', { field: 'deadline', deadline: 'answer' }, 'idle'),
    ],
    [
      'period_not_over',
      open,
      reached('d'),
      110,
      'X-2',
      told('deadline_reached', { field: 'deadline' }),
    ],
    [
      'event_late',
      open,
      { type: 'answered', id: 'e', happenedAt: 111 },
      111,
      'X-2',
      told('answered', { field: 'happenedAt' }),
    ],
    [
      'days_missing',
      idle,
      { type: 'opened', id: 'f', happenedAt: 100, days: 0 },
      101,
      'X-1',
      told('opened', {}, 'idle'),
    ],
  ] as const)(
    '%s names the state, the event and the clause',
    (code, state, event, now, ...said) => {
      const [clause, facts] = said;
      expect(step(machine, state, event, now)).toEqual({
        ok: false,
        refusal: { code, clause, facts },
      });
    },
  );

  test('an end of a deadline is told under the clause of the row that is about it', () => {
    const { state } = busy();
    expect(step(waiting, state, endOf('long'), 1000)).toMatchObject({
      refusal: { code: 'deadline_not_open', clause: 'X-6' },
    });
    expect(step(waiting, begin(waiting, state.facts, 0), endOf('short'), 1000)).toMatchObject({
      refusal: { code: 'deadline_not_open', clause: 'X-3' },
    });
  });

  test('what is too early or too late is told under the clause of the deadline itself', () => {
    const { state } = busy(1200);
    expect(step(waiting, state, endOf('long'), 1200)).toMatchObject({
      refusal: { code: 'period_not_over', clause: 'X-4' },
    });
    const passed = { type: 'passed', id: 'm', happenedAt: 1201 } as const;
    expect(step(waiting, state, passed, 1201)).toMatchObject({
      refusal: { code: 'event_late', clause: 'X-4' },
    });
  });

  test('an event of which the table knows nothing stands under no clause', () => {
    const unheard = { type: 'sung', id: 'n', happenedAt: 100 } as unknown as Waiting;
    const refused = step(waiting, busy().state, unheard, 1000);
    expect(refused).toStrictEqual({
      ok: false,
      refusal: {
        code: 'event_out_of_order',
        facts: { state: 'busy', event: 'sung', field: 'type' },
      },
    });
  });
});
