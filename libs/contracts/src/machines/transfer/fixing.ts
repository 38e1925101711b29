import { endsLater } from '../checks.js';
import { transferRow, type TransferEvent, type TransferFacts } from './facts.js';

/** No 確定 without a matched identity, nor through a stopped link (RKN-S4c/e, X-21). */
const mayBeFixed = [
  {
    refusal: 'linkage_suspended',
    clause: 'RKN-S4c',
    holds: ({
      facts,
      event,
    }: {
      facts: TransferFacts;
      event: Extract<TransferEvent, { type: 'confirmed' }>;
    }) => !facts.throughIntermediary || event.link === 'open',
  },
  {
    refusal: 'identity_mismatch',
    clause: 'SM-R2.7',
    holds: ({ event }: { event: Extract<TransferEvent, { type: 'confirmed' }> }) =>
      event.identityMatched,
  },
] as const;

/** Receipt, confirmation and the end of requests that are not yet fixed: SM-R3.2. */
export const fixingRows = [
  transferRow({
    from: ['RCVD'],
    event: 'content_shown',
    guard: [endsLater('confirmBy', 'SM-R3.2')],
    to: 'ACTC',
    clauses: ['SM-R3.2'],
    startsDeadlines: [
      {
        name: 'confirmation',
        clause: 'SM-R3.2',
        parameter: 'P.sm.confirm.timeout',
        dueAt: ({ event }) => event.confirmBy,
      },
    ],
  }),
  transferRow({
    from: ['RCVD', 'ACTC'],
    event: 'abandoned',
    to: 'CANC',
    clauses: ['SM-R3.2'],
    learns: () => ({ reason: 'user_cancelled' }),
  }),
  transferRow({
    from: ['ACTC'],
    event: 'deadline_reached',
    deadline: 'confirmation',
    to: 'EXPD',
    clauses: ['SM-R3.2'],
    learns: () => ({ reason: 'not_confirmed_in_time' }),
  }),
  transferRow({
    from: ['ACTC'],
    event: 'confirmed',
    when: ({ facts }) => facts.timing === 'same_day',
    within: 'confirmation',
    guard: mayBeFixed,
    to: 'ACSP',
    clauses: ['SM-R3.2', 'SM-5.2'],
    // Fixed and debited are one transaction: a failure leaves nothing to reverse (SM-5.2/b).
    effects: ['charge_limits', 'debit_amount_and_fee', 'hand_to_clearing'],
    learns: ({ now }) => ({ fixedAt: now, formedAt: now }),
  }),
  transferRow({
    from: ['ACTC'],
    event: 'confirmed',
    when: ({ facts }) => facts.timing === 'rolled',
    within: 'confirmation',
    guard: [
      ...mayBeFixed,
      {
        refusal: 'debit_day_missing',
        clause: 'SM-R3.1',
        holds: ({ event }) => event.debitFrom !== undefined,
      },
    ],
    to: 'RSVD',
    clauses: ['SM-R3.2', 'SM-R3.1'],
    effects: ['charge_limits'],
    learns: ({ event, now }) => ({
      fixedAt: now,
      debitFrom: event.debitFrom,
      cancelBefore: event.cancelBefore,
    }),
  }),
  transferRow({
    from: ['ACTC'],
    event: 'confirmed',
    within: 'confirmation',
    guard: [
      ...mayBeFixed,
      {
        refusal: 'debit_day_missing',
        clause: 'SM-R3.1',
        holds: ({ event }) => event.debitFrom !== undefined,
      },
      {
        refusal: 'cancel_cutoff_missing',
        clause: 'SM-5.5-1',
        holds: ({ event }) => event.cancelBefore !== undefined,
      },
    ],
    to: 'SCHD',
    clauses: ['SM-R3.2', 'SM-R3.1'],
    effects: ['charge_limits'],
    learns: ({ event, now }) => ({
      fixedAt: now,
      debitFrom: event.debitFrom,
      cancelBefore: event.cancelBefore,
    }),
  }),
];
