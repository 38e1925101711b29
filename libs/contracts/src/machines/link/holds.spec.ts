import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EVERYTHING, type HoldInForce, type RemovedRight } from '../../facts/linkage.js';
import { tellerOf, type Told } from '../explorer/tell.js';
import { beginLink, linkCell, linkMachine, mayUseLink } from '../link.js';
import type { LinkEvent } from './facts.js';

type Say = Told<LinkEvent>;
const HOUR = 3_600_000;
const night = CivilDate.from('2026-11-20').at('03:00');
const latestEnd = night + 72 * HOUR;
const writes: RemovedRight[] = [{ right: 'transfer_initiation', reach: 'all' }];
const reads: RemovedRight[] = [{ right: 'balances_read', reach: 'all' }];
const tell = tellerOf(linkMachine);
const link = () => beginLink('2963', 'epsp_1', night);

const hold = (more: Partial<HoldInForce> = {}): HoldInForce => ({
  id: 'hold_1',
  basis: 'house_rule_attack',
  removed: EVERYTHING,
  since: night,
  latestEnd,
  ...more,
});
const began = (more: Partial<HoldInForce> = {}, at = night): Say => [
  at,
  { type: 'hold_began', institution: '2963', hold: hold(more) },
];
const ended = (holdId: string, at = night + HOUR): Say => [at, { type: 'hold_ended', holdId }];
const over = (deadline: string, at: number): Say => [at, { type: 'deadline_reached', deadline }];

describe('INT-13 a protective hold begins', () => {
  test('INT-13 a link begins without measures and without holds', () => {
    expect(link().facts).toEqual({ institution: '2963', epsp: 'epsp_1', measures: [], holds: [] });
  });

  test('I9 it begins with its latest end as a deadline of its own', () => {
    expect(tell(link(), began())).toMatchObject({
      answer: 'suspended',
      started: [
        {
          name: 'hold:hold_1',
          clause: 'RKN-S4a',
          parameter: 'P.rkn.hold.maxDuration',
          dueAt: latestEnd,
        },
      ],
      facts: { holds: [hold()] },
    });
  });

  //  what is told                    when             answer
  test.each([
    [{ removed: [] }, night, 'scope_empty'],
    [{ since: night + 1 }, night, 'hold_over'],
    [{}, latestEnd, 'suspended'],
    [{}, latestEnd + 1, 'hold_over'],
  ])('I9 a hold with %j at %i answers %s', (more, at, answer) => {
    expect(tell(link(), began(more, at))).toMatchObject({ answer });
  });

  test('I6 a hold that is known does not begin again, another one does', () => {
    const once = tell(link(), began()).state;
    expect(tell(once, began())).toMatchObject({ answer: 'hold_known', clause: 'RKN-S4a' });
    expect(tell(once, began({ id: 'hold_2' }))).toMatchObject({ answer: 'suspended' });
  });
});

describe('INT-17 holds add up, and each ends on its own', () => {
  const both = () =>
    tell(link(), began({ removed: writes }), began({ id: 'hold_2', removed: reads })).state;
  const cells = (state: ReturnType<typeof both>, at: number) =>
    (['transfer_initiation', 'balances_read'] as const).map((right) =>
      linkCell(state, { right, traffic: 'direct' }, at),
    );

  test('INT-17 one that ends leaves the other in force, with its deadline', () => {
    const one = tell(both(), ended('hold_2'));
    expect(one).toMatchObject({
      answer: 'restricted',
      ended: [{ name: 'hold:hold_2' }],
      state: { deadlines: [{ name: 'hold:hold_1' }] },
      facts: { holds: [{ id: 'hold_1' }] },
    });
    expect(cells(one.state, night + HOUR)).toEqual(['suspended', 'active']);
    expect(tell(one.state, ended('hold_2'))).toMatchObject({ answer: 'hold_unknown' });
    expect(tell(one.state, ended('hold_1'))).toMatchObject({
      answer: 'active',
      facts: { holds: [] },
      state: { deadlines: [] },
    });
  });

  test('INT-17 the smaller one that is left makes of a suspension a restriction', () => {
    const all = tell(link(), began(), began({ id: 'hold_2', removed: reads }));
    expect(all).toMatchObject({ answer: 'suspended' });
    expect(tell(all.state, ended('hold_1'))).toMatchObject({ answer: 'restricted' });
    expect(tell(all.state, ended('hold_2'))).toMatchObject({ answer: 'suspended' });
  });

  test('I9 one that runs out is forgotten, and the other one stays', () => {
    const later = tell(
      link(),
      began({ removed: writes }),
      began({ id: 'hold_2', removed: reads, latestEnd: latestEnd + HOUR }),
    ).state;
    const first = tell(later, over('hold:hold_1', latestEnd + 1));
    expect(first).toMatchObject({
      answer: 'restricted',
      facts: { holds: [{ id: 'hold_2' }] },
      state: { deadlines: [{ name: 'hold:hold_2' }] },
      effects: expect.arrayContaining(['thaw_consents']),
    });
    expect(first.facts.holds).toHaveLength(1);
    expect(tell(first.state, over('hold:hold_2', latestEnd + HOUR + 1))).toMatchObject({
      answer: 'active',
      facts: { holds: [] },
    });
  });
});

describe('RKN-0.2 the end of the agreement', () => {
  const end: Say = [night, { type: 'agreement_ended', reason: '脱退' }];
  const call = { right: 'balances_read', traffic: 'direct' } as const;

  test('RKN-0.2/b the link keeps why it ended, and says by which clause nothing passes', () => {
    const { state, facts } = tell(link(), end);
    expect(facts.terminatedBecause).toBe('脱退');
    expect(mayUseLink(state, call, night)).toMatchObject({
      refusal: { code: 'linkage_terminated', clause: 'RKN-0.2' },
    });
    expect(linkCell(state, call, night)).toBe('terminated');
  });
});
