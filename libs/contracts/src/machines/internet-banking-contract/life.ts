import { CivilDate } from '#libs/kernel';
import { endsLater, isWritten, reasonGiven } from '../checks.js';
import { BINDING, contractEnds, contractRow, termOver, yearFrom } from './facts.js';

/** The day after the last day of the running year: the first day of the next (SM-19). */
const nextYear = (termTo: string | undefined) => yearFrom(CivilDate.from(termTo ?? '').plusDays(1));

/** SM-13.4, SM-9.2, SM-3.4-1-4 and SM-19: first use, locks and stops, the year and its renewal. */
export const lifeRows = [
  contractRow({
    from: ['APPLIED'],
    event: 'contracted',
    guard: [endsLater('firstUseBy', 'SM-13.4')],
    to: 'AWAITING_FIRST_USE',
    clauses: ['SM-R2', 'SM-19'],
    notices: [{ kind: 'temporary_password', to: 'holder', clause: 'SM-13.4' }],
    startsDeadlines: [
      {
        name: 'first_use',
        clause: 'SM-13.4',
        parameter: 'P.sm.firstUse.deadline',
        dueAt: ({ event }) => event.firstUseBy,
      },
      {
        name: 'term',
        clause: 'SM-19',
        dueAt: ({ event }) => termOver(yearFrom(CivilDate.inTokyo(event.happenedAt)).termTo),
      },
    ],
    learns: ({ event }) => yearFrom(CivilDate.inTokyo(event.happenedAt)),
  }),
  contractRow({
    from: ['AWAITING_FIRST_USE'],
    event: 'temporary_password_sent_again',
    guard: [endsLater('firstUseBy', 'SM-13.4')],
    to: 'AWAITING_FIRST_USE',
    clauses: ['SM-13.4'],
    notices: [{ kind: 'temporary_password', to: 'holder', clause: 'SM-13.4' }],
    startsDeadlines: [
      {
        name: 'first_use',
        clause: 'SM-13.4',
        parameter: 'P.sm.firstUse.deadline',
        dueAt: ({ event }) => event.firstUseBy,
      },
    ],
    learns: () => ({ temporaryPasswordDead: false }),
  }),
  contractRow({
    from: ['AWAITING_FIRST_USE'],
    event: 'first_used',
    guard: [
      {
        refusal: 'temporary_password_expired',
        clause: 'SM-13.4',
        holds: ({ facts, event, deadlines }) =>
          !facts.temporaryPasswordDead &&
          deadlines.some(({ name, dueAt }) => name === 'first_use' && event.happenedAt <= dueAt),
      },
    ],
    to: 'ACTIVE',
    clauses: ['SM-R2', 'SM-13.4'],
    keepsDeadlines: ['term'],
  }),
  ...(['AWAITING_FIRST_USE', 'STOPPED'] as const).map((at) =>
    contractRow({
      from: [at],
      event: 'deadline_reached',
      deadline: 'first_use',
      to: at,
      clauses: ['SM-13.4'],
      effects: ['void_temporary_password'],
      learns: () => ({ temporaryPasswordDead: true }),
    }),
  ),
  ...BINDING.flatMap((at) => [
    contractRow({
      from: [at],
      event: 'renewal_objected',
      // Only up to the last day of the running year, and once told it stays told (SM-19/c, X-12).
      within: 'term',
      to: at,
      clauses: ['SM-19'],
      learns: ({ event }) => ({ objectedBy: event.by }),
    }),
    contractRow({
      from: [at],
      event: 'deadline_reached',
      deadline: 'term',
      when: ({ facts }) => facts.objectedBy === undefined,
      to: at,
      clauses: ['SM-19'],
      startsDeadlines: [
        {
          name: 'term',
          clause: 'SM-19',
          dueAt: ({ facts }) => termOver(nextYear(facts.termTo).termTo),
        },
      ],
      learns: ({ facts }) => ({ ...nextYear(facts.termTo), renewals: facts.renewals + 1 }),
    }),
  ]),
  contractRow({
    from: BINDING,
    event: 'deadline_reached',
    deadline: 'term',
    to: 'TERMINATED',
    clauses: ['SM-19'],
    effects: contractEnds,
    learns: () => ({ endedBecause: 'not_renewed' }),
  }),
  contractRow({
    from: ['ACTIVE'],
    event: 'locked',
    to: 'LOCKED',
    clauses: ['SM-9.2'],
    keepsDeadlines: ['term'],
    effects: ['end_sessions', 'void_mail_password', 'freeze_consents'],
  }),
  contractRow({
    from: ['LOCKED'],
    event: 'unlocked',
    guard: [
      {
        refusal: 'written_form_required',
        clause: 'SM-9.2',
        holds: ({ event }) => isWritten(event.formId),
      },
    ],
    to: 'ACTIVE',
    clauses: ['SM-9.2'],
    keepsDeadlines: ['term'],
    effects: ['reset_counters', 'thaw_consents'],
  }),
  ...(['AWAITING_FIRST_USE', 'ACTIVE', 'LOCKED'] as const).flatMap((live) => [
    contractRow({
      from: [live],
      event: 'service_stopped',
      guard: [reasonGiven('SM-3.4-1-4')],
      to: 'STOPPED',
      clauses: ['SM-3.4-1-4'],
      keepsDeadlines: ['term', 'first_use'],
      effects: ['end_sessions', 'freeze_consents'],
      learns: () => ({ stoppedFrom: live }),
    }),
    contractRow({
      from: ['STOPPED'],
      event: 'service_resumed',
      when: ({ facts }) => facts.stoppedFrom === live,
      guard: [reasonGiven('SM-3.4-1-4')],
      to: live,
      clauses: ['SM-3.4-1-4'],
      keepsDeadlines: ['term', 'first_use'],
      effects: live === 'LOCKED' ? [] : ['thaw_consents'],
      learns: () => ({ stoppedFrom: undefined }),
    }),
  ]),
];
