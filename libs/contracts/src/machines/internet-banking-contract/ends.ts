import { isWritten, reasonGiven, twoPeopleActed } from '../checks.js';
import { BINDING, contractEnds, contractRow, FORCED_GROUNDS } from './facts.js';

/** SM-11 and SM-12: the ways in which a contract, or one account of it, comes to its end. */
export const endRows = [
  contractRow({
    from: BINDING,
    event: 'holder_terminated',
    guard: [
      {
        refusal: 'written_form_required',
        clause: 'SM-11.1',
        holds: ({ event }) => isWritten(event.formId),
      },
    ],
    to: 'TERMINATED',
    clauses: ['SM-11.1'],
    effects: contractEnds,
    learns: () => ({ endedBecause: 'holder_terminated' }),
  }),
  contractRow({
    from: ['AWAITING_FIRST_USE', 'ACTIVE', 'LOCKED', 'STOPPED'],
    event: 'termination_notice_sent',
    guard: [reasonGiven('SM-11.1')],
    to: 'NOTICED',
    clauses: ['SM-11.1'],
    notices: [{ kind: 'termination', to: 'holder', clause: 'SM-11.2' }],
    keepsDeadlines: ['term', 'first_use'],
  }),
  ...(['termination_notice_arrived', 'termination_notice_deemed_arrived'] as const).map((event) =>
    contractRow({
      from: ['NOTICED'],
      event,
      to: 'TERMINATED',
      clauses: ['SM-11.1', 'SM-11.2'],
      effects: contractEnds,
      learns: () => ({ endedBecause: 'institution_terminated' }),
    }),
  ),
  ...FORCED_GROUNDS.map((ground, index) =>
    contractRow({
      from: BINDING,
      event: 'forced_termination',
      when: ({ event }) => event.ground === ground,
      guard: [
        {
          refusal: 'evidence_required',
          clause: `SM-11.4-${index + 1}`,
          holds: ({ event }) => event.evidence.some(isWritten),
        },
        twoPeopleActed(`SM-11.4-${index + 1}`),
        {
          refusal: 'cause_required',
          clause: 'SM-11.4-6',
          holds: ({ event }) => event.ground !== 'other_cause' || isWritten(event.cause),
        },
      ],
      to: 'TERMINATED',
      // It takes effect when it is recorded: the text asks for no notice before (INT-27).
      clauses: [`SM-11.4-${index + 1}`],
      effects: contractEnds,
      learns: () => ({ endedBecause: ground }),
    }),
  ),
  contractRow({
    from: BINDING,
    event: 'main_account_closed',
    to: 'TERMINATED',
    clauses: ['SM-11.3b'],
    effects: contractEnds,
    learns: () => ({ endedBecause: 'main_account_closed' }),
  }),
  ...BINDING.flatMap((at) => [
    contractRow({
      from: [at],
      event: 'service_account_removed',
      guard: [
        {
          refusal: 'account_required',
          clause: 'SM-12.2a',
          holds: ({ event }) => isWritten(event.account),
        },
      ],
      to: at,
      clauses: ['SM-11.3a', 'SM-12.2a', 'SM-12.2b'],
      effects: ['remove_account', 'cancel_pending_requests_debiting_it'],
    }),
    contractRow({
      from: [at],
      event: 'branch_changed',
      guard: [
        {
          refusal: 'apply_anew',
          clause: 'SM-12.1',
          holds: ({ event }) => event.wishOf === 'institution',
        },
      ],
      to: at,
      clauses: ['SM-12.3'],
      notices: [{ kind: 'branch_changed', to: 'holder', clause: 'SM-12.3' }],
      // What was fixed before keeps the fee that was shown and confirmed (INT-24).
      effects: ['map_branch_codes'],
    }),
  ]),
];
