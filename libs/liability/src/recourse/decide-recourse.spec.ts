import { describe, expect, test } from '@jest/globals';
import { at } from '../../test/a-claim.js';
import {
  anAgreement,
  anAttribution,
  aQuestion,
  paidBy,
  recourseTerms,
  unavoidable,
} from '../../test/a-question.js';
import { decided, refusal } from '../../test/decided.js';
import type { Side } from '../attribution.js';
import { acceptFor, amended } from './agreement.js';
import { decideRecourse } from './decide-recourse.js';
import { openClaim, type RecourseClaim } from './open-claim.js';
import type { RecourseAgreement, RecourseQuestion } from './question.js';

const decide = (changes: Partial<RecourseQuestion>, letters = {}) =>
  decided(decideRecourse(aQuestion(changes), recourseTerms(letters)));
const outcomeOf = (changes: Partial<RecourseQuestion>, letters = {}) =>
  decide(changes, letters).outcome;
const claimOn = (changes: Partial<RecourseQuestion>, claim: Partial<RecourseClaim> = {}) =>
  refusal(
    openClaim(outcomeOf(changes), {
      by: 'EPSP',
      amountYen: 100_000n,
      against: [{ institution: '2963' }],
      ...claim,
    }),
  );

const soleFi = { attribution: anAttribution('FI') };
const both = { attribution: anAttribution('BOTH') };
const unclear = { attribution: anAttribution('UNCLEAR', { evidence: [] }) };
const fiPaid = {
  payments: [paidBy('FI')],
  scope: { value: 'function', evidence: ['ev'] },
} as const;

describe('RKN-L2a the intermediary paid, solely the institution is responsible', () => {
  test('RKN-L2a/a before payment there is nothing to claim', () => {
    expect(claimOn({ ...soleFi, payments: [] })).toBe('not_yet_compensated payments RKN-L2a');
  });

  test('RKN-L2a/b more than was paid is refused', () => {
    expect(claimOn(soleFi, { amountYen: 100_001n })).toBe('claim_exceeds_paid amountYen RKN-L2a');
  });

  test('RKN-L2a/c exactly what was paid is accepted, and so is less', () => {
    expect(claimOn(soleFi)).toBe('accepted');
    expect(claimOn(soleFi, { amountYen: 1n })).toBe('accepted');
    expect(claimOn(soleFi, { amountYen: 0n })).toBe('amount_not_positive amountYen RKN-L2a');
  });

  test.each<[string, RecourseClaim['against']]>([
    ['split_missing against RKN-L2a', [{ institution: '2963' }, { institution: '2978' }]],
    [
      'split_missing against RKN-L2a',
      [{ institution: '2963', shareYen: 100_000n }, { institution: '2978' }],
    ],
    [
      'split_does_not_add_up against RKN-L2a',
      [
        { institution: '2963', shareYen: 60_000n },
        { institution: '2978', shareYen: 40_001n },
      ],
    ],
    [
      'amount_not_positive against RKN-L2a',
      [
        { institution: '2963', shareYen: 100_000n },
        { institution: '2978', shareYen: 0n },
      ],
    ],
    [
      'named_twice against RKN-L2a',
      [
        { institution: '2963', shareYen: 60_000n },
        { institution: '2963', shareYen: 40_000n },
      ],
    ],
    ['institution_missing against RKN-L2a', []],
    [
      'accepted',
      [
        { institution: '2963', shareYen: 60_000n },
        { institution: '2978', shareYen: 40_000n },
      ],
    ],
  ])('RKN-L2a/d several institutions need a stated split: %s', (expected, against) => {
    expect(claimOn(soleFi, { against })).toBe(expected);
  });

  test('RKN-L2a/e the right need not be used: the decision leaves no duty behind', () => {
    expect(decide(soleFi).duties).toEqual([]);
    expect(decide(soleFi).human).toBeUndefined();
  });

  test('RKN-L2a what came back before narrows the claim (INT-08)', () => {
    const back = { ...soleFi, recoveredFromWrongdoerYen: 30_000n, recoursedYen: 20_000n };
    expect(outcomeOf(back)).toMatchObject({ roomYen: 50_000n, claimableYen: 50_000n });
    expect(claimOn(back)).toBe('claim_exceeds_room amountYen RKN-L2a');
    expect(claimOn(back, { amountYen: 50_000n })).toBe('accepted');
  });

  test('RKN-L2a the other side cannot use it, nor a payer who is responsible itself', () => {
    expect(claimOn(soleFi, { by: 'FI' })).toBe('claim_not_open by RKN-L2a');
    expect(claimOn({ attribution: anAttribution('EPSP') })).toBe('claim_not_open by RKN-L2a');
  });
});

