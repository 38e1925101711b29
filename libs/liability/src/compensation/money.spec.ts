import { describe, expect, test } from '@jest/globals';
import { notEstablished } from '#libs/kernel';
import { aClaim, aTransfer, at, noInterest, someTerms } from '../../test/a-claim.js';
import { decided, refusal } from '../../test/decided.js';
import type { CompensationClaim, Determination, SetOff } from './claim.js';
import { decideCompensation } from './decide-compensation.js';
import { apportionRecovery, roomForRecovery, type Standing } from './lapse-and-subrogation.js';

const refund = (amountYen: bigint): SetOff => ({ id: `r-${amountYen}`, kind: 'refund', amountYen });
const damages = (amountYen: bigint): SetOff => ({
  id: `d-${amountYen}`,
  kind: 'damages',
  amountYen,
});
const decide = (changes: Partial<CompensationClaim>, values = {}, letters = {}) =>
  decided(decideCompensation(aClaim(changes), someTerms(values, letters)));
const careless = { holderFault: { value: 'ordinary', evidence: ['ev'] } } as const;
const determination = (changes: Partial<Determination> = {}): { determination: Determination } => ({
  determination: {
    amountYen: 60_000n,
    grounds: 'The warning on the screen was missed once.',
    decidedBy: 'staff-1',
    approvedBy: 'staff-2',
    ...changes,
  },
});

describe('SM-14.2d the covered amount', () => {
  test('SM-14.2d/a amount, fee and interest: 500,000 + 330 + 12 = 500,342', () => {
    const { outcome } = decide({
      transfers: [aTransfer('t-1', at('2026-03-20'), 500_000n, 330n, 12n)],
    });
    expect(outcome.coveredYen).toBe(500_342n);
    expect(outcome.lines).toEqual([
      {
        transfer: 't-1',
        covered: true,
        amountYen: 500_000n,
        feeYen: 330n,
        interestYen: 12n,
        lossYen: 500_342n,
      },
    ]);
  });

  test('SM-14.2d without the rule of interest nothing is computed (INT-19)', () => {
    const refused = decideCompensation(aClaim(), someTerms({ 'P.sm.interest.rule': null }));
    expect(refused).toMatchObject({ refusal: { code: 'parameter_unset', clause: 'SM-14.2d' } });
  });

  test('SM-14.2d interest where the rule knows none is a contradiction', () => {
    const claim = aClaim({ transfers: [aTransfer('t-1', at('2026-03-20'), 1n, 0n, 1n)] });
    expect(refusal(decideCompensation(claim, someTerms(noInterest)))).toBe(
      'facts_contradict transfers[0].interest SM-14.2d',
    );
  });

  test('SM-14.2d the decision copies the version of the rule that it used', () => {
    const used = decide({}).parameters.find(({ id }) => id === 'P.sm.interest.rule');
    expect(used).toMatchObject({ version: 1, enteredBy: 'staff-1', approvedBy: 'staff-2' });
  });
});

describe('SM-14.2a the whole', () => {
  test('SM-14.2a/a without fault the amount is fixed: nobody sets another', () => {
    expect(decide({}).outcome).toMatchObject({ kind: 'full', payableYen: 100_000n });
    const lower = decideCompensation(aClaim(determination({ amountYen: 1n })), someTerms());
    expect(refusal(lower)).toBe('determination_not_open determination SM-14.2a');
  });

  test('SM-14.2a while a fact is missing nobody sets an amount either', () => {
    const claim = aClaim({
      ...careless,
      ...determination(),
      institutionFaultless: notEstablished,
      relation: { value: 'spouse', evidence: ['ev'] },
    });
    expect(refusal(decideCompensation(claim, someTerms()))).toContain('determination_not_open');
  });
});

