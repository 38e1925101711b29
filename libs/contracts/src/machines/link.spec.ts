import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EVERYTHING, type RemovedRight } from '../facts/linkage.js';
import {
  beginLink,
  linkCell,
  mayUseLink,
  stepLink,
  type LinkEvent,
  type LinkState,
} from './link.js';

const HOUR = 3_600_000;
const day = (text: string) => CivilDate.from(text);
const effect = day('2026-11-22').at('10:00');
const two = { enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const grounds = { text: '点検項目 4.2 の不備が期限後も続く', evidence: ['doc_1'] };
const authority = {
  originId: 'dem_1',
  originArrivedAt: day('2026-10-01').at('09:00'),
  originDueAt: day('2026-11-01').startsAt() - 1,
  failureFoundAt: day('2026-11-05').at('15:00'),
  noticeId: 'ntc_1',
  noticeArrivedAt: effect - 72 * HOUR,
  noticeLeadHours: 72,
};
const measure = (more: Record<string, unknown> = {}): LinkEvent => ({
  type: 'measure_committed',
  id: `e-${JSON.stringify(more)}`,
  happenedAt: effect,
  institution: '2963',
  measureId: 'mea_1',
  kind: 'suspension',
  basis: 'RKN-S4c',
  removed: EVERYTHING,
  grounds,
  authority,
  ...two,
  ...more,
});
const link = () => beginLink('2963', 'epsp_mizuho', day('2026-04-01').startsAt());
const after = (state: LinkState, event: LinkEvent, now = effect): LinkState => {
  const result = stepLink(state, event, now);
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}`);
  return result.value.state;
};
const refusalOf = (event: LinkEvent, now = effect, state = link()) => {
  const result = stepLink(state, event, now);
  return result.ok ? result.value.state.name : result.refusal.code;
};
const writes: RemovedRight[] = [{ right: 'transfer_initiation', reach: 'all' }];
const restriction = { kind: 'restriction', removed: writes };

describe('RKN-S4c restriction and suspension of the linkage', () => {
  test('RKN-S4c/a without a notice nothing is stopped', () => {
    const bare = { ...authority, noticeArrivedAt: undefined };
    expect(refusalOf(measure({ authority: bare }))).toBe('notice_not_delivered');
  });

  //    the notice arrived            lead  expected
  test.each([
    ['at the instant of the effect', effect, 1, 'notice_not_delivered'],
    ['one millisecond too late', effect - 72 * HOUR + 1, 72, 'notice_not_delivered'],
    ['exactly the lead before', effect - 72 * HOUR, 72, 'suspended'],
    ['with no lead set', effect - 72 * HOUR, undefined, 'parameter_unset'],
    ['with a lead of zero', effect - 72 * HOUR, 0, 'parameter_unset'],
  ])('RKN-S4c/b a notice that arrived %s', (_, noticeArrivedAt, noticeLeadHours, expected) => {
    const given = { ...authority, noticeArrivedAt, noticeLeadHours };
    expect(refusalOf(measure({ authority: given }))).toBe(expected);
  });

  test('RKN-S4c/c a restriction of writes lets reads pass', () => {
    const state = after(link(), measure(restriction));
    expect(state.name).toBe('restricted');
    const call = (right: 'balances_read' | 'transfer_initiation') =>
      mayUseLink(state, { right, traffic: 'direct' }, effect);
    expect(call('balances_read').ok).toBe(true);
    expect(call('transfer_initiation')).toMatchObject({
      refusal: { code: 'linkage_restricted', clause: 'RKN-S4c', facts: { since: effect } },
    });
  });

  test('RKN-S4c/d no institution stops the linkage of another', () => {
    expect(refusalOf(measure({ institution: '2950' }))).toBe('not_own_linkage');
  });

  test('RKN-S4c/g every change needs grounds with evidence and two people', () => {
    expect(refusalOf(measure({ grounds: { text: 'x', evidence: [] } }))).toBe('grounds_required');
    expect(refusalOf(measure({ approvedBy: 'staff_sato' }))).toBe('four_eyes_required');
  });

  test('RKN-S4b/a nothing is stopped before the period is over, nor on a judgement made before', () => {
    const running = { ...authority, originDueAt: effect };
    expect(refusalOf(measure({ authority: running }))).toBe('period_not_over');
    const hasty = { ...authority, failureFoundAt: authority.originDueAt };
    expect(refusalOf(measure({ authority: hasty }))).toBe('judged_before_period_over');
    const undelivered = { ...authority, originArrivedAt: authority.originDueAt };
    expect(refusalOf(measure({ authority: undelivered }))).toBe('demand_not_arrived');
  });

  test('I10 a restriction that removes everything is refused, so is a suspension that does not', () => {
    expect(refusalOf(measure({ kind: 'restriction' }))).toBe('scope_is_everything');
    expect(refusalOf(measure({ removed: writes }))).toBe('scope_not_everything');
    expect(refusalOf(measure({ kind: 'restriction', removed: [] }))).toBe('scope_empty');
  });

  test('RKN-S4c/f two measures add up, and each is lifted on its own', () => {
    const both = after(
      after(link(), measure(restriction)),
      measure({ measureId: 'mea_2', basis: 'RKN-C2b' }),
    );
    expect(both.name).toBe('suspended');
    const lift = (measureId: string): LinkEvent => ({
      type: 'measure_lifted',
      id: `lift-${measureId}`,
      happenedAt: effect,
      institution: '2963',
      measureId,
      reason: '改善を確認',
      ...two,
    });
    const one = after(both, lift('mea_2'));
    expect(one.name).toBe('restricted');
    expect(after(one, lift('mea_1')).name).toBe('active');
    expect(refusalOf(lift('mea_9'), effect, one)).toBe('measure_unknown');
  });

  test('a measure with an end runs out by itself, and does not bite while its row waits', () => {
    const until = effect + HOUR;
    const state = after(link(), measure({ ...restriction, until }));
    const call = { right: 'transfer_initiation', traffic: 'direct' } as const;
    expect(mayUseLink(state, call, until).ok).toBe(false);
    expect(mayUseLink(state, call, until + 1).ok).toBe(true);
    const due: LinkEvent = {
      type: 'deadline_reached',
      id: 'due',
      happenedAt: until,
      deadline: 'measure:mea_1',
    };
    expect(after(state, due, until + 1)).toMatchObject({ name: 'active', deadlines: [] });
  });
});

describe('RKN-C2b and INT-17: whose traffic a measure reaches', () => {
  const chained = (reach: RemovedRight['reach']): RemovedRight[] =>
    EVERYTHING.map(({ right }) => ({ right, reach }));
  //    reach      direct    this partner  another partner
  test.each([
    ['cp_one', 'active', 'suspended', 'active'],
    ['chained', 'active', 'suspended', 'suspended'],
    ['direct', 'suspended', 'active', 'active'],
    ['all', 'suspended', 'suspended', 'suspended'],
  ] as const)('RKN-C2b/e a measure that reaches %s', (reach, direct, one, other) => {
    const kind = reach === 'all' ? 'suspension' : 'restriction';
    const state = after(link(), measure({ basis: 'RKN-C2b', kind, removed: chained(reach) }));
    const cell = (traffic: 'direct' | `cp_${string}`) =>
      linkCell(state, { right: 'balances_read', traffic }, effect);
    expect([cell('direct'), cell('cp_one'), cell('cp_two')]).toEqual([direct, one, other]);
  });

  test('RKN-S4c/c a lower rate is a restriction: calls pass, and say how many', () => {
    const removed: RemovedRight[] = [{ right: 'full_rate', reach: 'all', callsPerMinuteMax: 10 }];
    const state = after(link(), measure({ kind: 'restriction', removed }));
    const call = { right: 'balances_read', traffic: 'direct' } as const;
    expect(mayUseLink(state, call, effect)).toEqual({ ok: true, value: { callsPerMinuteMax: 10 } });
    expect(linkCell(state, call, effect)).toBe('restricted');
  });
});

describe('INT-13 a protective hold on the link', () => {
  const hold = {
    id: 'hold_1',
    basis: 'house_rule_attack',
    removed: EVERYTHING,
    since: effect,
    latestEnd: effect + 72 * HOUR,
  };
  const began: LinkEvent = {
    type: 'hold_began',
    id: 'b',
    happenedAt: effect,
    institution: '2963',
    hold,
  };

  test('I9 it bites up to its latest end and not a millisecond longer', () => {
    const state = after(link(), began);
    expect(state.name).toBe('suspended');
    const call = { right: 'balances_read', traffic: 'direct' } as const;
    expect(mayUseLink(state, call, hold.latestEnd)).toMatchObject({
      refusal: { clause: 'house_rule_attack' },
    });
    expect(mayUseLink(state, call, hold.latestEnd + 1).ok).toBe(true);
  });

  test('a hold that is over cannot begin, and one that ended cannot end again', () => {
    expect(refusalOf(began, hold.latestEnd + 1)).toBe('hold_over');
    const ended: LinkEvent = { type: 'hold_ended', id: 'c', happenedAt: effect, holdId: 'hold_1' };
    const state = after(after(link(), began), ended);
    expect(state).toMatchObject({ name: 'active', deadlines: [] });
    expect(refusalOf({ ...ended, id: 'd' }, effect, state)).toBe('hold_unknown');
  });

  test('RKN-0.2/b the end of the agreement ends the link, and nothing passes afterwards', () => {
    const over: LinkEvent = {
      type: 'agreement_ended',
      id: 'z',
      happenedAt: effect,
      reason: '脱退',
    };
    const state = after(link(), over);
    expect(state.name).toBe('terminated');
    const call = { right: 'balances_read', traffic: 'direct' } as const;
    expect(mayUseLink(state, call, effect)).toMatchObject({
      refusal: { code: 'linkage_terminated' },
    });
    expect(refusalOf(began, effect, state)).toBe('event_out_of_order');
  });
});
