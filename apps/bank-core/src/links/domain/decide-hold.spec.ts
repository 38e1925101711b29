import { describe, expect, test } from '@jest/globals';
import { beginHold, stepHold } from '#libs/contracts';
import { holdSet, removedBy } from './decide-hold.js';

const HOUR = 3_600_000;
const now = 1_000 * HOUR;
const hold = {
  id: 'hold_1',
  institutionId: 4,
  epspId: 'epsp_minato',
  chainPartnerId: '*',
  function: '*',
  basis: '不審な振込が続いている',
  until: now + 72 * HOUR,
};
const people = { enteredBy: 'prs_1', approvedBy: 'prs_2' };

describe('INT-13 a protective hold', () => {
  const judge = (more: Partial<typeof hold>, who = people, maxHours: number | undefined = 72) => {
    const event = holdSet({ ...hold, ...more }, who, maxHours, now);
    const stepped = stepHold(beginHold('4', hold.epspId, now), event, now);
    return stepped.ok ? stepped.value.state.name : stepped.refusal.code;
  };

  //    case                                    hold                                       expected
  test.each([
    ['everything from everybody', {}, 'HELD'],
    ['one function', { function: 'transfer_initiation' }, 'HELD'],
    ['one chain partner', { chainPartnerId: 'cp_1' }, 'HELD'],
    ['to the last hour', { until: now + 72 * HOUR }, 'HELD'],
    ['one millisecond too long', { until: now + 72 * HOUR + 1 }, 'hold_too_long'],
    ['no end ahead', { until: now }, 'hold_too_long'],
    ['no words', { basis: ' ' }, 'reason_required'],
    ['RKN-S4c as its basis', { basis: 'RKN-S4c に基づく' }, 'basis_not_selectable'],
    ['SM-16a as its basis', { basis: 'SM-16a による' }, 'HELD'],
  ])('%s', (_, more, expected) => expect(judge(more)).toBe(expected));

  test('T-17 one person is no two, and an unset duration refuses', () => {
    expect(judge({}, { enteredBy: 'prs_1', approvedBy: 'prs_1' })).toBe('four_eyes_required');
    const unset = holdSet(hold, people, undefined, now);
    expect(stepHold(beginHold('4', hold.epspId, now), unset, now)).toMatchObject({
      ok: false,
      refusal: { code: 'parameter_unset' },
    });
  });

  test('INT-17 a hold takes away the functions it names and no others', () => {
    const scope = { epspId: 'epsp_1', chainPartnerId: 'none', function: 'transfer_initiation' };
    expect(removedBy(scope)).toEqual([{ right: 'transfer_initiation', reach: 'direct' }]);
    const whole = removedBy({ ...scope, chainPartnerId: '*', function: '*' });
    expect(whole.every(({ reach }) => reach === 'all')).toBe(true);
    expect(whole.map(({ right }) => right)).toContain('new_consents');
  });
});
