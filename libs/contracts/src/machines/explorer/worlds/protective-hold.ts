import { EVERYTHING } from '../../../facts/linkage.js';
import { beginHold, holdMachine, isHolding } from '../../protective-hold.js';
import type { HoldCode, HoldEvent, HoldFacts, HoldName } from '../../protective-hold.js';
import type { World } from '../explore.js';
import { alone, ANOTHER_BANK, BANK, HOUR, START, two, variants } from './people.js';

const MAX_HOURS = 72;

/** INT-13: one hold, told in time and too late, too long and on the wrong basis. */
export const holdWorld: World<HoldName, HoldFacts, HoldEvent, HoldCode, null> = {
  name: 'protective hold',
  machine: holdMachine,
  start: START,
  begin: (now) => beginHold(BANK, 'epsp_1', now),
  tellings: (_, now) => [
    ...variants(
      {
        type: 'hold_set' as const,
        institution: BANK,
        ...two,
        basis: 'attack',
        basesAllowed: ['attack', 'RKN-S4c'],
        reason: 'attack',
        removed: EVERYTHING,
        latestEnd: now + MAX_HOURS * HOUR,
        maxHours: MAX_HOURS as number | undefined,
      },
      { institution: ANOTHER_BANK },
      { basis: 'RKN-S4c' },
      { basis: 'unknown' },
      { reason: '' },
      { ...alone },
      { removed: [] },
      { latestEnd: now },
      { latestEnd: now + MAX_HOURS * HOUR + 1 },
      { maxHours: undefined },
    ),
    { type: 'became_demand', demandId: 'dem_1' },
    { type: 'became_demand', demandId: '' },
    ...variants(
      { type: 'released' as const, ...two, reason: 'over' },
      { reason: '' },
      { ...alone },
    ),
  ],
  ghost: null,
  observe: () => null,
  past: { members: [], horizonMs: 0 },
  invariants: [
    {
      id: 'I9',
      onEdge: ({ event, now, after }) =>
        event.type === 'hold_set' && (after.facts.latestEnd ?? Infinity) - now > MAX_HOURS * HOUR
          ? 'A hold was set beyond its longest duration.'
          : undefined,
      onState: (state, now) =>
        isHolding(state, now) && now > (state.facts.latestEnd ?? -Infinity)
          ? 'A hold bites after its latest end.'
          : undefined,
    },
    {
      id: 'I3',
      onEdge: ({ event }) =>
        'institution' in event && event.institution !== BANK
          ? `${event.institution} held the linkage of ${BANK}.`
          : undefined,
    },
    {
      id: 'INT-13',
      onEdge: ({ event }) => {
        if (event.type !== 'hold_set') return undefined;
        if (event.basis === 'RKN-S4c') return 'A hold stands on the clause of suspension.';
        return event.enteredBy === event.approvedBy ? 'One person alone set a hold.' : undefined;
      },
    },
  ],
  waysBack: [{ from: ['HELD'], to: ['RELEASED', 'CONVERTED'] }],
  powers: [{ clause: 'RKN-S4a', event: 'became_demand' }],
};
