import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bankingCalendar, CivilDate } from '#libs/kernel';
import {
  causeAfter,
  causeDueAt,
  isCauseOverdue,
  mayDeclineByExemption,
} from '../decisions/cause-of-loss.js';
import { demand } from '../demand.js';
import type { Facts } from '../facts/index.js';
import { rknSampleBook, rknSampleValues } from '../samples/rkn-sample-values.js';
import { liability, rknParameters } from './index.js';

const given: Partial<Facts> = {
  lossKnownAt: 1,
  lossCategory: 'fraud',
  lossCause: 'phishing',
  evidence: ['doc_1'],
  serviceAgreementClause: '第12条',
  serviceAgreementVersion: '2026-04',
  amountYen: 100n,
  grounds: 'grounds',
  policyAssessment: 'full',
  noticeDate: CivilDate.from('2026-11-20'),
  enteredBy: 'staff_sato',
  secondApprover: 'staff_mori',
  paidToUserYen: 100n,
  attribution: 'FI',
  claimYen: 100n,
  agreedYen: 60n,
  consultationMinutes: 'minutes',
  acceptedByBoth: ['epsp', 'fi'],
  unavoidableGrounds: 'grounds',
};
const recorded = [
  'RKN-L1a',
  'RKN-L1b',
  'RKN-L1c',
  'RKN-L1d',
  'RKN-L2a',
  'RKN-L2b',
  'RKN-L3',
  'RKN-L4-0a',
  'RKN-L4-0b',
  'RKN-L4-1',
  'RKN-L4-2',
  'RKN-L4-3',
] as const;

describe('RKN-L1 towards the user', () => {
  const known = CivilDate.from('2026-11-20').at('15:00');
  const due = causeDueAt(known, 5, bankingCalendar);

  test('RKN-L1a/a a report opens the search, due at the end of the fifth business day', () => {
    expect(causeAfter('OPEN', 'reported', [])).toEqual({ ok: true, value: 'INVESTIGATING' });
    // 21 and 22 November are a weekend, the 23rd is a holiday.
    expect(due).toBe(CivilDate.from('2026-12-01').startsAt() - 1);
  });

  test('RKN-L1a/b lateness is a flag and moves no state', () => {
    expect(isCauseOverdue('INVESTIGATING', due, due)).toBe(false);
    expect(isCauseOverdue('INVESTIGATING', due, due + 1)).toBe(true);
    expect(isCauseOverdue('FOUND', due, due + 1)).toBe(false);
    expect(causeAfter('INVESTIGATING', 'found', ['doc_1'])).toMatchObject({ value: 'FOUND' });
  });

  test('RKN-L1a/c a cause is not found without evidence', () => {
    expect(causeAfter('INVESTIGATING', 'found', [' '])).toMatchObject({
      refusal: { code: 'evidence_required', clause: 'RKN-L1a' },
    });
    expect(causeAfter('INVESTIGATING', 'not_to_be_found', [])).toMatchObject({ value: 'UNKNOWN' });
    expect(causeAfter('OPEN', 'found', ['doc_1'])).toMatchObject({
      refusal: { code: 'state_conflict' },
    });
  });

  test('RKN-L1b/a a decision without a clause of the service agreement is refused', () => {
    const bare = { ...given, serviceAgreementClause: '' };
    expect(demand(liability.clause('RKN-L1b'), bare)).toMatchObject({
      refusal: { clause: 'RKN-L1b', facts: { missing: ['serviceAgreementClause'] } },
    });
  });

  test('RKN-L1c/a for an outage an exemption ends the matter', () => {
    expect(mayDeclineByExemption('outage', '第9条', undefined)).toMatchObject({
      value: 'NOT_PAYABLE',
    });
    expect(mayDeclineByExemption('outage', ' ', undefined)).toMatchObject({
      refusal: { code: 'agreement_clause_required' },
    });
  });

  test('RKN-L1c/b for fraud the exemption alone does not, the assessment of RKN-L1d is needed', () => {
    expect(mayDeclineByExemption('fraud', '第9条', undefined)).toMatchObject({
      refusal: { code: 'fraud_assessment_required', clause: 'RKN-L1d' },
    });
    expect(mayDeclineByExemption('fraud', '第9条', 'corporate user').ok).toBe(true);
    expect(liability.clause('RKN-L1d').overrides).toEqual(['RKN-L1c']);
  });

  test('RKN-L1d/e the policy is a dated parameter: unset is an error, malformed too', () => {
    const on = (day: string) =>
      rknSampleBook('2963').read(rknParameters.fraudPolicy, CivilDate.from(day));
    expect(on('2022-06-30')).toMatchObject({
      refusal: { code: 'parameter_unset', clause: 'RKN-L1d' },
    });
    expect(on('2022-07-01')).toMatchObject({ value: { value: { windowDays: 30 } } });
    const policy = rknSampleValues['P.rkn.fraudPolicy'] as object;
    const { read } = rknParameters.fraudPolicy.constraint;
    expect(read({ ...policy, windowDays: 0 })).toBeUndefined();
    expect(read({ ...policy, share: 75 })).toBeUndefined();
  });
});

