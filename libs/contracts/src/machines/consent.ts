import type { Instant } from '#libs/kernel';
import { endsLater, isWritten, reasonGiven } from './checks.js';
import {
  begin,
  rowsOf,
  step,
  type DeadlineReached,
  type Machine,
  type MachineEvent,
  type MachineState,
} from './step.js';

export type ConsentName =
  | 'awaiting_authorisation'
  | 'authorised'
  | 'frozen'
  | 'consumed'
  | 'revoked'
  | 'expired'
  | 'rejected';

export type ConsentActor = 'holder' | 'institution' | 'epsp' | 'system';

/** Why a consent is frozen. Several may hold at once; it thaws when the last one ends. */
export type FreezeReason = 'link_stopped' | 'protective_hold' | 'holder_locked' | 'self_lock';

export interface ConsentFacts {
  /** `once` serves one transfer and is then consumed; `standing` lasts until its term. */
  readonly kind: 'standing' | 'once';
  readonly frozenFor: readonly FreezeReason[];
  readonly expiresAt?: Instant;
  readonly wordingHash?: string;
  readonly endedBy?: ConsentActor;
  readonly endedBecause?: string;
}

type Ended = { readonly actor: ConsentActor; readonly reason: string };

export type ConsentEvent =
  | (MachineEvent<'pushed'> & { readonly decideBy: Instant })
  | (MachineEvent<'authorised'> & {
      readonly wordingHash: string;
      readonly accounts: readonly string[];
      readonly expiresAt: Instant;
      /** The answer of the link for new consents, read under the link lock. */
      readonly linkAllowsNew: boolean;
    })
  | (MachineEvent<'rejected'> & Ended)
  | (MachineEvent<'frozen'> & { readonly reason: FreezeReason; readonly actor: ConsentActor })
  | (MachineEvent<'thawed'> & { readonly reason: FreezeReason; readonly actor: ConsentActor })
  | (MachineEvent<'extended'> & { readonly actor: 'holder'; readonly expiresAt: Instant })
  | MachineEvent<'consumed'>
  | (MachineEvent<'revoked'> & Ended)
  | DeadlineReached;

export type ConsentCode =
  | 'wording_missing'
  | 'no_account_chosen'
  | 'linkage_suspended'
  | 'deadline_in_the_past'
  | 'not_frozen_for_that'
  | 'already_frozen_for_that'
  | 'not_longer'
  | 'reason_required'
  | 'consent_not_single_use';

export type ConsentState = MachineState<ConsentName, ConsentFacts>;

const row = rowsOf<ConsentName, ConsentFacts, ConsentEvent, ConsentCode>();
const grantEnds = ['end_grant', 'announce_consent_state'] as const;

/** The making of a consent: pushed, then decided by the holder on the bank's own page. */
const making = [
  row({
    from: ['awaiting_authorisation'],
    event: 'pushed',
    guard: [endsLater('decideBy', 'RKN-S1')],
    to: 'awaiting_authorisation',
    clauses: ['RKN-S1'],
    startsDeadlines: [{ name: 'decision', clause: 'RKN-S1', dueAt: ({ event }) => event.decideBy }],
  }),
  row({
    from: ['awaiting_authorisation'],
    event: 'authorised',
    within: 'decision',
    guard: [
      {
        refusal: 'linkage_suspended',
        clause: 'RKN-S4c',
        holds: ({ event }) => event.linkAllowsNew,
      },
      {
        refusal: 'wording_missing',
        clause: 'RKN-S1',
        holds: ({ event }) => isWritten(event.wordingHash),
      },
      {
        refusal: 'no_account_chosen',
        clause: 'RKN-S1',
        holds: ({ event }) => event.accounts.length > 0,
      },
      endsLater('expiresAt', 'RKN-S1'),
    ],
    to: 'authorised',
    clauses: ['RKN-S1', 'RKN-D6'],
    startsDeadlines: [
      {
        name: 'expiry',
        clause: 'RKN-S1',
        parameter: 'P.rkn.token.consent',
        dueAt: ({ event }) => event.expiresAt - 1,
      },
    ],
    effects: ['announce_consent_state'],
    learns: ({ event }) => ({ wordingHash: event.wordingHash, expiresAt: event.expiresAt }),
  }),
  row({
    from: ['awaiting_authorisation'],
    event: 'rejected',
    guard: [reasonGiven('RKN-D6')],
    to: 'rejected',
    clauses: ['RKN-D6'],
    effects: ['announce_consent_state'],
    learns: ({ event }) => ({ endedBy: event.actor, endedBecause: event.reason }),
  }),
  row({
    from: ['awaiting_authorisation'],
    event: 'deadline_reached',
    deadline: 'decision',
    to: 'expired',
    clauses: ['RKN-S1'],
    effects: ['announce_consent_state'],
    learns: () => ({ endedBy: 'system', endedBecause: 'not_decided_in_time' }),
  }),
];

