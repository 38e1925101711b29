import { beginToken, tokenMachine } from '../../one-time-password-token.js';
import type {
  TokenCode,
  TokenEvent,
  TokenFacts,
  TokenName,
} from '../../one-time-password-token.js';
import type { Telling, World } from '../explore.js';
import { HOUR, START, variants } from './people.js';

/** The steps whose codes were taken under the present secret, by what was told alone. */
export interface TokenGhost {
  readonly used: readonly number[];
  readonly wrong: number;
}

type Tell = Telling<TokenEvent>;
const ATTEMPTS = 2;
const code = { matches: true, step: 2, currentStep: 2, window: 1 };

const tellings = (now: number): Tell[] => {
  const term = { expiresAt: now + 2 * HOUR, tellFrom: now + HOUR };
  return [
    ...variants(
      {
        type: 'issue_requested' as const,
        startPasswordMeetsPolicy: true,
        toNewAddress: false,
        stepUpMatched: false,
        usableUntil: now + HOUR,
      },
      { startPasswordMeetsPolicy: false },
      { toNewAddress: true },
      { toNewAddress: true, stepUpMatched: true },
      { usableUntil: now },
    ),
    { type: 'start_password_entered', matches: true, attemptsMax: ATTEMPTS },
    { type: 'start_password_entered', matches: false, attemptsMax: ATTEMPTS },
    ...[code, { ...code, matches: false }, { ...code, step: 4 }, { ...code, step: 3 }].flatMap(
      (entered): Tell[] => [
        { type: 'started', ...entered, ...term },
        { type: 'code_entered', ...entered },
      ],
    ),
    { type: 'wrong_code_entered', attemptsMax: ATTEMPTS },
    { type: 'deactivated', proof: 'one_time_password' },
    { type: 'deactivated', proof: 'none' },
    { type: 'loss_reported', reason: 'lost' },
    { type: 'extended', ...term },
    { type: 'contract_ended' },
  ];
};

/** SM-7 with two steps of the clock, two attempts and a term that can be extended. */
export const tokenWorld: World<TokenName, TokenFacts, TokenEvent, TokenCode, TokenGhost> = {
  name: 'one-time-password token',
  machine: tokenMachine,
  start: START,
  begin: beginToken,
  tellings: (_, now) => tellings(now),
  ghost: { used: [], wrong: 0 },
  observe: (ghost, { event }) => {
    if (event.type === 'issue_requested') return { used: [], wrong: 0 };
    if (event.type === 'wrong_code_entered') return { ...ghost, wrong: ghost.wrong + 1 };
    if (event.type !== 'started' && event.type !== 'code_entered') return ghost;
    return { used: [...ghost.used, event.step], wrong: 0 };
  },
  past: { members: [], horizonMs: 0 },
  forget: ({ generation: _generation, ...facts }) => facts,
  invariants: [
    {
      id: 'SM-7.2',
      onEdge: ({ event, ghost, now, before }) => {
        if (event.type !== 'started' && event.type !== 'code_entered') return undefined;
        if (!event.matches) return 'A code that does not match was taken.';
        if (Math.abs(event.step - event.currentStep) > 1)
          return 'A code of another time was taken.';
        if (ghost.used.includes(event.step)) return 'A code was taken twice.';
        const { expiresAt } = before.facts;
        return expiresAt !== undefined && now >= expiresAt ? 'Taken after the term.' : undefined;
      },
      onState: (state) =>
        state.name === 'ACTIVE' && state.facts.failures >= ATTEMPTS
          ? 'Active after too many wrong codes.'
          : undefined,
    },
  ],
  waysBack: [{ from: ['DEACTIVATED', 'STOPPED', 'NONE'], to: ['ACTIVE'] }],
  powers: [{ clause: 'SM-7.4a', event: 'deactivated' }],
};
