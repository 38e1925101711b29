import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '#libs/kernel';
import { LINK_FUNCTIONS, LINK_RIGHTS, type RemovedRight, type Traffic } from '../facts/linkage.js';
import { consentMachine } from './consent.js';
import type { Telling, World } from './explorer/explore.js';
import { chainDisputeWorld } from './explorer/worlds/chain-stop.js';
import { standingConsentWorld } from './explorer/worlds/consent.js';
import { contractWorld } from './explorer/worlds/internet-banking-contract.js';
import { linkWorld } from './explorer/worlds/link.js';
import { mailPasswordWorld } from './explorer/worlds/mail-password.js';
import { tokenWorld } from './explorer/worlds/one-time-password-token.js';
import { disputeWorld } from './explorer/worlds/security-review.js';
import { reservationWorld } from './explorer/worlds/transfer.js';
import { beginLink, mayUseLink, type LinkState } from './link.js';
import { step, type MachineEvent, type MachineState } from './step.js';

/** How often each property is tried: few here, many in the campaign. */
const propertyRuns = { numRuns: Number(process.env['RENKEI_PROPERTY_RUNS'] ?? 30) };

interface Told<E> {
  readonly event: E;
  readonly now: number;
  readonly accepted: boolean;
}

/** A step that wrote into what it was given would throw here. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** The types of event for which a state has a row; every other telling is refused there unread. */
function rowsByState<N extends string, F, E extends MachineEvent, C extends string, G>({
  machine,
}: World<N, F, E, C, G>) {
  const known = new Map<N, ReadonlySet<string>>();
  return (name: N): ReadonlySet<string> => {
    const types =
      known.get(name) ??
      new Set(machine.rows.filter(({ from }) => from.includes(name)).map(({ event }) => event));
    known.set(name, types);
    return types;
  };
}

/** A random walk through a world: each number chooses a telling, a deadline or a move of the clock. */
function walk<N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
  choices: readonly number[],
) {
  const typesIn = rowsByState(world);
  let state: MachineState<N, F> = world.begin(world.start);
  let now = world.start;
  let ghost = world.ghost;
  const told: Told<E>[] = [];
  const visited = new Set<N>([state.name]);
  const broken: string[] = [];
  for (const [index, choice] of choices.entries()) {
    const clock = state.deadlines.flatMap(({ dueAt }) => [dueAt, dueAt + 1, dueAt + 3_600_000]);
    const moves = [...clock, ...(world.instants?.(state, now) ?? [])].filter((at) => at > now);
    if (choice % 3 === 0 && moves.length > 0) now = moves[choice % moves.length] ?? now;
    const tellings = [
      ...world.tellings(state, now),
      ...state.deadlines.map(({ name }) => ({ type: 'deadline_reached', deadline: name })),
    ] as Telling<E>[];
    const eventAt = (offset: number): E =>
      ({ happenedAt: now, ...tellings[offset % tellings.length], id: `e${index}` }) as unknown as E;
    // Mostly the next telling that is accepted and does not lead to the end, so that walks get far.
    const offsets = choice % 4 === 0 ? [] : tellings.map((_, after) => choice + 17 * after);
    const types = typesIn(state.name);
    const wellTold = offsets.find((offset) => {
      if (!types.has(tellings[offset % tellings.length]!.type)) return false;
      const result = step(world.machine, state, eventAt(offset), now);
      if (!result.ok) return false;
      return choice % 97 === 0 || !world.machine.terminal.includes(result.value.state.name);
    });
    const event = eventAt(wellTold ?? choice);
    const result = step(world.machine, frozen(state), event, now);
    told.push({ event, now, accepted: result.ok });
    if (!result.ok) continue;
    const { state: after, clauses, effects } = result.value;
    const edge = { before: state, after, event, now, clauses, effects };
    for (const { onEdge, onState } of world.invariants) {
      const said = onEdge?.({ ...edge, ghost }) ?? onState?.(after, now);
      if (said !== undefined) broken.push(said);
    }
    ghost = world.observe(ghost, edge);
    state = after;
    visited.add(state.name);
  }
  return { state, visited, told, broken };
}

const choices = fc.noBias(fc.array(fc.nat({ max: 9_999 }), { minLength: 30, maxLength: 90 }));

/** The properties that every machine shares. */
function laws<N extends string, F, E extends MachineEvent, C extends string, G>(
  world: World<N, F, E, C, G>,
): void {
  describe(`${world.machine.name}: whatever is told in whatever order`, () => {
    test('no law of its world is ever broken, and no step changes what it was given', () => {
      fc.assert(
        fc.property(choices, (numbers) => {
          expect(walk(world, numbers).broken).toEqual([]);
        }),
        propertyRuns,
      );
    });

    test('replaying what was told gives the same state, byte for byte', () => {
      fc.assert(
        fc.property(choices, (numbers) => {
          const { state, told } = walk(world, numbers);
          let again = world.begin(world.start);
          const differing = told.filter(({ event, now, accepted }) => {
            const result = step(world.machine, again, event, now);
            if (result.ok) again = result.value.state;
            return result.ok !== accepted;
          });
          expect(differing).toEqual([]);
          expect(canonicalJson(again)).toBe(canonicalJson(state));
        }),
        propertyRuns,
      );
    });

    test('telling everything twice is telling it once', () => {
      fc.assert(
        fc.property(choices, (numbers) => {
          const { state, told } = walk(world, numbers);
          let again = world.begin(world.start);
          const takenTwice = told.filter(({ event, now }) => {
            const first = step(world.machine, again, event, now);
            if (first.ok) again = first.value.state;
            return step(world.machine, again, event, now).ok;
          });
          expect(takenTwice).toEqual([]);
          expect(canonicalJson(again)).toBe(canonicalJson(state));
        }),
        propertyRuns,
      );
    });

    test('the version counts the accepted events, and a terminal state takes none', () => {
      fc.assert(
        fc.property(choices, (numbers) => {
          const { state, told } = walk(world, numbers);
          const accepted = told.filter((one) => one.accepted);
          expect(state.version).toBe(accepted.length);
          expect(state.taken).toEqual(accepted.map(({ event }) => event.id));
          if (world.machine.terminal.includes(state.name)) {
            const probe = walk({ ...world, begin: () => state }, numbers);
            expect(probe.told.filter(({ accepted: taken }) => taken)).toEqual([]);
          }
        }),
        propertyRuns,
      );
    });

    test('no deadline is open twice, none was due before it began, a terminal state has none', () => {
      fc.assert(
        fc.property(choices, (numbers) => {
          const { state } = walk(world, numbers);
          const names = state.deadlines.map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
          expect(state.deadlines.every(({ startsAt, dueAt }) => startsAt <= dueAt)).toBe(true);
          if (world.machine.terminal.includes(state.name)) expect(names).toEqual([]);
        }),
        propertyRuns,
      );
    });
  });
}

