import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EVERYTHING } from '../facts/linkage.js';
import {
  beginHold,
  isHolding,
  stepHold,
  type HoldEvent,
  type HoldState,
} from './protective-hold.js';

const HOUR = 3_600_000;
const now = CivilDate.from('2026-11-20').at('03:00');
const two = { enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const set = (more: Record<string, unknown> = {}): HoldEvent => ({
  type: 'hold_set',
  id: `set-${JSON.stringify(more)}`,
  happenedAt: now,
  institution: '2963',
  basis: 'house_rule_attack',
  basesAllowed: ['house_rule_attack', 'RKN-S4c'],
  reason: '攻撃が続いている',
  removed: EVERYTHING,
  latestEnd: now + 72 * HOUR,
  maxHours: 72,
  ...two,
  ...more,
});
const none = () => beginHold('2963', 'epsp_mizuho', now);
const held = (): HoldState => {
  const result = stepHold(none(), set(), now);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value.state;
};
const codeOf = (state: HoldState, event: HoldEvent, at = now) => {
  const result = stepHold(state, event, at);
  return result.ok ? result.value.state.name : result.refusal.code;
};

describe('INT-13 the protective hold', () => {
  //    what is told                                  expected
  test.each([
    [{ institution: '2950' }, 'not_own_linkage'],
    [{ basis: 'RKN-S4c' }, 'basis_not_selectable'],
    [{ basis: 'unheard_of' }, 'basis_not_selectable'],
    [{ reason: ' ' }, 'reason_required'],
    [{ approvedBy: 'staff_sato' }, 'four_eyes_required'],
    [{ removed: [] }, 'scope_empty'],
    [{ maxHours: undefined }, 'parameter_unset'],
    [{ latestEnd: now + 72 * HOUR + 1 }, 'hold_too_long'],
    [{ latestEnd: now }, 'hold_too_long'],
    [{}, 'HELD'],
  ])('RKN-S4c/a %j answers %s', (more, expected) => {
    expect(codeOf(none(), set(more))).toBe(expected);
  });

  test('I9 it holds up to its latest end, read or unread, and ends as RELEASED', () => {
    const end = now + 72 * HOUR;
    expect(isHolding(held(), end)).toBe(true);
    expect(isHolding(held(), end + 1)).toBe(false);
    const due: HoldEvent = {
      type: 'deadline_reached',
      id: 'due',
      happenedAt: end,
      deadline: 'latest_end',
    };
    expect(codeOf(held(), due, end)).toBe('period_not_over');
    expect(codeOf(held(), due, end + 1)).toBe('RELEASED');
  });

  test('RKN-S4a/a it becomes a demand only within its time, and only a demand that exists', () => {
    const demand = (demandId: string, happenedAt: number): HoldEvent => ({
      type: 'became_demand',
      id: 'dem',
      happenedAt,
      demandId,
    });
    expect(codeOf(held(), demand('', now + 1), now + 1)).toBe('demand_required');
    expect(codeOf(held(), demand('dem_1', now + 1), now + 1)).toBe('CONVERTED');
    const late = now + 72 * HOUR + 1;
    expect(codeOf(held(), demand('dem_1', late), late)).toBe('event_late');
  });

  test('it is released by two people with a reason', () => {
    const release = { type: 'released', id: 'r', happenedAt: now + 1, reason: '収束' } as const;
    expect(codeOf(held(), { ...release, ...two, reason: '' }, now + 1)).toBe('reason_required');
    expect(codeOf(held(), { ...release, ...two, approvedBy: '' }, now + 1)).toBe(
      'four_eyes_required',
    );
    expect(codeOf(held(), { ...release, ...two }, now + 1)).toBe('RELEASED');
  });
});

describe('INT-13 what becomes of a hold is kept', () => {
  const end = now + 72 * HOUR;
  const told = { id: 'x', happenedAt: now + 1 };
  const release: HoldEvent = { type: 'released', ...told, reason: '収束', ...two };
  const demand: HoldEvent = { type: 'became_demand', ...told, demandId: 'dem_1' };
  const due: HoldEvent = { type: 'deadline_reached', ...told, deadline: 'latest_end' };

  //  what ends it  when     the end      what is kept
  test.each([
    [release, now + 1, 'RELEASED', { endedBecause: 'released' }],
    [demand, now + 1, 'CONVERTED', { endedBecause: 'became_demand', becameDemand: 'dem_1' }],
    [due, end + 1, 'RELEASED', { endedBecause: 'latest_end_reached' }],
  ])('RKN-S4a %# it ends and holds no longer', (event, at, name, facts) => {
    const result = stepHold(held(), event, at);
    if (!result.ok) throw new Error(result.refusal.code);
    expect(result.value.state).toMatchObject({ name, facts, deadlines: [] });
    expect(isHolding(result.value.state, now + 1)).toBe(false);
  });

  test('INT-13 before it is set nothing is held', () => {
    expect(isHolding(none(), now)).toBe(false);
  });

  test('RKN-S4a/a blanks name no demand', () => {
    expect(codeOf(held(), { ...demand, demandId: ' ' }, now + 1)).toBe('demand_required');
  });

  test.each(['RKN-S4c', 'RKN-C2b'])(
    'RKN-S4c/a no clause of suspension is a basis, even where it is configured: %s',
    (basis) => {
      expect(codeOf(none(), set({ basis, basesAllowed: [basis] }))).toBe('basis_not_selectable');
    },
  );
});
