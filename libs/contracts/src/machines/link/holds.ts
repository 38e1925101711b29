import { actsForItself, reasonGiven } from '../checks.js';
import { holdDeadline, linkRow, measureDeadline, type LinkFacts } from './facts.js';
import { LIVE, nameAfter } from './rights.js';

const withoutHold = (facts: LinkFacts, id: string) => ({
  holds: facts.holds.filter((hold) => hold.id !== id),
});

const withoutDue = (facts: LinkFacts, deadline: string) => ({
  holds: facts.holds.filter(({ id }) => holdDeadline(id) !== deadline),
  measures: facts.measures.filter(({ id }) => measureDeadline(id) !== deadline),
});

const announced = ['raise_link_version', 'publish_link_state'] as const;

/** Protective holds as the link sees them (INT-13), what ends by itself, and the end of it all. */
export const holdRows = [
  ...LIVE.flatMap((to) => [
    linkRow({
      from: LIVE,
      event: 'hold_began',
      when: ({ facts, event, now }) =>
        nameAfter({ ...facts, holds: [...facts.holds, event.hold] }, now) === to,
      guard: [
        actsForItself('RKN-0.2'),
        {
          refusal: 'hold_known',
          clause: 'RKN-S4a',
          holds: ({ facts, event }) => facts.holds.every(({ id }) => id !== event.hold.id),
        },
        {
          refusal: 'scope_empty',
          clause: 'RKN-D5',
          holds: ({ event }) => event.hold.removed.length > 0,
        },
        {
          refusal: 'hold_over',
          clause: 'RKN-S4a',
          holds: ({ event, now }) => event.hold.since <= now && now <= event.hold.latestEnd,
        },
      ],
      to,
      clauses: ['RKN-S4a', 'RKN-D5'],
      startsDeadlines: [
        {
          name: ({ event }) => holdDeadline(event.hold.id),
          clause: 'RKN-S4a',
          parameter: 'P.rkn.hold.maxDuration',
          dueAt: ({ event }) => event.hold.latestEnd,
        },
      ],
      keepsDeadlines: 'all',
      effects: ['take_exclusive_link_lock', ...announced, 'freeze_consents'],
      learns: ({ facts, event }) => ({ holds: [...facts.holds, event.hold] }),
    }),
    linkRow({
      from: LIVE,
      event: 'hold_ended',
      when: ({ facts, event, now }) =>
        nameAfter({ ...facts, ...withoutHold(facts, event.holdId) }, now) === to,
      guard: [
        {
          refusal: 'hold_unknown',
          clause: 'RKN-S4a',
          holds: ({ facts, event }) => facts.holds.some(({ id }) => id === event.holdId),
        },
      ],
      to,
      clauses: ['RKN-S4a', 'RKN-D5'],
      keepsDeadlines: 'all',
      endsDeadlines: ({ event }) => [holdDeadline(event.holdId)],
      effects: [...announced, 'thaw_consents'],
      learns: ({ facts, event }) => withoutHold(facts, event.holdId),
    }),
    linkRow({
      from: LIVE,
      event: 'deadline_reached',
      when: ({ facts, event, now }) =>
        nameAfter({ ...facts, ...withoutDue(facts, event.deadline) }, now) === to,
      to,
      clauses: ['RKN-D5'],
      keepsDeadlines: 'all',
      effects: [...announced, 'thaw_consents'],
      learns: ({ facts, event }) => withoutDue(facts, event.deadline),
    }),
  ]),
  linkRow({
    from: LIVE,
    event: 'agreement_ended',
    guard: [reasonGiven('RKN-0.2')],
    to: 'terminated',
    clauses: ['RKN-0.2', 'RKN-D5'],
    notices: [{ kind: 'linkage_terminated', to: 'epsp', clause: 'RKN-0.2' }],
    effects: ['take_exclusive_link_lock', ...announced, 'revoke_consents'],
    learns: ({ event }) => ({ terminatedBecause: event.reason }),
  }),
];