test('the random walks get far: the notice, eight steps down the only way, is reached', () => {
  const names = fc
    .sample(choices, { numRuns: 100, seed: 7 })
    .flatMap((numbers) => [...walk(disputeWorld, numbers).visited]);
  expect([...new Set(names)]).toEqual(expect.arrayContaining(['INSUFFICIENT', 'NOTICE_SENT']));
});

laws(disputeWorld);
laws(chainDisputeWorld);
laws(linkWorld);
laws(standingConsentWorld);
laws(reservationWorld);
laws(tokenWorld);
laws(mailPasswordWorld);
laws(contractWorld);

const right = fc.constantFrom(...LINK_RIGHTS);
const reach = fc.constantFrom('all', 'chained', 'direct', 'cp_one', 'cp_two') as fc.Arbitrary<
  RemovedRight['reach']
>;
const removed: fc.Arbitrary<RemovedRight> = fc.record({ right, reach });
const traffics: readonly Traffic[] = ['direct', 'cp_one', 'cp_two'];

const linkWith = (...sets: readonly (readonly RemovedRight[])[]): LinkState => {
  const link = beginLink('2963', 'epsp_1', 0);
  const measures = sets.map((one, index) => ({
    id: `mea_${index}`,
    basis: 'RKN-S4c' as const,
    removed: one,
    since: 0,
  }));
  return { ...link, facts: { ...link.facts, measures } };
};
const open = (state: LinkState): string[] =>
  traffics.flatMap((traffic) =>
    [...LINK_FUNCTIONS, 'new_consents' as const]
      .filter((one) => mayUseLink(state, { right: one, traffic }, 1).ok)
      .map((one) => `${one}@${traffic}`),
  );

describe('INT-17: what measures leave of a link', () => {
  test('one more measure never gives a right back', () => {
    fc.assert(
      fc.property(fc.array(removed), fc.array(removed), (first, second) => {
        const before = new Set(open(linkWith(first)));
        expect(open(linkWith(first, second)).every((one) => before.has(one))).toBe(true);
      }),
      propertyRuns,
    );
  });

  test('the order of measures does not matter, and splitting one changes nothing', () => {
    fc.assert(
      fc.property(fc.array(removed), fc.array(removed), (first, second) => {
        const together = open(linkWith([...first, ...second]));
        expect(open(linkWith(first, second))).toEqual(together);
        expect(open(linkWith(second, first))).toEqual(together);
      }),
      propertyRuns,
    );
  });

  test('a measure against one partner leaves every other call as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ right, reach: fc.constant('cp_one' as const) })), (set) => {
        const others = (state: LinkState) => open(state).filter((one) => !one.endsWith('cp_one'));
        expect(others(linkWith(set))).toEqual(others(linkWith()));
      }),
      propertyRuns,
    );
  });
});

describe('RKN-S4c/f: freezing for several reasons', () => {
  test('the order in which reasons come and go does not matter: the last one to go thaws', () => {
    const reasons = ['link_stopped', 'holder_locked', 'protective_hold', 'self_lock'] as const;
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...reasons], { minLength: 1 }),
        fc.nat({ max: 23 }),
        (frozen, turn) => {
          const thawed = [...frozen].sort(
            (a, b) => ((reasons.indexOf(a) * 7 + turn) % 5) - ((reasons.indexOf(b) * 7 + turn) % 5),
          );
          const start = walk(standingConsentWorld, []).state;
          let state = { ...start, name: 'authorised' as typeof start.name };
          state = {
            ...state,
            deadlines: [{ name: 'expiry', clause: 'RKN-S1', startsAt: 0, dueAt: 10 }],
          };
          const names: string[] = [];
          for (const [type, list] of [
            ['frozen', frozen],
            ['thawed', thawed],
          ] as const) {
            for (const reason of list) {
              const event = {
                type,
                reason,
                actor: 'institution',
                id: `${type}-${reason}`,
                happenedAt: 5,
              } as const;
              const result = step(consentMachine, state, event, 5);
              if (!result.ok) throw new Error(result.refusal.code);
              state = result.value.state;
              names.push(state.name);
            }
          }
          expect(names.slice(0, -1).every((name) => name === 'frozen')).toBe(true);
          expect(names.at(-1)).toBe('authorised');
        },
      ),
      propertyRuns,
    );
  });
});
