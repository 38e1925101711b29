import { endOfPeriod } from '../../conditions/period-is-over.js';
import {
  actsForItself,
  daysAreSet,
  endsLater,
  groundsGiven,
  isWritten,
  reasonGiven,
  twoPeopleActed,
} from '../checks.js';
import {
  announce,
  leadIsOverAt,
  mayBeAnnounced,
  mayFollowNotice,
  ofThisMeasure,
  ofThisNotice,
} from '../measure.js';
import type { Seen } from '../step.js';
import {
  chainRow,
  requestClosed,
  WATCHED,
  type ChainEvent,
  type ChainFacts,
  type StopRequest,
} from './facts.js';

const STOPPED = ['LINK_RESTRICTED', 'LINK_SUSPENDED'] as const;
const KIND = { LINK_RESTRICTED: 'restriction', LINK_SUSPENDED: 'suspension' } as const;
const kept = { keepsDeadlines: ['contract_term'] } as const;

/** The request with its arrival and the end of the period that runs from it. */
const arrivedRequest = ({
  facts: { request },
  event: { happenedAt },
}: Seen<ChainFacts, ChainEvent>): StopRequest | undefined =>
  request && {
    ...request,
    arrivedAt: happenedAt,
    dueAt: endOfPeriod(happenedAt, request.periodDays),
  };

/** The request with so many days more, reckoned from its arrival as before. */
const extendedRequest = ({
  facts: { request },
  event: { addedDays = 0 },
}: {
  readonly facts: ChainFacts;
  readonly event: { readonly addedDays?: number };
}): StopRequest | undefined => {
  if (request?.arrivedAt === undefined) return request;
  const periodDays = request.periodDays + addedDays;
  return { ...request, periodDays, dueAt: endOfPeriod(request.arrivedAt, periodDays) };
};

const ofThisRequest = {
  refusal: 'another_request',
  clause: 'RKN-C2a',
  holds: ({
    facts,
    event,
  }: {
    readonly facts: ChainFacts;
    readonly event: { readonly requestId: string };
  }) => facts.request?.id === event.requestId,
} as const;

/** RKN-C2a and C2c: the request to stop one partner, with its reason, and its period. */
const requestRows = [
  chainRow({
    from: WATCHED,
    event: 'stop_demanded',
    guard: [
      actsForItself('RKN-0.2'),
      groundsGiven('RKN-C2a'),
      twoPeopleActed('RKN-C2a'),
      {
        refusal: 'explanation_required',
        clause: 'RKN-C2c',
        holds: ({ event }) => isWritten(event.explanation) || isWritten(event.withheldBecause),
      },
      daysAreSet('periodDays', 'RKN-C2a'),
    ],
    to: 'STOP_DEMANDED',
    clauses: ['RKN-C2a', 'RKN-C2c'],
    notices: [{ kind: 'stop_request', to: 'epsp', clause: 'RKN-C2a' }],
    ...kept,
    learns: ({ event }) => ({
      request: { id: event.requestId, ground: event.ground, periodDays: event.periodDays ?? 0 },
    }),
  }),
  chainRow({
    from: ['STOP_DEMANDED'],
    event: 'stop_request_arrived',
    when: ({ facts }) => facts.request?.arrivedAt === undefined,
    guard: [ofThisRequest],
    to: 'STOP_DEMANDED',
    clauses: ['RKN-C2a'],
    startsDeadlines: [
      {
        name: 'stop',
        clause: 'RKN-C2b',
        parameter: 'P.rkn.c2.reasonablePeriod',
        dueAt: (seen) => arrivedRequest(seen)?.dueAt,
      },
    ],
    learns: (seen) => ({ request: arrivedRequest(seen) }),
  }),
  chainRow({
    // More time is the institution's to give while the period runs.
    from: ['STOP_DEMANDED'],
    event: 'period_extended',
    within: 'stop',
    guard: [
      actsForItself('RKN-0.2'),
      ofThisRequest,
      reasonGiven('RKN-C2b'),
      twoPeopleActed('RKN-C2b'),
      daysAreSet('addedDays', 'RKN-C2b'),
    ],
    to: 'STOP_DEMANDED',
    clauses: ['RKN-C2b'],
    notices: [{ kind: 'period_extended', to: 'epsp', clause: 'RKN-C2b' }],
    startsDeadlines: [
      {
        name: 'stop',
        clause: 'RKN-C2b',
        parameter: 'P.rkn.c2.reasonablePeriod',
        dueAt: (seen) => extendedRequest(seen)?.dueAt,
      },
    ],
    learns: (seen) => ({ request: extendedRequest(seen) }),
  }),
  chainRow({
    // A stop that comes late still ends the matter: no measure may follow it (RKN-C2b/b).
    from: ['STOP_DEMANDED', 'OVERDUE', 'NOTICED'],
    event: 'partner_stopped',
    to: 'PARTNER_STOPPED',
    clauses: ['RKN-C2a'],
    notices: [{ kind: 'partner_stopped', to: 'institution', clause: 'RKN-C2a' }],
    ...kept,
    effects: ['refuse_partner_calls'],
    learns: ({ event }) => ({ ...requestClosed, partnerStoppedAt: event.happenedAt }),
  }),
  chainRow({
    from: ['STOP_DEMANDED', 'OVERDUE', 'NOTICED'],
    event: 'stop_request_withdrawn',
    guard: [actsForItself('RKN-0.2'), reasonGiven('RKN-C2a'), twoPeopleActed('RKN-C2a')],
    to: 'CONTRACTED',
    clauses: ['RKN-C2a'],
    notices: [{ kind: 'stop_request_withdrawn', to: 'epsp', clause: 'RKN-C2a' }],
    ...kept,
    learns: () => requestClosed,
  }),
  chainRow({
    from: ['STOP_DEMANDED'],
    event: 'deadline_reached',
    deadline: 'stop',
    to: 'OVERDUE',
    clauses: ['RKN-C2b'],
    notices: [{ kind: 'stop_overdue', to: 'institution', clause: 'RKN-C2b' }],
    ...kept,
    learns: ({ now }) => ({ notStoppedAt: now }),
  }),
];

