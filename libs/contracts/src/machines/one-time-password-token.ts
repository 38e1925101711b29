import type { Instant } from '#libs/kernel';
import { endsLater, reasonGiven } from './checks.js';
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

export type TokenName =
  'NONE' | 'ISSUE_REQUESTED' | 'TOKEN_OBTAINED' | 'ACTIVE' | 'DEACTIVATED' | 'STOPPED' | 'ENDED';

export interface TokenFacts {
  /** Every issue has a secret of its own; codes of an older generation never match again. */
  readonly generation: number;
  readonly failures: number;
  readonly lastStepUsed?: number;
  readonly expiresAt?: Instant;
  readonly stoppedBecause?: string;
}

export type TokenEvent =
  | (MachineEvent<'issue_requested'> & {
      readonly startPasswordMeetsPolicy: boolean;
      /** The letter goes to an address that the holder gives now, not to the registered one. */
      readonly toNewAddress: boolean;
      readonly stepUpMatched: boolean;
      readonly usableUntil: Instant;
    })
  | (MachineEvent<'start_password_entered'> & {
      readonly matches: boolean;
      /** P.sm.otp.attempts; these failures are not those of SM-9.2. */
      readonly attemptsMax: number;
    })
  | (MachineEvent<'started'> & Code & Term)
  | (MachineEvent<'code_entered'> & Code)
  | (MachineEvent<'wrong_code_entered'> & { readonly attemptsMax: number })
  | (MachineEvent<'deactivated'> & { readonly proof: 'one_time_password' | 'branch' | 'none' })
  | (MachineEvent<'loss_reported'> & { readonly reason: string })
  | (MachineEvent<'extended'> & Term)
  | MachineEvent<'contract_ended'>
  | DeadlineReached;

/** A code that was compared: the time step on which it matches, and how far steps may be apart. */
interface Code {
  readonly matches: boolean;
  readonly step: number;
  readonly currentStep: number;
  readonly window: number;
}

/** The first instant at which the token is invalid, and the instant from which its end is told. */
interface Term {
  readonly expiresAt: Instant;
  readonly tellFrom: Instant;
}

export type TokenCode =
  | 'start_password_weak'
  | 'factors_missing'
  | 'deadline_in_the_past'
  | 'otp_mismatch'
  | 'otp_outside_window'
  | 'otp_replayed'
  | 'proof_missing'
  | 'reason_required'
  | 'not_longer';

export type TokenState = MachineState<TokenName, TokenFacts>;

const row = rowsOf<TokenName, TokenFacts, TokenEvent, TokenCode>();

type SeenCode = { readonly facts: TokenFacts; readonly event: Code };

/** SM-7.2/b, /c: the code matches, its step is near, and was never used before. */
const codeCounts = [
  { refusal: 'otp_mismatch', clause: 'SM-7.2', holds: ({ event }: SeenCode) => event.matches },
  {
    refusal: 'otp_outside_window',
    clause: 'SM-7.2',
    holds: ({ event }: SeenCode) => Math.abs(event.step - event.currentStep) <= event.window,
  },
  {
    refusal: 'otp_replayed',
    clause: 'SM-7.2',
    holds: ({ facts, event }: SeenCode) =>
      facts.lastStepUsed === undefined || event.step > facts.lastStepUsed,
  },
] as const;

/** The token shows its end (SM-7.5); it is told once, when the instant for telling is reached. */
const termDeadlines = [
  {
    name: 'expiry',
    clause: 'SM-7.5',
    parameter: 'P.sm.otp.validity',
    dueAt: ({ event }: { readonly event: Term }) => event.expiresAt - 1,
  },
  {
    name: 'expiry_notice',
    clause: 'SM-7.5',
    parameter: 'P.sm.otp.noticeBefore',
    dueAt: ({ event }: { readonly event: Term }) => event.tellFrom - 1,
  },
] as const;