describe.each<[string, Side, Partial<RecourseQuestion>]>([
  ['RKN-L2b', 'EPSP', {}],
  ['RKN-L4-2', 'FI', fiPaid],
])('%s both are responsible, %s paid', (clause, claimant, paid) => {
  const agreed = (changes: Partial<RecourseAgreement> = {}, amountYen = 40_000n) => ({
    ...both,
    ...paid,
    agreements: [anAgreement(claimant, amountYen, changes)],
  });
  const claim = { by: claimant, amountYen: 40_000n };

  test(`${clause}/a one acceptance alone carries no claim`, () => {
    const { acceptedForFiBy: _, ...oneSided } = anAgreement(claimant, 40_000n);
    const asked = { ...both, ...paid, agreements: [oneSided] };
    expect(outcomeOf(asked)).toMatchObject({ kind: 'agreed', claimableYen: 0n });
    expect(claimOn(asked, claim)).toBe(`agreement_not_accepted by ${clause}`);
    expect(decide(asked).duties[0]).toMatchObject({ who: 'both', clause });
  });

  test(`${clause}/b accepted by both, exactly that amount can be claimed`, () => {
    expect(outcomeOf(agreed())).toMatchObject({ claimableYen: 40_000n, agreementVersion: 1 });
    expect(claimOn(agreed(), claim)).toBe('accepted');
    const more = { ...claim, amountYen: 40_001n };
    expect(claimOn(agreed(), more)).toBe(`claim_exceeds_agreed amountYen ${clause}`);
  });

  test(`${clause}/c a change is a new version that both must accept again`, () => {
    const first = anAgreement(claimant, 40_000n);
    const second = amended(first, 50_000n, 'The gap was ours.');
    expect(second).toMatchObject({ version: 2, amountYen: 50_000n });
    const asked = { ...both, ...paid, agreements: [second, first] };
    expect(outcomeOf(asked).claimableYen).toBe(0n);
    const half = decided(acceptFor(second, 'EPSP', 'epsp-1'));
    expect(refusal(acceptFor(half, 'EPSP', 'epsp-2'))).toContain('already_accepted');
    expect(refusal(acceptFor(half, 'FI', 'epsp-1'))).toContain('second_person_required');
    expect(refusal(acceptFor(half, 'FI', ' '))).toContain('person_missing');
    const whole = decided(acceptFor(half, 'FI', 'bank-1'));
    expect(outcomeOf({ ...asked, agreements: [first, whole] }).claimableYen).toBe(50_000n);
  });

  test(`${clause}/d an agreement above what was paid is refused`, () => {
    const above = decideRecourse(aQuestion(agreed({}, 100_001n)), recourseTerms());
    expect(refusal(above)).toBe(`agreed_above_paid agreements.amountYen ${clause}`);
    expect(decideRecourse(aQuestion(agreed({}, 100_000n)), recourseTerms()).ok).toBe(true);
  });

  test(`${clause}/e before payment there is nothing to agree on`, () => {
    const early = decideRecourse(aQuestion({ ...agreed(), payments: [] }), recourseTerms());
    expect(refusal(early)).toContain('not_yet_compensated');
  });

  test(`${clause} what was received of it already is not claimed again`, () => {
    expect(outcomeOf({ ...agreed(), recoursedYen: 15_000n }).claimableYen).toBe(25_000n);
    const nearlyAllBack = { ...agreed(), recoveredFromWrongdoerYen: 90_000n };
    expect(outcomeOf(nearlyAllBack).claimableYen).toBe(10_000n);
  });

  test(`${clause} an agreement needs its reasons and no negative amount`, () => {
    const ask = (changes: Partial<RecourseAgreement>, yen?: bigint) =>
      refusal(decideRecourse(aQuestion(agreed(changes, yen)), recourseTerms()));
    expect(ask({ rationale: ' ' })).toBe(`grounds_missing agreements.rationale ${clause}`);
    expect(ask({}, -1n)).toBe(`amount_negative agreements.amountYen ${clause}`);
  });
});

