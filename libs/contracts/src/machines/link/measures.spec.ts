import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EVERYTHING, type MeasureBasis, type RemovedRight } from '../../facts/linkage.js';
import { tellerOf, type Told } from '../explorer/tell.js';
import { beginLink, linkMachine, mayUseLink } from '../link.js';
import type { LinkEvent } from './facts.js';

type Say = Told<LinkEvent>;
const HOUR = 3_600_000;
const effect = CivilDate.from('2026-11-22').at('10:00');
const two = { enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
const reads: RemovedRight[] = [{ right: 'balances_read', reach: 'all' }];
const tell = tellerOf(linkMachine);
const link = () => beginLink('2963', 'epsp_1', effect - 999 * HOUR);
const authority = {
  originId: 'dem_1',
  originArrivedAt: effect - 500 * HOUR,
  originDueAt: effect - 200 * HOUR,
  failureFoundAt: effect - 199 * HOUR,
  noticeId: 'ntc_1',
  noticeArrivedAt: effect - 72 * HOUR,
  noticeLeadHours: 72,
};
const commit = (more: object = {}): Say => [
  effect,
  {
    type: 'measure_committed',
    institution: '2963',
    measureId: 'mea_1',
    kind: 'restriction',
    basis: 'RKN-S4c',
    removed: reads,
    grounds: { text: '不備が続く', evidence: ['doc_1'] },
    authority,
    ...two,
    ...more,
  },
];
const lift = (measureId: string): Say => [
  effect + 1,
  { type: 'measure_lifted', institution: '2963', measureId, reason: '改善を確認', ...two },
];

describe('a measure comes under the clause on which it rests', () => {
  //  the basis      where the demand stands  where the period stands
  test.each([
    ['RKN-S4c', 'RKN-S4a', 'RKN-S4b'],
    ['RKN-C2b', 'RKN-C2a', 'RKN-C2b'],
  ] as [MeasureBasis, string, string][])(
    '%s: cited by what it does and by what it refuses',
    (...row) => {
      const [basis, ofDemand, ofPeriod] = row;
      expect(tell(link(), commit({ basis }))).toMatchObject({
        answer: 'restricted',
        clauses: [basis, 'RKN-D5'],
        notices: [{ kind: 'measure_in_force', to: 'epsp', clause: basis }],
      });
      const refusal = (more: object) => {
        const { answer, clause } = tell(link(), commit({ basis, ...more })) as {
          answer: string;
          clause?: string;
        };
        return `${answer} ${clause}`;
      };
      const asked = (more: object) => refusal({ authority: { ...authority, ...more } });
      expect(asked({ originId: ' ' })).toBe(`demand_not_arrived ${ofDemand}`);
      expect(asked({ originDueAt: effect })).toBe(`period_not_over ${ofPeriod}`);
      expect(asked({ failureFoundAt: effect + 1 })).toBe(`judged_before_period_over ${ofPeriod}`);
      expect(refusal({ until: effect })).toBe(`deadline_in_the_past ${basis}`);
    },
  );

  test('I6 a measure that is known is not committed again', () => {
    expect(tell(link(), commit(), commit())).toMatchObject({
      answer: 'measure_known',
      clause: 'RKN-S4c',
    });
  });
});

describe('RKN-S4c a measure in force', () => {
  test('RKN-S4c without an end it has no end, and starts no deadline', () => {
    const { facts, state } = tell(link(), commit());
    expect(facts.measures).toStrictEqual([
      { id: 'mea_1', basis: 'RKN-S4c', removed: reads, since: effect },
    ]);
    expect(state.deadlines).toEqual([]);
  });

  test('RKN-S4c/f lifted before its end, it leaves neither itself nor its deadline', () => {
    const until = effect + HOUR;
    const stopped = tell(link(), commit({ until }), commit({ measureId: 'mea_2', until })).state;
    const one = tell(stopped, lift('mea_1'));
    expect(one).toMatchObject({
      answer: 'restricted',
      ended: [{ name: 'measure:mea_1' }],
      state: { deadlines: [{ name: 'measure:mea_2', dueAt: until }] },
    });
    expect(tell(one.state, lift('mea_2'))).toMatchObject({
      answer: 'active',
      facts: { measures: [] },
      state: { deadlines: [] },
    });
  });

  test('RKN-S4c one that runs out leaves the other one in force', () => {
    const until = effect + HOUR;
    const both = tell(
      link(),
      commit({ kind: 'suspension', removed: EVERYTHING, until }),
      commit({ measureId: 'mea_2' }),
    ).state;
    expect(
      tell(both, [until + 1, { type: 'deadline_reached', deadline: 'measure:mea_1' }]),
    ).toMatchObject({ answer: 'restricted', facts: { measures: [{ id: 'mea_2' }] } });
  });
});

describe('INT-17 what a measure leaves', () => {
  const rate = (callsPerMinuteMax: number): RemovedRight => ({
    right: 'full_rate',
    reach: 'all',
    callsPerMinuteMax,
  });
  const allowance = (...removed: readonly RemovedRight[]) =>
    mayUseLink(
      tell(link(), commit({ removed })).state,
      { right: 'accounts_read', traffic: 'direct' },
      effect,
    );

  test('INT-17 a right taken away says nothing of the rate of the others', () => {
    expect(allowance(...reads)).toEqual({ ok: true, value: {} });
  });

  test('INT-17 of several rates the lowest holds; the rate of others’ traffic does not', () => {
    expect(allowance(rate(30), rate(10), rate(20))).toEqual({
      ok: true,
      value: { callsPerMinuteMax: 10 },
    });
    expect(allowance({ ...rate(10), reach: 'chained' })).toEqual({ ok: true, value: {} });
  });
});