const issuing = [
  row({
    from: ['NONE', 'ISSUE_REQUESTED', 'TOKEN_OBTAINED', 'DEACTIVATED', 'STOPPED'],
    event: 'issue_requested',
    guard: [
      {
        refusal: 'start_password_weak',
        clause: 'SM-7.1',
        holds: ({ event }) => event.startPasswordMeetsPolicy,
      },
      {
        refusal: 'factors_missing',
        clause: 'SM-7.1',
        holds: ({ event }) => !event.toNewAddress || event.stepUpMatched,
      },
      endsLater('usableUntil', 'SM-7.1'),
    ],
    to: 'ISSUE_REQUESTED',
    clauses: ['SM-7.1', 'SM-7.4b'],
    notices: [{ kind: 'token_issue_letter', to: 'holder', clause: 'SM-7.1' }],
    startsDeadlines: [
      {
        name: 'issue',
        clause: 'SM-7.1',
        parameter: 'P.sm.otp.issueExpiry',
        dueAt: ({ event }) => event.usableUntil,
      },
    ],
    effects: ['make_new_secret', 'void_older_secrets'],
    learns: ({ facts }) => ({
      generation: facts.generation + 1,
      failures: 0,
      lastStepUsed: undefined,
      expiresAt: undefined,
      stoppedBecause: undefined,
    }),
  }),
  row({
    from: ['ISSUE_REQUESTED'],
    event: 'start_password_entered',
    when: ({ event }) => event.matches,
    within: 'issue',
    to: 'TOKEN_OBTAINED',
    clauses: ['SM-7.1'],
    keepsDeadlines: ['issue'],
    effects: ['hand_out_secret', 'void_start_password'],
    learns: () => ({ failures: 0 }),
  }),
  row({
    from: ['ISSUE_REQUESTED'],
    event: 'start_password_entered',
    when: ({ facts, event }) => facts.failures + 1 >= event.attemptsMax,
    within: 'issue',
    to: 'NONE',
    clauses: ['SM-7.1'],
    effects: ['void_older_secrets'],
    learns: () => ({ failures: 0 }),
  }),
  row({
    from: ['ISSUE_REQUESTED'],
    event: 'start_password_entered',
    within: 'issue',
    to: 'ISSUE_REQUESTED',
    clauses: ['SM-7.1'],
    learns: ({ facts }) => ({ failures: facts.failures + 1 }),
  }),
  row({
    from: ['TOKEN_OBTAINED'],
    event: 'started',
    within: 'issue',
    guard: [...codeCounts, endsLater('expiresAt', 'SM-7.5')],
    to: 'ACTIVE',
    clauses: ['SM-7.2'],
    startsDeadlines: termDeadlines,
    learns: ({ event }) => ({ lastStepUsed: event.step, expiresAt: event.expiresAt, failures: 0 }),
  }),
  row({
    from: ['ISSUE_REQUESTED', 'TOKEN_OBTAINED'],
    event: 'deadline_reached',
    deadline: 'issue',
    to: 'NONE',
    clauses: ['SM-7.1'],
    effects: ['void_older_secrets'],
  }),
];