/** Freezing takes nothing away for good: an unexpired consent lives on without a new one. */
const freezing = [
  row({
    from: ['authorised', 'frozen'],
    event: 'frozen',
    guard: [
      {
        refusal: 'already_frozen_for_that',
        clause: 'RKN-S4c',
        holds: ({ facts, event }) => !facts.frozenFor.includes(event.reason),
      },
    ],
    to: 'frozen',
    clauses: ['RKN-S4c', 'SM-9.2'],
    keepsDeadlines: ['expiry'],
    effects: ['freeze_grant', 'announce_consent_state'],
    learns: ({ facts, event }) => ({ frozenFor: [...facts.frozenFor, event.reason] }),
  }),
  ...(['frozen', 'authorised'] as const).map((to) =>
    row({
      from: ['frozen'],
      event: 'thawed',
      when: ({ facts, event }) => {
        const left = facts.frozenFor.filter((reason) => reason !== event.reason);
        return (left.length === 0) === (to === 'authorised');
      },
      within: 'expiry',
      guard: [
        {
          refusal: 'not_frozen_for_that',
          clause: 'RKN-S4c',
          holds: ({ facts, event }) => facts.frozenFor.includes(event.reason),
        },
      ],
      to,
      clauses: ['RKN-S4c', 'SM-9.2'],
      keepsDeadlines: ['expiry'],
      effects: to === 'authorised' ? ['revive_grant', 'announce_consent_state'] : [],
      learns: ({ facts, event }) => ({
        frozenFor: facts.frozenFor.filter((reason) => reason !== event.reason),
      }),
    }),
  ),
];

/** Extension, and the three ends of a consent in force. */
const living = [
  row({
    from: ['authorised'],
    event: 'extended',
    within: 'expiry',
    guard: [
      {
        refusal: 'not_longer',
        clause: 'RKN-S1',
        holds: ({ facts, event, now }) =>
          event.expiresAt > now && event.expiresAt > (facts.expiresAt ?? now),
      },
    ],
    to: 'authorised',
    clauses: ['RKN-S1'],
    startsDeadlines: [
      {
        name: 'expiry',
        clause: 'RKN-S1',
        parameter: 'P.rkn.token.consent',
        dueAt: ({ event }) => event.expiresAt - 1,
      },
    ],
    effects: ['announce_consent_state'],
    learns: ({ event }) => ({ expiresAt: event.expiresAt }),
  }),
  row({
    from: ['authorised'],
    event: 'consumed',
    within: 'expiry',
    guard: [
      {
        refusal: 'consent_not_single_use',
        clause: 'RKN-S1',
        holds: ({ facts }) => facts.kind === 'once',
      },
    ],
    to: 'consumed',
    clauses: ['RKN-S1'],
    effects: ['announce_consent_state'],
    learns: () => ({ endedBy: 'system', endedBecause: 'used' }),
  }),
  row({
    from: ['authorised', 'frozen'],
    event: 'revoked',
    guard: [reasonGiven('RKN-D6')],
    to: 'revoked',
    clauses: ['RKN-D6', 'RKN-S1'],
    effects: grantEnds,
    learns: ({ event }) => ({ endedBy: event.actor, endedBecause: event.reason, frozenFor: [] }),
  }),
  row({
    from: ['authorised', 'frozen'],
    event: 'deadline_reached',
    deadline: 'expiry',
    to: 'expired',
    clauses: ['RKN-S1'],
    effects: grantEnds,
    learns: () => ({ endedBy: 'system', endedBecause: 'term_over', frozenFor: [] }),
  }),
];

/** The consent of a holder towards an intermediary: RKN-S1, RKN-D6, RKN-S4c, SM-9.2. */
export const consentMachine: Machine<ConsentName, ConsentFacts, ConsentEvent, ConsentCode> = {
  name: 'consent',
  initial: 'awaiting_authorisation',
  terminal: ['consumed', 'revoked', 'expired', 'rejected'],
  rows: [...making, ...freezing, ...living],
  duties: {
    awaiting_authorisation: [
      {
        who: 'holder',
        what: { ja: '同意するか断るかを決める。', en: 'Agree or refuse.' },
        by: 'decision',
        clause: 'RKN-D6',
      },
    ],
    authorised: [
      {
        who: 'epsp',
        what: {
          ja: '同意の目的と範囲の中だけで情報を扱う。',
          en: 'Handle information only for the purpose and within the scope of the consent.',
        },
        by: 'expiry',
        clause: 'RKN-S1',
      },
    ],
    frozen: [
      {
        who: 'institution',
        what: {
          ja: '凍結の理由がなくなれば同意を元に戻す。',
          en: 'Revive the consent when the reason for freezing ends.',
        },
        clause: 'RKN-S4c',
      },
    ],
  },
};

export const beginConsent = (kind: ConsentFacts['kind'], now: Instant): ConsentState =>
  begin(consentMachine, { kind, frozenFor: [] }, now);

export const stepConsent = (state: ConsentState, event: ConsentEvent, now: Instant) =>
  step(consentMachine, state, event, now);

/** True while a call may rest on the consent; the term ends by itself, whatever the jobs do. */
export const isInForce = (state: ConsentState, now: Instant): boolean =>
  state.name === 'authorised' && state.facts.expiresAt !== undefined && now < state.facts.expiresAt;
