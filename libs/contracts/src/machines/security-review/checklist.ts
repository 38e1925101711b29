import { actsForItself, endsLater, groundsGiven, reasonGiven, twoPeopleActed } from '../checks.js';
import { itemsNamed, KEPT, OPEN, reviewRow } from './facts.js';

/** States in which the security is not in dispute. */
const AT_REST = ['COMPLIANT', 'ACCEPTED', 'RESUMED'] as const;

/** RKN-S2, S3a, S3b: the checklist, its assessment, the rhythm of attestation, new standards. */
export const checklistRows = [
  reviewRow({
    from: ['NO_CHECKLIST', 'RETURNED', ...AT_REST],
    event: 'checklist_submitted',
    guard: [
      {
        refusal: 'submission_incomplete',
        clause: 'RKN-S2',
        holds: ({ event }) => event.incompleteItems.length === 0,
      },
      {
        // What was accepted is binding: a change is a new submission beside it.
        refusal: 'submission_immutable',
        clause: 'RKN-S3a',
        holds: ({ facts, event }) => facts.submissionId !== event.submissionId,
      },
    ],
    to: 'FILED',
    clauses: ['RKN-S3a', 'RKN-S2'],
    keepsDeadlines: KEPT,
    learns: ({ event }) => ({ submissionId: event.submissionId }),
  }),
  reviewRow({
    // What came back and is not submitted anew can be judged as it stands.
    from: ['FILED', 'RETURNED', ...AT_REST],
    event: 'assessment_opened',
    to: 'ASSESSING',
    clauses: ['RKN-S3b'],
    keepsDeadlines: KEPT,
  }),
  reviewRow({
    // No judgement of the standard: the intermediary is asked, and answers with a new submission.
    from: ['FILED', 'ASSESSING'],
    event: 'checklist_returned',
    guard: [actsForItself('RKN-0.2'), reasonGiven('RKN-S3b')],
    to: 'RETURNED',
    clauses: ['RKN-S3b', 'RKN-S3a'],
    keepsDeadlines: KEPT,
    notices: [{ kind: 'checklist_returned', to: 'epsp', clause: 'RKN-S3b' }],
  }),
  reviewRow({
    from: ['ASSESSING', 'DEFICIENT'],
    event: 'found_compliant',
    guard: [actsForItself('RKN-0.2'), twoPeopleActed('RKN-S3b'), endsLater('attestBy', 'RKN-S3a')],
    to: 'COMPLIANT',
    clauses: ['RKN-S3b'],
    startsDeadlines: [
      {
        name: 'attestation',
        clause: 'RKN-S3a',
        parameter: 'P.rkn.attestationInterval',
        dueAt: ({ event }) => event.attestBy,
      },
    ],
    learns: ({ event }) => ({
      standardVersion: event.standardVersion,
      attestationDue: false,
      gapOverdue: false,
    }),
  }),
  ...OPEN.filter((name) => name !== 'NO_CHECKLIST').flatMap((at) => [
    reviewRow({
      from: [at],
      event: 'deadline_reached',
      deadline: 'attestation',
      to: at,
      clauses: ['RKN-S3a'],
      notices: [{ kind: 'attestation_due', to: 'epsp', clause: 'RKN-S3a' }],
      learns: () => ({ attestationDue: true }),
    }),
    reviewRow({
      from: [at],
      event: 'standard_published',
      guard: [endsLater('closeBy', 'RKN-S3b')],
      to: at,
      clauses: ['RKN-S3b'],
      notices: [{ kind: 'standard_published', to: 'epsp', clause: 'RKN-S3b' }],
      startsDeadlines: [
        {
          name: 'standard_gap',
          clause: 'RKN-S3b',
          parameter: 'P.rkn.standardTransition',
          dueAt: ({ event }) => (event.gaps.length > 0 ? event.closeBy : undefined),
        },
      ],
      learns: ({ event }) => ({ standardVersion: event.version }),
    }),
    reviewRow({
      from: [at],
      event: 'deadline_reached',
      deadline: 'standard_gap',
      to: at,
      clauses: ['RKN-S3b'],
      learns: () => ({ gapOverdue: true }),
    }),
  ]),
  reviewRow({
    from: ['ASSESSING', ...AT_REST],
    event: 'found_deficient',
    guard: [
      actsForItself('RKN-0.2'),
      itemsNamed('RKN-S4a'),
      groundsGiven('RKN-S4a'),
      twoPeopleActed('RKN-S4a'),
    ],
    to: 'DEFICIENT',
    clauses: ['RKN-S4a', 'RKN-S3b'],
    keepsDeadlines: KEPT,
  }),
];
