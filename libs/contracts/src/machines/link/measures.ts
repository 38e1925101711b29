import type { Instant } from '#libs/kernel';
import { noticeArrivedBefore } from '../../conditions/notice-arrived-before.js';
import { periodIsOver } from '../../conditions/period-is-over.js';
import { removesEverything } from '../../facts/linkage.js';
import { actsForItself, groundsGiven, isWritten, reasonGiven, twoPeopleActed } from '../checks.js';
import type { Seen } from '../step.js';
import { linkRow, measureDeadline, type LinkEvent, type LinkFacts } from './facts.js';
import { LIVE, nameAfter } from './rights.js';

type Committed = Extract<LinkEvent, { type: 'measure_committed' }>;
type SeenMeasure = Seen<LinkFacts, Committed>;

const withMeasure = ({ facts, event, now }: SeenMeasure) => ({
  measures: [
    ...facts.measures,
    {
      id: event.measureId,
      basis: event.basis,
      removed: event.removed,
      since: now,
      ...(event.until === undefined ? {} : { until: event.until }),
    },
  ],
});

const withoutMeasure = (facts: LinkFacts, id: string) => ({
  measures: facts.measures.filter((measure) => measure.id !== id),
});

type Extended = Extract<LinkEvent, { type: 'measure_extended' }>;

const withLongerMeasure = (facts: LinkFacts, { measureId, until }: Extended) => ({
  measures: facts.measures.map((one) => (one.id === measureId ? { ...one, until } : one)),
});

/** In force now: one that is past its own end is over, whatever the job has told (I9). */
const lasts = (facts: LinkFacts, id: string, now: Instant) =>
  facts.measures.find((one) => one.id === id && (one.until === undefined || now <= one.until));

const longerIfItLasts = (facts: LinkFacts, event: Extended, now: Instant) =>
  lasts(facts, event.measureId, now) ? withLongerMeasure(facts, event) : {};

/** The order of RKN-S4a–c and RKN-C2a–b, checked in the order in which the clauses stand. */
const mayBeCommitted = (clause: 'RKN-S4c' | 'RKN-C2b') =>
  [
    actsForItself('RKN-0.2'),
    {
      refusal: 'measure_known',
      clause,
      holds: ({ facts, event }: SeenMeasure) =>
        facts.measures.every(({ id }) => id !== event.measureId),
    },
    groundsGiven(clause),
    twoPeopleActed(clause),
    {
      refusal: 'demand_not_arrived',
      clause: clause === 'RKN-S4c' ? 'RKN-S4a' : 'RKN-C2a',
      holds: ({ event: { authority } }: SeenMeasure) =>
        isWritten(authority.originId) && authority.originArrivedAt < authority.originDueAt,
    },
    {
      refusal: 'period_not_over',
      clause: clause === 'RKN-S4c' ? 'RKN-S4b' : 'RKN-C2b',
      holds: ({ event, now }: SeenMeasure) => periodIsOver(event.authority.originDueAt, now),
    },
    {
      refusal: 'judged_before_period_over',
      clause: clause === 'RKN-S4c' ? 'RKN-S4b' : 'RKN-C2b',
      holds: ({ event: { authority }, now }: SeenMeasure) =>
        periodIsOver(authority.originDueAt, authority.failureFoundAt) &&
        authority.failureFoundAt <= now,
    },
    {
      refusal: 'parameter_unset',
      clause,
      holds: ({ event }: SeenMeasure) => (event.authority.noticeLeadHours ?? 0) > 0,
    },
    {
      refusal: 'notice_not_delivered',
      clause,
      holds: ({ event: { authority }, now }: SeenMeasure) =>
        noticeArrivedBefore(authority.noticeArrivedAt, now, authority.noticeLeadHours ?? 0),
    },
    {
      refusal: 'scope_empty',
      clause: 'RKN-D5',
      holds: ({ event }: SeenMeasure) => event.removed.length > 0,
    },
    {
      refusal: 'deadline_in_the_past',
      clause,
      holds: ({ event, now }: SeenMeasure) => event.until === undefined || event.until > now,
    },
    {
      // A restriction leaves something: what takes all is a suspension and is called so (I10).
      refusal: 'scope_is_everything',
      clause,
      holds: ({ event }: SeenMeasure) =>
        event.kind !== 'restriction' || !removesEverything(event.removed),
    },
    {
      refusal: 'scope_not_everything',
      clause,
      holds: ({ event }: SeenMeasure) =>
        event.kind !== 'suspension' || removesEverything(event.removed),
    },
  ] as const;

