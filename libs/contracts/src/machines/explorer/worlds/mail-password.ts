import { beginMailPassword, mailPasswordMachine } from '../../mail-password.js';
import type {
  MailPasswordCode,
  MailPasswordEvent,
  MailPasswordFacts,
  MailPasswordName,
} from '../../mail-password.js';
import type { Telling, World } from '../explore.js';
import { HOUR, START, variants } from './people.js';

/** For which session and draft the living password was sent, by what was told alone. */
export interface MailGhost {
  readonly session?: string;
  readonly draft?: string;
}

type Tell = Telling<MailPasswordEvent>;

const tellings = (now: number): Tell[] => [
  { type: 'use_started' },
  ...(['ses_1', 'ses_2'] as const).flatMap((session): Tell[] => [
    ...variants(
      {
        type: 'operation_selected' as const,
        designated: true,
        session,
        draft: 'trf_1' as string | undefined,
        sendsMax: 2,
        livesUntil: undefined as number | undefined,
      },
      { draft: undefined },
      { livesUntil: now + HOUR },
      { designated: false },
    ),
    ...variants(
      {
        type: 'entered' as const,
        matches: true,
        session,
        draft: 'trf_1' as string | undefined,
        singleUse: false,
      },
      { draft: 'trf_2' },
      { singleUse: true },
      { matches: false },
    ),
    { type: 'session_ended', session },
  ]),
  { type: 'wrong_one_entered', attemptsMax: 2 },
  { type: 'address_changed', address: 'new@example.jp' },
  { type: 'address_changed', address: '' },
  { type: 'use_stopped' },
  { type: 'contract_ended' },
];

/** SM-8 with two sessions, two drafts, two sendings and two attempts. */
export const mailPasswordWorld: World<
  MailPasswordName,
  MailPasswordFacts,
  MailPasswordEvent,
  MailPasswordCode,
  MailGhost
> = {
  name: 'mail password',
  machine: mailPasswordMachine,
  start: START,
  begin: (now) => beginMailPassword('old@example.jp', now),
  tellings: (_, now) => tellings(now),
  ghost: {},
  observe: (ghost, { event, after }) => {
    if (event.type === 'operation_selected') {
      return event.draft === undefined
        ? { session: event.session }
        : { session: event.session, draft: event.draft };
    }
    return after.name === 'LIVE' ? ghost : {};
  },
  past: { members: [], horizonMs: 0 },
  forget: ({ generation: _generation, ...facts }) => facts,
  invariants: [
    {
      id: 'SM-8.3a',
      onEdge: ({ event, ghost, before, now }) => {
        if (event.type !== 'entered') return undefined;
        if (!event.matches) return 'A password that does not match was taken.';
        if (ghost.session !== event.session) return 'Taken in a session it was not sent for.';
        if (ghost.draft !== undefined && ghost.draft !== event.draft)
          return 'Taken for another draft.';
        const age = before.deadlines.find(({ name }) => name === 'max_age');
        return age && now > age.dueAt ? 'Taken after its life.' : undefined;
      },
      onState: (state) =>
        state.name === 'LIVE' && state.facts.sentInSession > 2 ? 'Sent too often.' : undefined,
    },
  ],
  waysBack: [{ from: ['NOT_STARTED', 'STARTED'], to: ['LIVE'] }],
  powers: [],
};
