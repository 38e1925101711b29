import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { demand } from '../demand.js';
import type { Facts } from '../facts/index.js';
import { chainConnection } from './index.js';

const HOUR = 3_600_000;
const noon = CivilDate.from('2026-11-20').at('12:00');

describe('RKN-C1 contract, reports, guidance', () => {
  const contract = { partner: 'cp_1', from: noon - 1, until: noon, scopes: ['balances_read'] };
  const judge = (more: Partial<Pick<Facts, 'partnerContract' | 'partnerScopeAsked' | 'now'>>) =>
    chainConnection.clause('RKN-C1a').apply({
      partnerContract: contract,
      partnerScopeAsked: 'balances_read',
      now: noon,
      ...more,
    });

  test.each([
    ['RKN-C1a/a an unknown partner', { partnerContract: undefined }, 'chain_partner_unknown'],
    ['RKN-C1a/b a contract that ended', { now: noon + 1 }, 'chain_partner_unknown'],
    ['RKN-C1a/b one that has not begun', { now: noon - 2 }, 'chain_partner_unknown'],
    ['RKN-C1a/c beyond its scopes', { partnerScopeAsked: 'loans_read' }, 'chain_partner_scope'],
    ['RKN-C1a in its last instant', {}, 'allowed'],
  ])('%s', (_, more, expected) => {
    expect(judge(more)).toBe(expected);
  });

  const given: Partial<Facts> = {
    partnerReport: 'report',
    evidence: ['doc_1'],
    guidanceFinding: 'finding',
    guidanceInstruction: 'instruction',
    guidanceDue: noon,
    guidanceOutcome: 'improved',
    reportedToInstitutionAt: noon,
    chainGround: 'partner_default',
    grounds: 'grounds',
    enteredBy: 'staff_sato',
    secondApprover: 'staff_mori',
    reasonablePeriodDays: 14,
  };
  test.each(['RKN-C1b', 'RKN-C1c', 'RKN-C1d', 'RKN-C2a'] as const)(
    '%s is complete with all that it asks, and with nothing less',
    (id) => {
      const clause = chainConnection.clause(id);
      expect(demand<typeof id, keyof Facts>(clause, given).ok).toBe(true);
      for (const name of clause.asks) {
        const less = { ...given, [name]: undefined };
        expect(demand<typeof id, keyof Facts>(clause, less)).toMatchObject({
          refusal: { code: 'record_incomplete', facts: { missing: [name] } },
        });
      }
    },
  );
});

describe('RKN-C2 stop request, measure, explanation', () => {
  const due = CivilDate.from('2026-12-05').startsAt() - 1;
  const late = due + 100 * HOUR;
  const judge = (more: object) =>
    chainConnection.clause('RKN-C2b').apply(
      {
        stopRequestDue: due,
        partnerStoppedAt: undefined,
        measureNoticeArrivedAt: late - 72 * HOUR,
        measureEffectiveAt: late,
        removedRights: [{ right: 'balances_read', reach: 'cp_1' }],
        ...more,
      },
      { leadHours: 72 },
    );

  test.each([
    [
      'RKN-C2b/a before the period is over',
      { measureEffectiveAt: due, measureNoticeArrivedAt: due - 72 * HOUR },
      'period_not_over',
    ],
    ['RKN-C2b/b stopped on the due date', { partnerStoppedAt: due }, 'partner_already_stopped'],
    ['RKN-C2b/d without a notice', { measureNoticeArrivedAt: undefined }, 'notice_not_delivered'],
    ['RKN-C2b nothing to remove', { removedRights: [] }, 'scope_empty'],
    ['RKN-C2b/e for this partner only', {}, 'may_stop'],
  ])('%s', (_, more, expected) => {
    expect(judge(more)).toBe(expected);
  });

  const explain = (explanation?: string, withheldBecause?: string) =>
    chainConnection.clause('RKN-C2c').apply({ explanation, withheldBecause });

  test('RKN-C2c/a neither an explanation nor why not is refused', () => {
    expect(explain(' ', '')).toEqual({ code: 'explanation_required' });
    expect(explain('報告がない')).toEqual({ code: 'explained', sent: '報告がない' });
  });

  test('RKN-C2c/b withheld with cause is accepted, and the cause is not sent', () => {
    const answer = explain(undefined, '捜査中');
    expect(answer).toEqual({ code: 'withheld' });
    expect(JSON.stringify(answer)).not.toContain('捜査中');
  });
});
