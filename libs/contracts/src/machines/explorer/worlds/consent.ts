import { beginConsent, consentMachine, isInForce } from '../../consent.js';
import type { ConsentCode, ConsentEvent, ConsentFacts, ConsentName } from '../../consent.js';
import type { Telling, World } from '../explore.js';
import { HOUR, START, variants } from './people.js';

type Tell = Telling<ConsentEvent>;
const reasons = ['link_stopped', 'holder_locked'] as const;

const tellings = (now: number): Tell[] => [
  { type: 'pushed', decideBy: now + HOUR },
  { type: 'pushed', decideBy: now },
  ...variants(
    {
      type: 'authorised' as const,
      wordingHash: 'sha256:ab',
      accounts: ['acc_1'],
      expiresAt: now + 2 * HOUR,
      linkAllowsNew: true,
    },
    { wordingHash: '' },
    { accounts: [] },
    { expiresAt: now },
    { linkAllowsNew: false },
  ),
  { type: 'rejected', actor: 'holder', reason: 'user_cancelled' },
  ...reasons.flatMap((reason): Tell[] => [
    { type: 'frozen', reason, actor: 'institution' },
    { type: 'thawed', reason, actor: 'institution' },
  ]),
  { type: 'extended', actor: 'holder', expiresAt: now + 2 * HOUR },
  { type: 'consumed' },
  { type: 'revoked', actor: 'holder', reason: 'withdrawn' },
  { type: 'revoked', actor: 'holder', reason: '' },
];

type ConsentWorld = World<ConsentName, ConsentFacts, ConsentEvent, ConsentCode, null>;

const worldOf = (kind: ConsentFacts['kind']): ConsentWorld => ({
  name: `consent: ${kind}`,
  machine: consentMachine,
  start: START,
  begin: (now) => beginConsent(kind, now),
  tellings: (_, now) => tellings(now),
  ghost: null,
  observe: () => null,
  past: { members: [], horizonMs: 0 },
  invariants: [
    {
      id: 'RKN-S1',
      onState: (state, now) => {
        const ended = state.facts.expiresAt !== undefined && now >= state.facts.expiresAt;
        if (isInForce(state, now) && ended) return 'A consent is in force after its term.';
        const isFrozen = state.facts.frozenFor.length > 0;
        return isFrozen === (state.name === 'frozen') ? undefined : 'Frozen for no reason, or not.';
      },
      onEdge: ({ before, after, event, now }) => {
        if (after.name !== 'authorised' || event.type === 'authorised') return undefined;
        if (before.name === 'awaiting_authorisation') return 'In force without a decision.';
        return now >= (after.facts.expiresAt ?? -Infinity) ? 'Revived after its term.' : undefined;
      },
    },
  ],
  // Near its end a frozen consent can only run out; until then it revives.
  waysBack: [{ from: ['frozen'], to: ['authorised', 'expired'] }],
  powers: [{ clause: 'RKN-D6', event: 'revoked' }],
});

export const standingConsentWorld = worldOf('standing');
export const singleConsentWorld = worldOf('once');
