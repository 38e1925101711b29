import { endsLater, groundsGiven, reasonGiven } from '../checks.js';
import { resultShown, transferRow } from './facts.js';

/** From 確定 to 成立, and the ways out before the debit: SM-3.4, 5.2, 5.4-1, 5.5-1, 12.2b. */
export const formationRows = [
  transferRow({
    from: ['SCHD', 'RSVD'],
    event: 'debited',
    guard: [
      {
        refusal: 'not_before_designated_date',
        clause: 'SM-5.4-1',
        holds: ({ facts, now }) => facts.debitFrom !== undefined && now >= facts.debitFrom,
      },
    ],
    to: 'ACSP',
    clauses: ['SM-5.2', 'SM-5.4-1'],
    effects: ['debit_amount_and_fee', 'hand_to_clearing'],
    learns: ({ now }) => ({ formedAt: now }),
  }),
  transferRow({
    from: ['RCVD', 'ACTC', 'SCHD', 'RSVD'],
    event: 'not_processed',
    guard: [reasonGiven('SM-3.4-2')],
    to: 'RJCT',
    clauses: ['SM-R3.4-1', 'SM-3.4-2'],
    notices: [resultShown],
    effects: ['release_holds'],
    learns: ({ event }) => ({ reason: event.reason }),
  }),
  transferRow({
    // A rolled request carries no cut-off under INT-29 A, one under INT-29 B.
    from: ['SCHD', 'RSVD', 'ACSP', 'ACSC', 'PDNG'],
    event: 'cancelled',
    guard: [
      {
        refusal: 'not_cancellable',
        clause: 'SM-5.5-1',
        holds: ({ facts }) => facts.cancelBefore !== undefined && facts.formedAt === undefined,
      },
      {
        refusal: 'cancel_too_late',
        clause: 'SM-5.5-1',
        holds: ({ facts, now }) => facts.cancelBefore !== undefined && now < facts.cancelBefore,
      },
    ],
    to: 'CANC',
    clauses: ['SM-5.5-1'],
    notices: [resultShown],
    effects: ['release_limits_as_set', 'release_holds'],
    learns: () => ({ reason: 'cancelled_by_holder' }),
  }),
  transferRow({
    from: ['RCVD', 'ACTC', 'SCHD', 'RSVD'],
    event: 'withdrawn_by_institution',
    when: ({ event }) => event.reason === 'account_removed',
    to: 'CANC',
    clauses: ['SM-12.2b'],
    notices: [resultShown],
    effects: ['release_limits_as_set', 'release_holds'],
    learns: ({ event }) => ({ reason: event.reason }),
  }),
  transferRow({
    // Only under INT-21 C; under A a reservation runs, under B it is held for review.
    from: ['SCHD'],
    event: 'withdrawn_by_institution',
    when: ({ event }) => event.reason === 'linkage_stopped',
    guard: [
      {
        refusal: 'not_through_a_link',
        clause: 'RKN-S4c',
        holds: ({ facts }) => facts.throughIntermediary,
      },
    ],
    to: 'CANC',
    clauses: ['RKN-S4c', 'RKN-C2b'],
    notices: [resultShown],
    effects: ['release_limits_as_set', 'release_holds'],
    learns: ({ event }) => ({ reason: event.reason }),
  }),
  transferRow({
    from: ['RCVD', 'ACTC', 'SCHD', 'RSVD'],
    event: 'withdrawn_by_institution',
    when: ({ event }) => event.reason === 'contract_ended',
    to: 'CANC',
    clauses: ['SM-11.3b'],
    notices: [resultShown],
    effects: ['release_limits_as_set', 'release_holds'],
    learns: ({ event }) => ({ reason: event.reason }),
  }),
  ...(['SCHD', 'RSVD'] as const).map((from) =>
    transferRow({
      from: [from],
      event: 'held_for_review',
      guard: [groundsGiven('SM-3.4-1-4'), endsLater('until', 'SM-3.4-1-4')],
      to: 'PDNG',
      clauses: ['SM-3.4-1-4'],
      startsDeadlines: [
        { name: 'review', clause: 'SM-3.4-1-4', dueAt: ({ event }) => event.until },
      ],
      learns: () => ({ heldFrom: from }),
    }),
  ),
  ...(['SCHD', 'RSVD'] as const).flatMap((to) => [
    transferRow({
      from: ['PDNG'],
      event: 'review_released',
      when: ({ facts }) => facts.heldFrom === to,
      to,
      clauses: ['SM-3.4-1-4'],
      learns: () => ({ heldFrom: undefined }),
    }),
    transferRow({
      // A hold always ends: nobody's silence keeps a request waiting for ever.
      from: ['PDNG'],
      event: 'deadline_reached',
      deadline: 'review',
      when: ({ facts }) => facts.heldFrom === to,
      to,
      clauses: ['SM-3.4-1-4'],
      learns: () => ({ heldFrom: undefined }),
    }),
  ]),
  transferRow({
    from: ['PDNG'],
    event: 'review_stopped',
    when: ({ facts }) => facts.heldFrom !== undefined,
    guard: [groundsGiven('SM-3.4-1-4')],
    to: 'RJCT',
    clauses: ['SM-3.4-1-4', 'SM-3.4-2'],
    notices: [resultShown],
    effects: ['release_holds'],
    learns: () => ({ reason: 'service_stopped', heldFrom: undefined }),
  }),
  transferRow({
    // What ends the contract or the account ends a held request too: it is not formed yet.
    from: ['PDNG'],
    event: 'withdrawn_by_institution',
    when: ({ facts, event }) => facts.heldFrom !== undefined && event.reason !== 'linkage_stopped',
    to: 'CANC',
    clauses: ['SM-12.2b', 'SM-11.3b'],
    notices: [resultShown],
    effects: ['release_limits_as_set', 'release_holds'],
    learns: ({ event }) => ({ reason: event.reason, heldFrom: undefined }),
  }),
];