/** RKN-C2b: notice, the measure on the linkage, and the way back. */
const linkRows = [
  chainRow({
    from: ['OVERDUE'],
    event: 'notice_sent',
    guard: [actsForItself('RKN-0.2'), twoPeopleActed('RKN-C2b'), ...mayBeAnnounced('RKN-C2b')],
    to: 'NOTICED',
    clauses: ['RKN-C2b'],
    notices: [{ kind: 'measure_announced', to: 'epsp', clause: 'RKN-C2b' }],
    ...kept,
    learns: ({ event }) => ({ notice: announce(event) }),
  }),
  chainRow({
    from: ['NOTICED'],
    event: 'notice_arrived',
    when: ({ facts }) => facts.notice?.deliveredAt === undefined,
    guard: [ofThisNotice('RKN-C2b')],
    to: 'NOTICED',
    clauses: ['RKN-C2b'],
    startsDeadlines: [
      {
        name: 'notice_lead',
        clause: 'RKN-C2b',
        parameter: 'P.rkn.c2.noticeLead',
        dueAt: ({ facts, event }) => leadIsOverAt(facts.notice, event.happenedAt),
      },
    ],
    learns: ({ facts, event }) => ({
      notice: facts.notice && { ...facts.notice, deliveredAt: event.happenedAt },
    }),
  }),
  chainRow({
    from: ['NOTICED'],
    event: 'deadline_reached',
    deadline: 'notice_lead',
    to: 'NOTICED',
    clauses: ['RKN-C2b'],
    notices: [{ kind: 'measure_possible', to: 'institution', clause: 'RKN-C2b' }],
  }),
  ...STOPPED.flatMap((to) => [
    chainRow({
      from: ['NOTICED'],
      event: 'measure_committed',
      when: ({ facts }) => facts.notice?.kind === KIND[to],
      guard: [actsForItself('RKN-0.2'), twoPeopleActed('RKN-C2b'), ...mayFollowNotice('RKN-C2b')],
      to,
      clauses: ['RKN-C2b', 'RKN-D5'],
      notices: [{ kind: 'measure_in_force', to: 'epsp', clause: 'RKN-C2b' }],
      ...kept,
      effects: ['commit_link_measure'],
      learns: ({ event }) => ({ measureId: event.measureId }),
    }),
    chainRow({
      // Within what was announced, which names no end, with grounds for going on longer than was meant.
      from: [to],
      event: 'measure_extended',
      guard: [
        actsForItself('RKN-0.2'),
        ofThisMeasure('RKN-C2b'),
        groundsGiven('RKN-C2b'),
        twoPeopleActed('RKN-C2b'),
        endsLater('until', 'RKN-C2b'),
      ],
      to,
      clauses: ['RKN-C2b'],
      notices: [{ kind: 'measure_extended', to: 'epsp', clause: 'RKN-C2b' }],
      effects: ['extend_link_measure'],
    }),
    chainRow({
      from: [to],
      event: 'partner_stopped',
      guard: [
        {
          refusal: 'partner_already_stopped',
          clause: 'RKN-C2b',
          holds: ({ facts }) => facts.partnerStoppedAt === undefined,
        },
      ],
      to,
      clauses: ['RKN-C2b'],
      notices: [{ kind: 'partner_stopped', to: 'institution', clause: 'RKN-C2b' }],
      effects: ['refuse_partner_calls', 'propose_lifting_link_measure'],
      learns: ({ event }) => ({ partnerStoppedAt: event.happenedAt }),
    }),
  ]),
  chainRow({
    from: [...STOPPED, 'PARTNER_STOPPED'],
    event: 'resumed',
    guard: [actsForItself('RKN-0.2'), reasonGiven('RKN-C2b'), twoPeopleActed('RKN-C2b')],
    to: 'RESUMED',
    clauses: ['RKN-C2b'],
    notices: [{ kind: 'partner_resumed', to: 'epsp', clause: 'RKN-C2b' }],
    ...kept,
    effects: ['lift_link_measure', 'accept_partner_calls'],
    learns: () => ({ ...requestClosed, partnerStoppedAt: undefined }),
  }),
];

export const stopRows = [...requestRows, ...linkRows];