describe('RKN-L: what people must supply', () => {
  test.each(recorded)('%s is complete with all that it asks, and with nothing less', (id) => {
    const clause = liability.clause(id);
    expect(demand<typeof id, keyof Facts>(clause, given).ok).toBe(true);
    for (const name of clause.asks) {
      expect(demand<typeof id, keyof Facts>(clause, { ...given, [name]: undefined })).toMatchObject(
        {
          refusal: { code: 'record_incomplete', clause: id, facts: { missing: [name] } },
        },
      );
    }
  });

  // The claims themselves are computed in libs/liability; what the clause asks for is settled here.
  test.each([
    ['RKN-L2a/a', 'RKN-L2a', 'paidToUserYen'],
    ['RKN-L2b/a', 'RKN-L2b', 'acceptedByBoth'],
    ['RKN-L2b/b', 'RKN-L2b', 'agreedYen'],
    ['RKN-L3/a', 'RKN-L3', 'consultationMinutes'],
    ['RKN-L4-0a/a', 'RKN-L4-0a', 'paidToUserYen'],
    ['RKN-L4-0b/a', 'RKN-L4-0b', 'unavoidableGrounds'],
    ['RKN-L4-1/a', 'RKN-L4-1', 'paidToUserYen'],
    ['RKN-L4-2/a', 'RKN-L4-2', 'acceptedByBoth'],
    ['RKN-L4-3/a', 'RKN-L4-3', 'consultationMinutes'],
  ] as const)('%s without %s.%s there is no claim', (_, id, name) => {
    expect(liability.clause(id).asks).toContain(name);
  });

  test('RKN-L3/a no clause of the section computes or suggests a share', () => {
    const figures = liability.clauses.map((clause) => ('figures' in clause ? clause.figures : {}));
    expect(figures.every((table) => Object.keys(table).length === 0)).toBe(true);
  });

  test('RKN-L4-0b/b the grounds of gate B need two people', () => {
    const alone = { ...given, secondApprover: given.enteredBy };
    expect(demand(liability.clause('RKN-L4-0b'), alone as Partial<Facts>)).toMatchObject({
      refusal: { code: 'second_person_required' },
    });
  });
});

describe('RKN-L* the bounds of the section', () => {
  const judge = (loss: bigint, paid: bigint, recovered: bigint, pay: bigint, recover: bigint) =>
    liability.clause('RKN-L*').apply({
      caseSums: { lossYen: loss, paidToUserYen: paid, recoveredYen: recovered },
      newPaymentYen: pay,
      newRecoveryYen: recover,
    });

  //                 loss  paid  recovered  pay   recover
  test.each([
    ['RKN-L*/a', 100n, 0n, 0n, 0n, 1n, 'not_yet_compensated'],
    ['RKN-L*/b', 100n, 100n, 0n, 0n, 101n, 'amount_exceeds_paid'],
    ['RKN-L*/c', 100n, 100n, 0n, 0n, 100n, 'within_bounds'],
    ['RKN-L*/d', 100n, 100n, 60n, 0n, 41n, 'amount_exceeds_paid'],
    ['RKN-L*/e', 100n, 100n, 0n, 1n, 0n, 'payment_exceeds_loss'],
    ['RKN-L*/f', 100n, 0n, 0n, 100n, 100n, 'within_bounds'],
    ['RKN-L*/g', 100n, 50n, 0n, -1n, 0n, 'amount_negative'],
  ] as const)('%s', (_, loss, paid, recovered, pay, recover, expected) => {
    expect(judge(loss, paid, recovered, pay, recover)).toBe(expected);
  });

  test('RKN-L* any sequence keeps recovered ≤ paid ≤ loss', () => {
    const amount = fc.bigInt({ min: -5n, max: 60n });
    fc.assert(
      fc.property(amount, fc.array(fc.tuple(amount, amount), { maxLength: 12 }), (size, acts) => {
        const loss = size < 0n ? -size : size;
        let paid = 0n;
        let recovered = 0n;
        for (const [pay, recover] of acts) {
          if (judge(loss, paid, recovered, pay, recover) !== 'within_bounds') continue;
          paid += pay;
          recovered += recover;
        }
        expect(recovered <= paid && paid <= loss && recovered >= 0n).toBe(true);
      }),
    );
  });
});
