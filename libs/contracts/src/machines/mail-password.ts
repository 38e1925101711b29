import type { Instant } from '#libs/kernel';
import { isWritten } from './checks.js';
import {
  begin,
  rowsOf,
  step,
  type DeadlineReached,
  type DutyRule,
  type Machine,
  type MachineEvent,
  type MachineState,
} from './step.js';

export type MailPasswordName = 'NOT_STARTED' | 'STARTED' | 'LIVE' | 'ENDED';

export interface MailPasswordFacts {
  readonly address: string;
  readonly generation: number;
  readonly session?: string;
  /** The draft of a transfer through an intermediary for which alone it was issued (T-04). */
  readonly draft?: string;
  readonly sentInSession: number;
  readonly failures: number;
}

export type MailPasswordEvent =
  | MachineEvent<'use_started'>
  | (MachineEvent<'operation_selected'> & {
      /** P.sm.mailpw.operations names it. */
      readonly designated: boolean;
      readonly session: string;
      readonly draft?: string;
      /** P.sm.mailpw.resendLimit. */
      readonly sendsMax: number;
      /** The first instant at which P.sm.mailpw.maxAge has run out; absent where it is the session. */
      readonly livesUntil?: Instant;
    })
  | (MachineEvent<'entered'> & {
      readonly matches: boolean;
      readonly session: string;
      readonly draft?: string;
      readonly singleUse: boolean;
    })
  | (MachineEvent<'wrong_one_entered'> & { readonly attemptsMax: number })
  | (MachineEvent<'session_ended'> & { readonly session: string })
  | (MachineEvent<'address_changed'> & { readonly address: string })
  | MachineEvent<'use_stopped'>
  | MachineEvent<'contract_ended'>
  | DeadlineReached;

export type MailPasswordCode =
  | 'operation_not_designated'
  | 'resend_limit_reached'
  | 'other_session'
  | 'other_draft'
  | 'mail_password_mismatch'
  | 'address_missing';

export type MailPasswordState = MachineState<MailPasswordName, MailPasswordFacts>;

const row = rowsOf<MailPasswordName, MailPasswordFacts, MailPasswordEvent, MailPasswordCode>();
const LIVING = ['NOT_STARTED', 'STARTED', 'LIVE'] as const;
const dead = { session: undefined, draft: undefined, failures: 0 } as const;
const sent = { kind: 'mail_password', to: 'holder', clause: 'SM-8.1' } as const;

const sendsBefore = (facts: MailPasswordFacts, session: string): number =>
  facts.session === session ? facts.sentInSession : 0;

/** The mail password of a holder: SM-8. Issued on selection, alive until logout or re-issue. */
export const mailPasswordMachine: Machine<
  MailPasswordName,
  MailPasswordFacts,
  MailPasswordEvent,
  MailPasswordCode
