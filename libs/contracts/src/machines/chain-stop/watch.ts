import { endOfPeriod } from '../../conditions/period-is-over.js';
import { daysAreSet, endsLater, isWritten, reasonGiven } from '../checks.js';
import { chainRow, WATCHED } from './facts.js';

const AT_REST = ['CONTRACTED', 'IMPROVED', 'REPORTED_TO_FI', 'RESUMED'] as const;

/** RKN-C1a to C1d: contract, reports, guidance, and the report of its result. */
export const watchRows = [
  chainRow({
    from: ['NOT_CONTRACTED'],
    event: 'contract_filed',
    guard: [
      {
        refusal: 'contract_incomplete',
        clause: 'RKN-C1a',
        holds: ({ event }) => isWritten(event.method) && isWritten(event.content),
      },
    ],
    to: 'CONTRACTED',
    clauses: ['RKN-C1a', 'RKN-D2'],
    startsDeadlines: [
      { name: 'contract_term', clause: 'RKN-C1a', dueAt: ({ event }) => event.contractUntil },
    ],
  }),
  chainRow({
    from: AT_REST,
    event: 'report_requested',
    guard: [endsLater('reportBy', 'RKN-C1b')],
    to: 'REPORT_DUE',
    clauses: ['RKN-C1b'],
    keepsDeadlines: ['contract_term', 'report_to_institution'],
    startsDeadlines: [
      {
        name: 'partner_report',
        clause: 'RKN-C1b',
        parameter: 'P.rkn.c1.reportInterval',
        dueAt: ({ event }) => event.reportBy,
      },
    ],
  }),
  chainRow({
    from: ['REPORT_DUE'],
    event: 'partner_reported',
    to: 'CONTRACTED',
    clauses: ['RKN-C1b'],
    keepsDeadlines: ['contract_term', 'report_to_institution'],
    learns: () => ({ reportOverdue: false }),
  }),
  chainRow({
    from: [...AT_REST, 'REPORT_DUE'],
    event: 'guidance_given',
    guard: [
      {
        refusal: 'finding_required',
        clause: 'RKN-C1c',
        holds: ({ event }) => isWritten(event.finding) && isWritten(event.instruction),
      },
      endsLater('outcomeBy', 'RKN-C1c'),
    ],
    to: 'GUIDED',
    clauses: ['RKN-C1c'],
    keepsDeadlines: ['contract_term', 'partner_report', 'report_to_institution'],
    startsDeadlines: [
      { name: 'guidance', clause: 'RKN-C1c', dueAt: ({ event }) => event.outcomeBy },
    ],
  }),
  chainRow({
    from: ['GUIDED'],
    event: 'guidance_concluded',
    guard: [
      {
        refusal: 'reason_required',
        clause: 'RKN-C1c',
        holds: ({ event }) => isWritten(event.outcome),
      },
      daysAreSet('reportDays', 'RKN-C1d'),
    ],
    to: 'IMPROVED',
    clauses: ['RKN-C1c'],
    keepsDeadlines: ['contract_term', 'partner_report'],
    startsDeadlines: [
      {
        name: 'report_to_institution',
        clause: 'RKN-C1d',
        parameter: 'P.rkn.c1.reportToFi',
        dueAt: ({ event }) => endOfPeriod(event.happenedAt, event.reportDays ?? 1),
      },
    ],
    learns: () => ({ guidanceOpen: false }),
  }),
  chainRow({
    from: ['IMPROVED'],
    event: 'result_reported',
    to: 'REPORTED_TO_FI',
    clauses: ['RKN-C1d'],
    keepsDeadlines: ['contract_term', 'partner_report'],
    learns: () => ({ reportToInstitutionOverdue: false }),
  }),
  // A result that is still owed can be reported whatever has been begun since (RKN-C1d).
  ...(['REPORT_DUE', 'GUIDED', 'CONTRACTED'] as const).map((at) =>
    chainRow({
      from: [at],
      event: 'result_reported',
      when: ({ facts, deadlines }) =>
        facts.reportToInstitutionOverdue ||
        deadlines.some(({ name }) => name === 'report_to_institution'),
      to: at,
      clauses: ['RKN-C1d'],
      endsDeadlines: () => ['report_to_institution'],
      learns: () => ({ reportToInstitutionOverdue: false }),
    }),
  ),
  // What is overdue is shown to the institution and may become a ground of C2; it stops nothing.
  ...(['REPORT_DUE', 'GUIDED', 'IMPROVED', 'REPORTED_TO_FI'] as const).map((at) =>
    chainRow({
      from: [at],
      event: 'deadline_reached',
      deadline: 'partner_report',
      to: at,
      clauses: ['RKN-C1b'],
      notices: [{ kind: 'partner_report_overdue', to: 'institution', clause: 'RKN-C1b' }],
      learns: () => ({ reportOverdue: true }),
    }),
  ),
  chainRow({
    from: ['GUIDED'],
    event: 'deadline_reached',
    deadline: 'guidance',
    to: 'GUIDED',
    clauses: ['RKN-C1c'],
    notices: [{ kind: 'guidance_open', to: 'institution', clause: 'RKN-C1c' }],
    learns: () => ({ guidanceOpen: true }),
  }),
  ...(['IMPROVED', 'REPORT_DUE', 'GUIDED', 'CONTRACTED'] as const).map((at) =>
    chainRow({
      from: [at],
      event: 'deadline_reached',
      deadline: 'report_to_institution',
      to: at,
      clauses: ['RKN-C1d'],
      notices: [{ kind: 'result_not_reported', to: 'institution', clause: 'RKN-C1d' }],
      learns: () => ({ reportToInstitutionOverdue: true }),
    }),
  ),
  chainRow({
    from: [...WATCHED, 'STOP_DEMANDED', 'PARTNER_STOPPED', 'OVERDUE', 'NOTICED'],
    event: 'contract_ended',
    guard: [reasonGiven('RKN-C1a')],
    to: 'ENDED',
    clauses: ['RKN-C1a'],
    notices: [{ kind: 'partner_removed', to: 'epsp', clause: 'RKN-C1a' }],
    effects: ['revoke_partner_consents'],
  }),
  chainRow({
    // The measure falls on the linkage, which goes on without this partner: it is lifted with it.
    from: ['LINK_RESTRICTED', 'LINK_SUSPENDED'],
    event: 'contract_ended',
    guard: [reasonGiven('RKN-C1a')],
    to: 'ENDED',
    clauses: ['RKN-C1a', 'RKN-C2b'],
    notices: [{ kind: 'partner_removed', to: 'epsp', clause: 'RKN-C1a' }],
    effects: ['revoke_partner_consents', 'propose_lifting_link_measure'],
  }),
  chainRow({
    from: [...WATCHED, 'STOP_DEMANDED', 'PARTNER_STOPPED', 'OVERDUE', 'NOTICED'],
    event: 'deadline_reached',
    deadline: 'contract_term',
    to: 'ENDED',
    clauses: ['RKN-C1a'],
    notices: [{ kind: 'partner_removed', to: 'epsp', clause: 'RKN-C1a' }],
    effects: ['revoke_partner_consents'],
  }),
  chainRow({
    from: ['LINK_RESTRICTED', 'LINK_SUSPENDED'],
    event: 'deadline_reached',
    deadline: 'contract_term',
    to: 'ENDED',
    clauses: ['RKN-C1a', 'RKN-C2b'],
    notices: [{ kind: 'partner_removed', to: 'epsp', clause: 'RKN-C1a' }],
    effects: ['revoke_partner_consents', 'propose_lifting_link_measure'],
  }),
];