describe('SM-14.2e a part', () => {
  test('SM-14.2e there is no default ratio: without a determination there is no amount', () => {
    const { outcome, human } = decide(careless);
    expect(outcome).toMatchObject({ kind: 'discretionary', awardYen: null, payableYen: null });
    expect(human?.bounds).toEqual([0n, 99_999n]);
  });

  test('SM-14.2e two people with grounds set it, and nothing is left to them', () => {
    const { outcome, human } = decide({ ...careless, ...determination() });
    expect(outcome).toMatchObject({ awardYen: 60_000n, payableYen: 60_000n });
    expect(human).toBeUndefined();
  });

  test('SM-14.2e nothing at all is a recorded refusal', () => {
    const { outcome } = decide({ ...careless, ...determination({ amountYen: 0n }) });
    expect(outcome).toMatchObject({ kind: 'discretionary', awardYen: 0n, payableYen: 0n });
  });

  test.each([
    ['SM-14.2e/a', 'grounds_missing determination.grounds SM-14.2e', { grounds: ' ' }],
    [
      'SM-14.2e/b',
      'no_fault_finding_required determination.amountYen SM-14.2e',
      { amountYen: 100_000n },
    ],
    ['SM-14.2e', 'award_out_of_bounds determination.amountYen SM-14.2e', { amountYen: 100_001n }],
    ['SM-14.2e', 'award_out_of_bounds determination.amountYen SM-14.2e', { amountYen: -1n }],
    [
      'SM-14.2e',
      'second_person_required determination.approvedBy SM-14.2e',
      { approvedBy: 'staff-1' },
    ],
    ['SM-14.2e', 'person_missing determination.approvedBy SM-14.2e', { approvedBy: '' }],
    ['SM-14.2e', 'person_missing determination.decidedBy SM-14.2e', { decidedBy: '' }],
  ])('%s %s', (_id, expected, changes) => {
    const claim = aClaim({ ...careless, ...determination(changes) });
    expect(refusal(decideCompensation(claim, someTerms()))).toBe(expected);
  });

  test('SM-14.2e one yen below the whole is a part', () => {
    const { outcome } = decide({ ...careless, ...determination({ amountYen: 99_999n }) });
    expect(outcome.payableYen).toBe(99_999n);
  });

  test.each([-1n, 100_001n])(
    'SM-14.2e where no rule speaks, %d yen are out of bounds (INT-05)',
    (amountYen) => {
      const intent = { holderFault: { value: 'intent', evidence: ['ev'] } } as const;
      const claim = aClaim({ ...intent, ...determination({ amountYen }) });
      expect(refusal(decideCompensation(claim, someTerms()))).toContain('award_out_of_bounds');
    },
  );

  test('SM-14.2e where no rule speaks, people may go up to the whole (INT-05)', () => {
    const { outcome } = decide({
      holderFault: { value: 'intent', evidence: ['ev'] },
      ...determination({ amountYen: 100_000n }),
    });
    expect(outcome).toMatchObject({ kind: 'no_rule', payableYen: 100_000n });
  });
});

describe('SM-14.5 what came back', () => {
  const hundred = { transfers: [aTransfer('t-1', at('2026-03-20'), 100n)] };

  test('SM-14.5a covered 100, repaid 30: 70', () => {
    expect(decide({ ...hundred, setOffs: [refund(30n)] }).outcome.payableYen).toBe(70n);
  });

  test('SM-14.5b 100 less 30 and 80 is 0, never negative', () => {
    const { outcome } = decide({ ...hundred, setOffs: [refund(30n), damages(80n)] });
    expect(outcome.payableYen).toBe(0n);
    expect(outcome.awardYen).toBe(100n);
  });

  test('SM-14.5a X-18 two transfers around the window, one partly repaid: 50,330', () => {
    const { outcome } = decide(
      {
        transfers: [
          aTransfer('t-1', at('2026-02-28'), 100_000n),
          aTransfer('t-2', at('2026-03-01'), 200_000n, 330n),
        ],
        setOffs: [refund(150_000n)],
      },
      noInterest,
    );
    expect(outcome).toMatchObject({ coveredYen: 200_330n, payableYen: 50_330n });
  });

  test('SM-14.5a the basis matters for a part only (INT-07)', () => {
    const part = { ...careless, ...hundred, setOffs: [refund(30n)] };
    const sixty = determination({ amountYen: 60n });
    expect(decide({ ...part, ...sixty }).outcome.payableYen).toBe(30n);
    expect(decide({ ...part, ...sixty }, {}, { 'INT-07': 'B' }).outcome.payableYen).toBe(60n);
    expect(decide(part, {}, { 'INT-07': 'B' }).human?.bounds).toEqual([0n, 69n]);
    const whole = { ...hundred, setOffs: [refund(30n)] };
    expect(decide(whole, {}, { 'INT-07': 'B' }).outcome.payableYen).toBe(70n);
  });
});

describe('SM-14.6 and SM-14.7 after payment', () => {
  const paid = (changes: Partial<Standing> = {}): Standing => ({
    lossYen: 100n,
    holderHasYen: 70n,
    paidYen: 70n,
    recoveredYen: 0n,
    ...changes,
  });

  test('SM-14.6/a returned funds go to the union up to what it paid', () => {
    expect(apportionRecovery(50n, paid(), 'payer_first')).toEqual({
      toPayerYen: 50n,
      toHolderYen: 0n,
    });
  });

  test('SM-14.7/a a recovery beyond what was paid leaves the surplus to the holder', () => {
    expect(apportionRecovery(100n, paid(), 'payer_first')).toEqual({
      toPayerYen: 70n,
      toHolderYen: 30n,
    });
  });

  test('SM-14.7 the other order serves the uncovered loss first (INT-08)', () => {
    expect(apportionRecovery(50n, paid(), 'holder_first')).toEqual({
      toPayerYen: 20n,
      toHolderYen: 30n,
    });
  });

  test('SM-14.7 what was recovered before leaves less room', () => {
    expect(roomForRecovery(paid({ recoveredYen: 60n }))).toBe(10n);
    expect(apportionRecovery(50n, paid({ recoveredYen: 60n }), 'payer_first').toPayerYen).toBe(10n);
  });

  test('SM-14.6 the decision names lapse and subrogation up to what is payable', () => {
    const nodes = decide({}).trace.filter(({ clause }) => /^SM-14\.[67]$/.test(clause));
    expect(nodes.map(({ clause, value }) => [clause, value])).toEqual([
      ['SM-14.6', 100_000n],
      ['SM-14.7', 100_000n],
    ]);
  });
});