const using = [
  row({
    from: ['ACTIVE'],
    event: 'code_entered',
    within: 'expiry',
    guard: codeCounts,
    to: 'ACTIVE',
    clauses: ['SM-7.3a', 'SM-7.3b', 'SM-7.3c'],
    effects: ['record_factor'],
    learns: ({ event }) => ({ lastStepUsed: event.step, failures: 0 }),
  }),
  ...(['ACTIVE', 'STOPPED'] as const).map((to) =>
    row({
      from: ['ACTIVE'],
      event: 'wrong_code_entered',
      when: ({ facts, event }) => facts.failures + 1 >= event.attemptsMax === (to === 'STOPPED'),
      to,
      clauses: ['SM-7.2'],
      effects: to === 'STOPPED' ? ['void_older_secrets'] : [],
      learns: ({ facts }) => ({
        failures: facts.failures + 1,
        ...(to === 'STOPPED' ? { stoppedBecause: 'attempts' } : {}),
      }),
    }),
  ),
  row({
    from: ['ACTIVE'],
    event: 'deactivated',
    guard: [
      {
        refusal: 'proof_missing',
        clause: 'SM-7.4a',
        holds: ({ event }) => event.proof !== 'none',
      },
    ],
    to: 'DEACTIVATED',
    clauses: ['SM-7.4a'],
    notices: [{ kind: 'token_deactivated', to: 'holder', clause: 'SM-7.4a' }],
    // Ceilings that rest on the use of codes fall at once (SM-7.4a/b, X-14).
    effects: ['void_older_secrets', 'lower_limits_to_ceiling'],
  }),
  row({
    from: ['ISSUE_REQUESTED', 'TOKEN_OBTAINED', 'ACTIVE'],
    event: 'loss_reported',
    guard: [reasonGiven('SM-9.4')],
    to: 'STOPPED',
    clauses: ['SM-9.4'],
    effects: ['void_older_secrets', 'record_time_of_report'],
    learns: ({ event }) => ({ stoppedBecause: event.reason }),
  }),
  row({
    from: ['ACTIVE'],
    event: 'extended',
    within: 'expiry',
    guard: [
      {
        refusal: 'not_longer',
        clause: 'SM-7.5',
        holds: ({ facts, event, now }) => event.expiresAt > (facts.expiresAt ?? now),
      },
    ],
    to: 'ACTIVE',
    clauses: ['SM-7.5'],
    startsDeadlines: termDeadlines,
    learns: ({ event }) => ({ expiresAt: event.expiresAt }),
  }),
  row({
    from: ['ACTIVE'],
    event: 'deadline_reached',
    deadline: 'expiry_notice',
    to: 'ACTIVE',
    clauses: ['SM-7.5'],
    notices: [{ kind: 'token_expires_soon', to: 'holder', clause: 'SM-7.5' }],
  }),
  row({
    from: ['ACTIVE'],
    event: 'deadline_reached',
    deadline: 'expiry',
    to: 'STOPPED',
    clauses: ['SM-7.5'],
    // After the term the check fails closed; a new token is needed, the factor is not waived.
    effects: ['void_older_secrets'],
    learns: () => ({ stoppedBecause: 'expired' }),
  }),
  row({
    from: ['NONE', 'ISSUE_REQUESTED', 'TOKEN_OBTAINED', 'ACTIVE', 'DEACTIVATED', 'STOPPED'],
    event: 'contract_ended',
    to: 'ENDED',
    clauses: ['SM-11.3b', 'SM-12.1'],
    effects: ['void_older_secrets'],
  }),
];

const of = (clause: string, ja: string, en: string, by?: string): DutyRule<TokenFacts> => ({
  who: 'holder',
  clause,
  what: { ja, en },
  ...(by ? { by } : {}),
});

/** The one-time-password token of a holder: SM-7, and its loss by SM-9.4. */
export const tokenMachine: Machine<TokenName, TokenFacts, TokenEvent, TokenCode> = {
  name: 'one-time-password-token',
  initial: 'NONE',
  terminal: ['ENDED'],
  rows: [...issuing, ...using],
  duties: {
    NONE: [of('SM-7.1', '使うときは発行を依頼する。', 'Request a token to use one.')],
    ISSUE_REQUESTED: [
      of('SM-7.1', '利用開始パスワードを入力する。', 'Enter the start password.', 'issue'),
    ],
    TOKEN_OBTAINED: [
      of('SM-7.2', '表示された番号で利用を始める。', 'Start with the code shown.', 'issue'),
    ],
    ACTIVE: [of('SM-7.5', '期限までに延長する。', 'Extend before the end.', 'expiry')],
    DEACTIVATED: [of('SM-7.4b', '再び使うときは発行から行う。', 'Request anew to use it again.')],
    STOPPED: [of('SM-7.4b', '再び使うときは発行から行う。', 'Request anew to use it again.')],
  },
};

export const beginToken = (now: Instant): TokenState =>
  begin(tokenMachine, { generation: 0, failures: 0 }, now);

export const stepToken = (state: TokenState, event: TokenEvent, now: Instant) =>
  step(tokenMachine, state, event, now);

/** True while a code must be asked for. It stays true when the token has run out (SM-7.5/b). */
export const asksForCode = ({ name }: TokenState): boolean =>
  name === 'ACTIVE' || name === 'STOPPED';
