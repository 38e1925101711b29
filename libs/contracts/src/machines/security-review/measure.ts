import { actsForItself, endsLater, groundsGiven, reasonGiven, twoPeopleActed } from '../checks.js';
import {
  announce,
  leadIsOverAt,
  mayBeAnnounced,
  mayFollowNotice,
  ofThisMeasure,
  ofThisNotice,
} from '../measure.js';
import { demandClosed, KEPT, OPEN, reviewRow } from './facts.js';

const STOPPED = ['RESTRICTED', 'SUSPENDED'] as const;
const KIND = { RESTRICTED: 'restriction', SUSPENDED: 'suspension' } as const;

/** RKN-S4c: prior notice, then the measure, then the way back. */
export const reviewMeasureRows = [
  reviewRow({
    from: ['INSUFFICIENT'],
    event: 'notice_sent',
    guard: [actsForItself('RKN-0.2'), twoPeopleActed('RKN-S4c'), ...mayBeAnnounced('RKN-S4c')],
    to: 'NOTICE_SENT',
    clauses: ['RKN-S4c'],
    keepsDeadlines: KEPT,
    notices: [{ kind: 'measure_announced', to: 'epsp', clause: 'RKN-S4c' }],
    learns: ({ event }) => ({ notice: announce(event) }),
  }),
  reviewRow({
    from: ['NOTICE_SENT'],
    event: 'notice_arrived',
    when: ({ facts }) => facts.notice?.deliveredAt === undefined,
    guard: [ofThisNotice('RKN-S4c')],
    to: 'NOTICE_SENT',
    clauses: ['RKN-S4c'],
    keepsDeadlines: KEPT,
    startsDeadlines: [
      {
        name: 'notice_lead',
        clause: 'RKN-S4c',
        parameter: 'P.rkn.s4.noticeLead',
        dueAt: ({ facts, event }) => leadIsOverAt(facts.notice, event.happenedAt),
      },
    ],
    learns: ({ facts, event }) => ({
      notice: facts.notice && { ...facts.notice, deliveredAt: event.happenedAt },
    }),
  }),
  reviewRow({
    from: ['NOTICE_SENT'],
    event: 'deadline_reached',
    deadline: 'notice_lead',
    to: 'NOTICE_SENT',
    clauses: ['RKN-S4c'],
    keepsDeadlines: KEPT,
    notices: [{ kind: 'measure_possible', to: 'institution', clause: 'RKN-S4c' }],
  }),
  ...STOPPED.flatMap((to) => [
    reviewRow({
      from: ['NOTICE_SENT'],
      event: 'measure_committed',
      when: ({ facts }) => facts.notice?.kind === KIND[to],
      guard: [actsForItself('RKN-0.2'), twoPeopleActed('RKN-S4c'), ...mayFollowNotice('RKN-S4c')],
      to,
      clauses: ['RKN-S4c', 'RKN-D5'],
      keepsDeadlines: KEPT,
      notices: [{ kind: 'measure_in_force', to: 'epsp', clause: 'RKN-S4c' }],
      effects: ['commit_link_measure'],
      learns: ({ event }) => ({ measureId: event.measureId }),
    }),
    reviewRow({
      from: ['REMEDIATED'],
      event: 'remediation_rejected',
      when: ({ facts }) => facts.notice?.kind === KIND[to],
      guard: [actsForItself('RKN-0.2'), groundsGiven('RKN-S4c'), twoPeopleActed('RKN-S4c')],
      to,
      clauses: ['RKN-S4c'],
      keepsDeadlines: KEPT,
      notices: [{ kind: 'remediation_rejected', to: 'epsp', clause: 'RKN-S4c' }],
    }),
  ]),
  // Within what was announced, which names no end: longer than the institution had meant, with grounds for that.
  ...STOPPED.map((at) =>
    reviewRow({
      from: [at],
      event: 'measure_extended',
      guard: [
        actsForItself('RKN-0.2'),
        ofThisMeasure('RKN-S4c'),
        groundsGiven('RKN-S4c'),
        twoPeopleActed('RKN-S4c'),
        endsLater('until', 'RKN-S4c'),
      ],
      to: at,
      clauses: ['RKN-S4c'],
      notices: [{ kind: 'measure_extended', to: 'epsp', clause: 'RKN-S4c' }],
      effects: ['extend_link_measure'],
    }),
  ),
  reviewRow({
    from: STOPPED,
    event: 'remediation_reported',
    to: 'REMEDIATED',
    clauses: ['RKN-S4c'],
    keepsDeadlines: KEPT,
  }),
  reviewRow({
    // The power to stop is the institution's, and so is the end of the stop: at any time.
    from: [...STOPPED, 'REMEDIATED'],
    event: 'resumed',
    guard: [actsForItself('RKN-0.2'), reasonGiven('RKN-S4c'), twoPeopleActed('RKN-S4c')],
    to: 'RESUMED',
    clauses: ['RKN-S4c'],
    keepsDeadlines: KEPT,
    notices: [{ kind: 'measure_lifted', to: 'epsp', clause: 'RKN-S4c' }],
    effects: ['lift_link_measure'],
    learns: () => ({ ...demandClosed, measureId: undefined }),
  }),
  reviewRow({
    from: OPEN,
    event: 'agreement_ended',
    guard: [reasonGiven('RKN-0.2')],
    to: 'ENDED',
    clauses: ['RKN-0.2'],
  }),
];