describe.each<[string, Side, Partial<RecourseQuestion>]>([
  ['RKN-L3', 'EPSP', {}],
  ['RKN-L4-3', 'FI', fiPaid],
])('%s neither is responsible, or it is unclear', (clause, claimant, paid) => {
  test(`${clause}/a while it is unclear there is no computed share and no claim`, () => {
    expect(outcomeOf({ ...unclear, ...paid })).toMatchObject({
      kind: 'consultation',
      clause,
      claimableYen: 0n,
    });
    expect(outcomeOf(paid)).toMatchObject({ kind: 'consultation', cause: 'UNCLEAR' });
    expect(claimOn({ ...unclear, ...paid }, { by: claimant })).toBe(
      `agreement_not_accepted by ${clause}`,
    );
  });

  test(`${clause} what the sides then agree can be claimed`, () => {
    const agreements = [anAgreement(claimant, 30_000n)];
    expect(outcomeOf({ ...unclear, ...paid, agreements }).claimableYen).toBe(30_000n);
  });

  test(`${clause} where the payer is responsible an agreement contradicts the finding`, () => {
    const own = { ...paid, attribution: anAttribution(claimant) };
    const agreements = [anAgreement(claimant, 30_000n)];
    const asked = decideRecourse(aQuestion({ ...own, agreements }), recourseTerms());
    expect(refusal(asked)).toContain('agreement_not_open');
  });
});

describe('RKN-L4 the institution paid', () => {
  const soleEpsp = { attribution: anAttribution('EPSP') };
  const claim = { by: 'FI', amountYen: 100_000n, against: [] } as const;

  test('RKN-L4-0a/a without a payment of the institution there is no claim', () => {
    expect(claimOn({ ...soleEpsp, payments: [] }, claim)).toBe(
      'not_yet_compensated payments RKN-L4-0a',
    );
  });

  test('RKN-L4-1 mirrors RKN-L2a: all of it, no more, less by what came back', () => {
    const asked = { ...soleEpsp, ...fiPaid };
    expect(outcomeOf(asked)).toMatchObject({ kind: 'full', gate: 'A', claimant: 'FI' });
    expect(claimOn(asked, claim)).toBe('accepted');
    expect(claimOn(asked, { ...claim, amountYen: 100_001n })).toContain('claim_exceeds_paid');
    const back = { ...asked, recoveredFromWrongdoerYen: 1n };
    expect(claimOn(back, claim)).toContain('claim_exceeds_room');
  });

  const service = { ...soleEpsp, payments: [paidBy('FI')] };

  test.each([
    ['grounds', 'grounds_missing unavoidable.grounds RKN-L4-0b', { grounds: ' ' }],
    ['evidence', 'evidence_missing unavoidable.evidence RKN-L4-0b', { evidence: [] }],
    ['an approver', 'person_missing unavoidable.approvedBy RKN-L4-0b', { approvedBy: ' ' }],
    ['the time', 'time_missing unavoidable.recordedAt RKN-L4-0b', { recordedAt: undefined }],
  ])('RKN-L4-0b/a gate B without %s is refused', (_what, expected, changes) => {
    const asked = aQuestion({ ...service, unavoidable: { ...unavoidable, ...changes } as never });
    expect(refusal(decideRecourse(asked, recourseTerms()))).toBe(expected);
  });

  test('RKN-L4-0b/b grounds recorded after the payment are a warning, kept with both times', () => {
    const late = { ...unavoidable, recordedAt: at('2026-04-21') };
    const { trace, outcome } = decide({ ...service, unavoidable: late });
    const node = trace.find(({ clause }) => clause === 'RKN-L4-0b');
    expect(outcome).toMatchObject({ kind: 'full', gate: 'B' });
    expect(node).toMatchObject({ value: 'recorded_after_payment' });
    expect(node?.facts[0]?.value).toMatchObject({
      recordedAt: '2026-04-21T10:00:00.000+09:00',
      paidAt: '2026-04-20T10:00:00.000+09:00',
    });
  });

  test('RKN-L4-0b a voluntary payment for a loss of the service has no published recourse (INT-09)', () => {
    expect(outcomeOf(service)).toMatchObject({ kind: 'without_clause', why: 'gate_not_met' });
  });
});

describe('RKN-L1c and RKN-L1d before recourse', () => {
  const exempt = { value: 'yes', evidence: ['ev'] } as const;

  test('RKN-L1c paid though exempt is not paid under RKN-L1: no clause', () => {
    expect(outcomeOf({ ...soleFi, exempt })).toMatchObject({ why: 'paid_though_exempt' });
  });

  test('RKN-L1d for fraud the exemption alone does not count', () => {
    expect(outcomeOf({ ...soleFi, exempt, fraud: exempt })).toMatchObject({ kind: 'full' });
  });
});

