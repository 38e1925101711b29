import { describe, expect, test } from '@jest/globals';
import {
  begin,
  dutiesOf,
  rowsOf,
  step,
  type DeadlineReached,
  type Machine,
  type MachineEvent,
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

describe('one pure step over a transition table', () => {
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