const announced = ['raise_link_version', 'publish_link_state', 'inform_holders'] as const;

/** The end of a measure moves further away, and nothing else of it changes. Something stays taken: never `active`. */
const extensionRows = (['restricted', 'suspended'] as const).map((to) =>
  linkRow({
    from: LIVE,
    event: 'measure_extended',
    when: ({ facts, event, now }) =>
      nameAfter({ ...facts, ...longerIfItLasts(facts, event, now) }, now) === to,
    guard: [
      actsForItself('RKN-0.2'),
      {
        refusal: 'measure_unknown',
        clause: 'RKN-S4c',
        holds: ({ facts, event, now }) => lasts(facts, event.measureId, now) !== undefined,
      },
      groundsGiven('RKN-S4c'),
      twoPeopleActed('RKN-S4c'),
      {
        // One without an end of its own needs none to be moved.
        refusal: 'deadline_in_the_past',
        clause: 'RKN-S4c',
        holds: ({ facts, event, now }) =>
          event.until > (lasts(facts, event.measureId, now)?.until ?? Infinity),
      },
    ],
    to,
    clauses: ['RKN-S4c', 'RKN-C2b'],
    startsDeadlines: [
      {
        name: ({ event }) => measureDeadline(event.measureId),
        clause: 'RKN-S4c',
        dueAt: ({ event }) => event.until,
      },
    ],
    keepsDeadlines: 'all',
    effects: ['take_exclusive_link_lock', 'raise_link_version', 'publish_link_state'],
    learns: ({ facts, event }) => withLongerMeasure(facts, event),
  }),
);

/** Measures come under one of two clauses, and each ends by itself or by an act of two people. */
const rowsOfMeasures = LIVE.flatMap((to) => [
  ...(['RKN-S4c', 'RKN-C2b'] as const).map((clause) =>
    linkRow({
      from: LIVE,
      event: 'measure_committed',
      when: (seen) =>
        seen.event.basis === clause &&
        nameAfter({ ...seen.facts, ...withMeasure(seen) }, seen.now) === to,
      guard: mayBeCommitted(clause),
      to,
      clauses: [clause, 'RKN-D5'],
      notices: [{ kind: 'measure_in_force', to: 'epsp', clause }],
      startsDeadlines: [
        {
          name: ({ event }) => measureDeadline(event.measureId),
          clause,
          dueAt: ({ event }) => event.until,
        },
      ],
      keepsDeadlines: 'all',
      effects: ['take_exclusive_link_lock', ...announced, 'freeze_consents'],
      learns: withMeasure,
    }),
  ),
  linkRow({
    from: LIVE,
    event: 'measure_lifted',
    when: ({ facts, event, now }) =>
      nameAfter({ ...facts, ...withoutMeasure(facts, event.measureId) }, now) === to,
    guard: [
      actsForItself('RKN-0.2'),
      {
        refusal: 'measure_unknown',
        clause: 'RKN-S4c',
        holds: ({ facts, event }) => facts.measures.some(({ id }) => id === event.measureId),
      },
      reasonGiven('RKN-S4c'),
      twoPeopleActed('RKN-S4c'),
    ],
    to,
    clauses: ['RKN-S4c', 'RKN-C2b'],
    notices: [{ kind: 'measure_lifted', to: 'epsp', clause: 'RKN-S4c' }],
    keepsDeadlines: 'all',
    endsDeadlines: ({ event }) => [measureDeadline(event.measureId)],
    effects: [...announced, 'thaw_consents'],
    learns: ({ facts, event }) => withoutMeasure(facts, event.measureId),
  }),
]);

export const measureRows = [...rowsOfMeasures, ...extensionRows];