> = {
  name: 'mail-password',
  initial: 'NOT_STARTED',
  terminal: ['ENDED'],
  rows: [
    row({ from: ['NOT_STARTED'], event: 'use_started', to: 'STARTED', clauses: ['SM-8.1'] }),
    row({
      from: ['STARTED', 'LIVE'],
      event: 'operation_selected',
      guard: [
        {
          refusal: 'operation_not_designated',
          clause: 'SM-8.1',
          holds: ({ event }) => event.designated,
        },
        {
          refusal: 'resend_limit_reached',
          clause: 'SM-8.1',
          holds: ({ facts, event }) => sendsBefore(facts, event.session) < event.sendsMax,
        },
      ],
      to: 'LIVE',
      clauses: ['SM-8.1', 'SM-8.3a'],
      notices: [sent],
      startsDeadlines: [
        {
          name: 'max_age',
          clause: 'SM-8.3a',
          parameter: 'P.sm.mailpw.maxAge',
          dueAt: ({ event }) => event.livesUntil && event.livesUntil - 1,
        },
      ],
      effects: ['make_mail_password', 'void_older_mail_password'],
      learns: ({ facts, event }) => ({
        generation: facts.generation + 1,
        session: event.session,
        draft: event.draft,
        sentInSession: sendsBefore(facts, event.session) + 1,
        failures: 0,
      }),
    }),
    ...(['LIVE', 'STARTED'] as const).map((to) =>
      row({
        from: ['LIVE'],
        event: 'entered',
        when: ({ event }) => event.singleUse === (to === 'STARTED'),
        guard: [
          {
            refusal: 'other_session',
            clause: 'SM-8.3a',
            holds: ({ facts, event }) => facts.session === event.session,
          },
          {
            refusal: 'other_draft',
            clause: 'SM-8.3a',
            holds: ({ facts, event }) => facts.draft === undefined || facts.draft === event.draft,
          },
          {
            refusal: 'mail_password_mismatch',
            clause: 'SM-8.2',
            holds: ({ event }) => event.matches,
          },
          {
            refusal: 'mail_password_mismatch',
            clause: 'SM-8.3a',
            // The longest life is the only deadline that a mail password has.
            holds: ({ deadlines, now }) => deadlines.every(({ dueAt }) => now <= dueAt),
          },
        ],
        to,
        clauses: ['SM-8.2'],
        effects: ['record_factor'],
        learns: () => (to === 'STARTED' ? { draft: undefined, failures: 0 } : { failures: 0 }),
      }),
    ),
    ...(['LIVE', 'STARTED'] as const).map((to) =>
      row({
        from: ['LIVE'],
        event: 'wrong_one_entered',
        when: ({ facts, event }) => facts.failures + 1 >= event.attemptsMax === (to === 'STARTED'),
        to,
        // Its own counter: what the institution issues is no registered credential (SM-8.2/b).
        clauses: ['SM-8.2'],
        effects: to === 'STARTED' ? ['void_older_mail_password'] : [],
        learns: ({ facts }) =>
          to === 'STARTED' ? { draft: undefined, failures: 0 } : { failures: facts.failures + 1 },
      }),
    ),
    row({
      // Every end of the session is a logout: time-out, forced end and lock alike (SM-8.3a/d).
      from: ['STARTED', 'LIVE'],
      event: 'session_ended',
      guard: [
        {
          refusal: 'other_session',
          clause: 'SM-8.3a',
          holds: ({ facts, event }) => facts.session === event.session,
        },
      ],
      to: 'STARTED',
      clauses: ['SM-8.3a'],
      effects: ['void_older_mail_password'],
      learns: () => ({ ...dead, sentInSession: 0 }),
    }),
    ...LIVING.map((at) =>
      row({
        from: [at],
        event: 'address_changed',
        guard: [
          {
            refusal: 'address_missing',
            clause: 'SM-8.3b',
            holds: ({ event }) => isWritten(event.address),
          },
        ],
        to: at,
        clauses: ['SM-8.3b', 'SM-6a'],
        notices: [
          ...(at === 'LIVE' ? [sent] : []),
          { kind: 'mail_address_changed', to: 'holder', clause: 'SM-8.3b' },
        ],
        effects: at === 'LIVE' ? ['make_mail_password', 'void_older_mail_password'] : [],
        learns: ({ facts, event }) => ({
          address: event.address,
          failures: 0,
          generation: at === 'LIVE' ? facts.generation + 1 : facts.generation,
        }),
      }),
    ),
    row({
      from: ['LIVE'],
      event: 'deadline_reached',
      deadline: 'max_age',
      to: 'STARTED',
      clauses: ['SM-8.3a'],
      effects: ['void_older_mail_password'],
      learns: () => ({ draft: undefined, failures: 0 }),
    }),
    row({
      from: ['STARTED', 'LIVE'],
      event: 'use_stopped',
      to: 'NOT_STARTED',
      clauses: ['SM-8.1'],
      effects: ['void_older_mail_password'],
      learns: () => ({ ...dead, sentInSession: 0 }),
    }),
    row({
      from: LIVING,
      event: 'contract_ended',
      to: 'ENDED',
      clauses: ['SM-11.3b', 'SM-12.1'],
      effects: ['void_older_mail_password'],
      learns: () => dead,
    }),
  ],
  duties: {
    NOT_STARTED: [may('SM-8.1', '使うときは利用開始の手続をする。', 'Start it to use it.')],
    STARTED: [may('SM-8.1', '所定の取引を選ぶと送られる。', 'Select an operation to be sent one.')],
    LIVE: [may('SM-8.2', '届いたパスワードを入力する。', 'Enter the password received.')],
  },
};

function may(clause: string, ja: string, en: string): DutyRule<MailPasswordFacts> {
  return { who: 'holder', clause, what: { ja, en } };
}

export const beginMailPassword = (address: string, now: Instant): MailPasswordState =>
  begin(mailPasswordMachine, { address, generation: 0, sentInSession: 0, failures: 0 }, now);

export const stepMailPassword = (
  state: MailPasswordState,
  event: MailPasswordEvent,
  now: Instant,
) => step(mailPasswordMachine, state, event, now);