describe('readings of the register', () => {
  const partner = {
    attribution: anAttribution('CHAIN_PARTNER', { chainPartner: 'cp_1' }),
  };

  test.each([
    ['A', 'UNCLEAR', 'consultation'],
    ['B', 'EPSP', 'own'],
    ['C', 'NEITHER', 'consultation'],
  ])('RKN-D2 the fault of a chain partner, reading %s: %s (INT-14)', (letter, cause, kind) => {
    expect(outcomeOf(partner, { 'INT-14': letter })).toMatchObject({ cause, kind });
  });

  const bothPaid = { ...soleFi, payments: [paidBy('EPSP', 1n), paidBy('FI', 1n)] };

  test.each([
    ['A', 'without_clause', undefined],
    ['B', 'two_cases', undefined],
    ['C', 'consultation', 'RKN-L3'],
  ])('RKN-L2a both have paid, reading %s: %s (INT-10)', (letter, kind, clause) => {
    const outcome = outcomeOf(bothPaid, { 'INT-10': letter });
    expect([outcome.kind, outcome.clause]).toEqual([kind, clause]);
    expect(outcome.claimableYen).toBe(0n);
  });

  test('RKN-L2a a showing at first sight is asked only where it was agreed (INT-15)', () => {
    const required = recourseTerms({ 'INT-15': 'B' });
    expect(decideRecourse(aQuestion(soleFi), recourseTerms()).ok).toBe(true);
    expect(refusal(decideRecourse(aQuestion(soleFi), required))).toBe(
      'prima_facie_missing primaFacie RKN-L2a',
    );
    const shown = aQuestion({ ...soleFi, primaFacie: ['ev-log'] });
    expect(decideRecourse(shown, required).ok).toBe(true);
  });

  test('RKN-L2a the readings taken are copied into the decision', () => {
    expect(decide(soleFi).readings.map(({ entry, reading }) => `${entry} ${reading}`)).toEqual([
      'INT-08 A',
      'INT-09 A',
      'INT-10 A',
      'INT-14 A',
      'INT-15 A',
    ]);
  });
});

describe('what cannot be is refused with field and clause', () => {
  const att = anAttribution('FI');
  test.each<[string, Partial<RecourseQuestion>]>([
    ['amount_not_positive payments[0].amountYen RKN-L1b', { payments: [paidBy('EPSP', 0n)] }],
    ['amount_not_positive payments[0].amountYen RKN-L4-0a', { payments: [paidBy('FI', -1n)] }],
    ['named_twice payments[1].id RKN-L1b', { payments: [paidBy('EPSP'), paidBy('EPSP')] }],
    [
      'institution_missing payments[0].institution RKN-L4-0a',
      { payments: [paidBy('FI', 1n, { institution: '' })] },
    ],
    ['amount_negative recoursedYen RKN-L*', { recoursedYen: -1n }],
    ['amount_negative recoveredFromWrongdoerYen RKN-L*', { recoveredFromWrongdoerYen: -1n }],
    ['grounds_missing attribution.grounds RKN-L3', { attribution: { ...att, grounds: ' ' } }],
    ['evidence_missing attribution.evidence RKN-L3', { attribution: { ...att, evidence: [] } }],
    [
      'chain_partner_missing attribution.chainPartner RKN-L3',
      { attribution: anAttribution('CHAIN_PARTNER') },
    ],
    ['person_missing attribution.foundBy RKN-L3', { attribution: { ...att, foundBy: ' ' } }],
    ['person_missing attribution.approvedBy RKN-L3', { attribution: { ...att, approvedBy: ' ' } }],
    [
      'second_person_required attribution.approvedBy RKN-L3',
      { attribution: { ...att, approvedBy: att.foundBy } },
    ],
    [
      'named_twice agreements.version RKN-L2b',
      { ...both, agreements: [anAgreement('EPSP', 1n), anAgreement('EPSP', 2n)] },
    ],
  ])('%s', (expected, changes) => {
    expect(refusal(decideRecourse(aQuestion(changes), recourseTerms()))).toBe(expected);
  });

  test('RKN-L2a a claim on missing facts is refused as such', () => {
    const scope = { value: 'unknown', evidence: [] } as const;
    expect(claimOn({ ...soleFi, scope })).toBe('facts_missing by RKN-L2a');
  });
});
