import { endsLater, groundsGiven, reasonGiven } from '../checks.js';
import { resultShown, transferRow, type TransferFacts } from './facts.js';

const notCreditedBack = {
  refusal: 'already_credited_back',
  clause: 'SM-5.4-2',
  holds: ({ facts }: { facts: TransferFacts }) => facts.creditedBackAt === undefined,
} as const;

/** After 成立: sending, the destination's inquiry, returns and recalls. SM-5.4, SM-5.5. */
export const aftercareRows = [
  transferRow({
    from: ['ACSP'],
    event: 'sent',
    to: 'ACSC',
    clauses: ['SM-5.4-1'],
    notices: [resultShown],
    learns: ({ now }) => ({ sentAt: now }),
  }),
  transferRow({
    from: ['ACSC'],
    event: 'inquiry_opened',
    // While a recall is open the recall is the answer: one outcome only.
    when: ({ facts }) => facts.aftercare !== 'recall_requested',
    guard: [notCreditedBack, endsLater('answerBy', 'SM-5.4-3a')],
    to: 'PDNG',
    clauses: ['SM-5.4-3a'],
    notices: [{ kind: 'beneficiary_inquiry', to: 'holder', clause: 'SM-5.4-3a' }],
    startsDeadlines: [
      {
        name: 'inquiry_reply',
        clause: 'SM-5.4-3b',
        parameter: 'P.sm.inquiryReply.deadline',
        dueAt: ({ event }) => event.answerBy,
      },
    ],
  }),
  transferRow({
    from: ['PDNG'],
    event: 'inquiry_answered',
    when: ({ facts }) => facts.formedAt !== undefined && facts.inquiryFailed !== true,
    within: 'inquiry_reply',
    to: 'ACSC',
    clauses: ['SM-5.4-3a'],
    effects: ['forward_answer'],
  }),
  transferRow({
    from: ['PDNG'],
    event: 'deadline_reached',
    deadline: 'inquiry_reply',
    to: 'PDNG',
    clauses: ['SM-5.4-3b'],
    // INT-31 A: the credit waits until the destination has returned the funds.
    effects: ['ask_funds_back'],
    learns: () => ({ inquiryFailed: true, reason: 'inquiry_unanswered' }),
  }),
  transferRow({
    from: ['PDNG'],
    event: 'answer_judged_improper',
    when: ({ facts }) => facts.formedAt !== undefined && facts.inquiryFailed !== true,
    guard: [groundsGiven('SM-5.4-3b')],
    to: 'PDNG',
    clauses: ['SM-5.4-3b'],
    endsDeadlines: () => ['inquiry_reply'],
    effects: ['ask_funds_back'],
    learns: () => ({ inquiryFailed: true, reason: 'inquiry_answer_improper' }),
  }),
  transferRow({
    from: ['ACSP', 'ACSC', 'PDNG'],
    event: 'returned',
    when: ({ facts }) => facts.formedAt !== undefined,
    guard: [notCreditedBack, reasonGiven('SM-5.4-2')],
    to: 'ACSC',
    clauses: ['SM-5.4-2'],
    notices: [resultShown],
    // The amount alone comes back; the transfer fee stays (SM-5.4-2).
    effects: ['credit_amount_back'],
    learns: ({ facts, event, now }) => ({
      aftercare: 'returned',
      creditedBackAt: now,
      reason: facts.reason ?? event.reason,
    }),
  }),
  transferRow({
    from: ['ACSC', 'PDNG'],
    event: 'recall_accepted',
    when: ({ facts }) => facts.formedAt !== undefined && facts.aftercare === 'none',
    guard: [
      {
        refusal: 'branch_required',
        clause: 'SM-5.5-2',
        holds: ({ event }) => event.atDebitBranch,
      },
      groundsGiven('SM-5.5-2'),
    ],
    to: 'ACSC',
    clauses: ['SM-5.5-2'],
    effects: ['charge_recall_fee', 'ask_funds_back'],
    learns: () => ({ aftercare: 'recall_requested' }),
  }),
  transferRow({
    from: ['ACSC'],
    event: 'recalled',
    when: ({ facts }) => facts.aftercare === 'recall_requested',
    guard: [notCreditedBack],
    to: 'ACSC',
    clauses: ['SM-5.5-3'],
    notices: [resultShown],
    effects: ['credit_amount_back'],
    learns: ({ now }) => ({ aftercare: 'recalled', creditedBackAt: now }),
  }),
  transferRow({
    from: ['ACSC'],
    event: 'recall_failed',
    when: ({ facts }) => facts.aftercare === 'recall_requested',
    to: 'ACSC',
    clauses: ['SM-5.5-3'],
    notices: [resultShown],
    effects: ['settle_recall_fee_as_set'],
    learns: () => ({ aftercare: 'recall_failed' }),
  }),
];
