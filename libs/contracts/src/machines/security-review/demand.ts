import { endOfPeriod, periodIsOver } from '../../conditions/period-is-over.js';
import {
  actsForItself,
  daysAreSet,
  groundsGiven,
  isWritten,
  reasonGiven,
  twoPeopleActed,
} from '../checks.js';
import type { Seen } from '../step.js';
import {
  demandClosed,
  itemsNamed,
  KEPT,
  ofThisDemand,
  reviewRow,
  type ImprovementDemand,
  type ReviewEvent,
  type ReviewFacts,
} from './facts.js';

/** The demand with its arrival and the end of the period that runs from it. */
const arrivedDemand = ({
  facts: { demand },
  event: { happenedAt },
}: Seen<ReviewFacts, ReviewEvent>): ImprovementDemand | undefined =>
  demand && {
    ...demand,
    arrivedAt: happenedAt,
    dueAt: endOfPeriod(happenedAt, demand.periodDays),
  };

/** The demand with so many days more, reckoned from its arrival as before. */
const extendedDemand = ({
  facts: { demand },
  event: { addedDays = 0 },
}: {
  readonly facts: ReviewFacts;
  readonly event: { readonly addedDays?: number };
}): ImprovementDemand | undefined => {
  if (demand?.arrivedAt === undefined) return demand;
  const periodDays = demand.periodDays + addedDays;
  return { ...demand, periodDays, dueAt: endOfPeriod(demand.arrivedAt, periodDays) };
};

/** RKN-S4a and S4b: the demand, its period, what comes back, and the second judgement. */
export const demandRows = [
  reviewRow({
    from: ['DEFICIENT'],
    event: 'improvement_demanded',
    guard: [
      actsForItself('RKN-0.2'),
      itemsNamed('RKN-S4a'),
      groundsGiven('RKN-S4a'),
      twoPeopleActed('RKN-S4a'),
      daysAreSet('periodDays', 'RKN-S4a'),
      {
        refusal: 'demand_known',
        clause: 'RKN-S4a',
        holds: ({ facts, event }) =>
          isWritten(event.demandId) && !facts.demandIds?.includes(event.demandId),
      },
    ],
    to: 'IMPROVEMENT_REQUESTED',
    clauses: ['RKN-S4a'],
    keepsDeadlines: KEPT,
    notices: [{ kind: 'improvement_demand', to: 'epsp', clause: 'RKN-S4a' }],
    learns: ({ facts, event }) => ({
      demandIds: [...(facts.demandIds ?? []), event.demandId],
      demand: { id: event.demandId, items: event.items, periodDays: event.periodDays ?? 0 },
    }),
  }),
  reviewRow({
    // The period runs from the arrival; until then none runs, however long the post takes.
    from: ['IMPROVEMENT_REQUESTED'],
    event: 'demand_arrived',
    when: ({ facts }) => facts.demand?.arrivedAt === undefined,
    guard: [ofThisDemand('RKN-S4a')],
    to: 'IMPROVEMENT_REQUESTED',
    clauses: ['RKN-S4a'],
    keepsDeadlines: KEPT,
    startsDeadlines: [
      {
        name: 'improvement',
        clause: 'RKN-S4a',
        parameter: 'P.rkn.s4.reasonablePeriod',
        dueAt: (seen) => arrivedDemand(seen)?.dueAt,
      },
    ],
    learns: (seen) => ({ demand: arrivedDemand(seen) }),
  }),
  reviewRow({
    from: ['IMPROVEMENT_REQUESTED', 'REPORTED'],
    event: 'improvement_reported',
    guard: [ofThisDemand('RKN-S4a')],
    to: 'REPORTED',
    clauses: ['RKN-S4a'],
    keepsDeadlines: [...KEPT, 'improvement'],
  }),
  // More time is the institution's to give while the period runs; one that is over is judged, not mended.
  ...(['IMPROVEMENT_REQUESTED', 'REPORTED'] as const).map((at) =>
    reviewRow({
      from: [at],
      event: 'period_extended',
      within: 'improvement',
      guard: [
        actsForItself('RKN-0.2'),
        ofThisDemand('RKN-S4b'),
        reasonGiven('RKN-S4b'),
        twoPeopleActed('RKN-S4b'),
        daysAreSet('addedDays', 'RKN-S4b'),
      ],
      to: at,
      clauses: ['RKN-S4b'],
      notices: [{ kind: 'period_extended', to: 'epsp', clause: 'RKN-S4b' }],
      startsDeadlines: [
        {
          name: 'improvement',
          clause: 'RKN-S4b',
          parameter: 'P.rkn.s4.reasonablePeriod',
          dueAt: (seen) => extendedDemand(seen)?.dueAt,
        },
      ],
      learns: (seen) => ({ demand: extendedDemand(seen) }),
    }),
  ),
  // Overdue proposes, it never acts: the second judgement is a person's.
  ...(['IMPROVEMENT_REQUESTED', 'REPORTED'] as const).map((at) =>
    reviewRow({
      from: [at],
      event: 'deadline_reached',
      deadline: 'improvement',
      to: at,
      clauses: ['RKN-S4b'],
      keepsDeadlines: KEPT,
      notices: [{ kind: 'improvement_overdue', to: 'institution', clause: 'RKN-S4b' }],
    }),
  ),
  reviewRow({
    from: ['IMPROVEMENT_REQUESTED', 'REPORTED', 'INSUFFICIENT', 'NOTICE_SENT'],
    event: 'judged_sufficient',
    guard: [actsForItself('RKN-0.2'), ofThisDemand('RKN-S4b'), twoPeopleActed('RKN-S4b')],
    to: 'ACCEPTED',
    clauses: ['RKN-S4b'],
    keepsDeadlines: KEPT,
    notices: [{ kind: 'improvement_accepted', to: 'epsp', clause: 'RKN-S4b' }],
    learns: () => demandClosed,
  }),
  reviewRow({
    from: ['IMPROVEMENT_REQUESTED', 'REPORTED'],
    event: 'judged_insufficient',
    guard: [
      actsForItself('RKN-0.2'),
      ofThisDemand('RKN-S4b'),
      groundsGiven('RKN-S4b'),
      twoPeopleActed('RKN-S4b'),
      {
        refusal: 'demand_not_arrived',
        clause: 'RKN-S4a',
        holds: ({ facts }) => facts.demand?.arrivedAt !== undefined,
      },
      {
        // Only after the period, whether or not the intermediary has reported (RKN-S4b/a).
        refusal: 'period_not_over',
        clause: 'RKN-S4b',
        holds: ({ facts, now }) => periodIsOver(facts.demand?.dueAt, now),
      },
    ],
    to: 'INSUFFICIENT',
    clauses: ['RKN-S4b'],
    keepsDeadlines: KEPT,
    learns: ({ now }) => ({ insufficientAt: now }),
  }),
];
