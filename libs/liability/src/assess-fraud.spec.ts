import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HolderKind } from '#libs/contracts';
import { CivilDate, established, excluded, notEstablished } from '#libs/kernel';
import { aBook, aClaim, aTransfer, at, someReadings, UNION } from '../test/a-claim.js';
import { anyClaim } from '../test/any-claim.js';
import { anAttribution, aQuestion, paidBy, recourseTerms } from '../test/a-question.js';
import { decided, refusal } from '../test/decided.js';
import { propertyRuns } from '../test/property-runs.js';
import { assessFraud } from './assess-fraud.js';
import type { CompensationClaim } from './compensation/claim.js';
import { decideCompensation } from './compensation/decide-compensation.js';
import { openBook, recordPayment, recordRecourse } from './payments.js';
import { decideRecourse } from './recourse/decide-recourse.js';
import { openClaim } from './recourse/open-claim.js';

/** The sample policy of the register: individuals, look-back of 30 days, two years, no report. */
const samplePolicy = {
  eligible: ['individual'],
  thirtyDayTest: 'look_back_from_notice',
  windowDays: 30,
  longStopYears: 2,
  policeReportRequired: false,
  exclusionsNeedFaultlessInstitution: true,
  proposals: { noFault: 'FULL', negligence: 'INDIVIDUAL', gross: 'NONE', intent: 'NONE' },
};

const termsWith = (policy: object | null = samplePolicy) => ({
  institution: UNION,
  asOf: CivilDate.from('2026-04-15'),
  parameters: aBook({ 'P.rkn.fraudPolicy': policy }),
  readings: someReadings(),
});

const assess = (
  changes: Partial<CompensationClaim> = {},
  policy: object = samplePolicy,
  kind: HolderKind | 'unknown' = 'individual',
) => decided(assessFraud(aClaim(changes), kind, termsWith(policy)));
const proposalOf = (...args: Parameters<typeof assess>) => assess(...args).outcome.proposal;
const fault = (value: 'none' | 'ordinary' | 'gross' | 'intent' | 'unknown') => ({
  holderFault: { value, evidence: ['ev'] },
});

describe('RKN-L1d the assessment sheet proposes, a person decides', () => {
  test('RKN-L1d/a without fault and notified in the window: FULL, with its amount', () => {
    const { outcome, human } = assess();
    expect(outcome).toMatchObject({ proposal: 'FULL', proposedYen: 100_000n });
    expect(human?.clause).toBe('RKN-L1d');
  });

  test('RKN-L1d/b negligence: INDIVIDUAL, and the amount stays empty until a person enters one', () => {
    expect(assess(fault('ordinary')).outcome).toMatchObject({
      proposal: 'INDIVIDUAL',
      proposedYen: null,
    });
  });

  test('RKN-L1d/c gross negligence: what the version of the policy says', () => {
    const atFault = { ...fault('gross'), institutionFaultless: excluded('ev') };
    expect(proposalOf(atFault)).toBe('NONE');
    const milder = {
      ...samplePolicy,
      proposals: { ...samplePolicy.proposals, gross: 'INDIVIDUAL' },
    };
    expect(proposalOf(atFault, milder)).toBe('INDIVIDUAL');
  });

  test('RKN-L1d/d a corporate user is outside and goes to the service agreement', () => {
    const { outcome, trace } = assess({}, samplePolicy, 'corporate');
    expect(outcome).toMatchObject({ proposal: 'OUTSIDE', proposedYen: null });
    expect(trace.some(({ reason }) => reason.en.includes('service agreement'))).toBe(true);
    expect(
      proposalOf({}, { ...samplePolicy, eligible: ['individual', 'corporate'] }, 'corporate'),
    ).toBe('FULL');
  });

  test('RKN-L1d/e the version in force on the notice date governs, not the newest', () => {
    const claim = aClaim({
      notices: [{ id: 'n', at: at('2026-03-31', '23:59'), kind: 'notice', tellsOfMisuse: true }],
    });
    const book = aBook({ 'P.rkn.fraudPolicy': samplePolicy });
    const later = aBook({ 'P.rkn.fraudPolicy': { ...samplePolicy, windowDays: 5 } }, '2026-04-01');
    const inForce = (parameters: typeof book) =>
      refusal(assessFraud(claim, 'individual', { ...termsWith(), parameters }));
    expect(inForce(book)).toBe('accepted');
    expect(inForce(later)).toContain('parameter_unset');
  });

  test('RKN-L1d without a policy nothing is assessed: there is no default', () => {
    expect(assessFraud(aClaim(), 'individual', termsWith(null))).toMatchObject({
      refusal: { code: 'parameter_unset', clause: 'RKN-L1d' },
    });
  });

  test.each([
    ['late notice', { promptNotice: excluded('ev') }],
    ['a false statement', { falseStatement: established('ev') }],
    ['grave disorder', { graveDisorder: established('ev') }],
    ['notice after the long stop', { transfers: [aTransfer('t', at('2024-03-30'), 1n)] }],
  ])('RKN-L1d %s: NONE, and nothing is covered', (_what, changes) => {
    expect(assess(changes).outcome).toMatchObject({ proposal: 'NONE', proposedYen: 0n });
  });

  test('RKN-L1d a policy may ask for the police report', () => {
    const other = { policeReport: excluded('ev'), otherTheftEvidence: established('ev') };
    expect(proposalOf(other)).toBe('FULL');
    expect(proposalOf(other, { ...samplePolicy, policeReportRequired: true })).toBe('NONE');
  });

  test('RKN-L1d a policy may exclude without asking for a faultless institution', () => {
    const family = {
      relation: { value: 'spouse', evidence: ['ev'] },
      institutionFaultless: excluded('ev'),
    } as const;
    expect(proposalOf(family)).toBe('FULL');
    const strict = { ...samplePolicy, exclusionsNeedFaultlessInstitution: false };
    expect(proposalOf(family, strict)).toBe('NONE');
  });

  test('RKN-L1d where notice is due within days of the damage, an impediment adds nothing', () => {
    const changes = {
      transfers: [aTransfer('t', at('2026-02-20'), 50n)],
      impediments: [
        {
          id: 'hospital',
          circumstance: 'hospital',
          from: '2026-03-11',
          to: '2026-03-20',
          proven: established('ev'),
        },
      ],
    };
    expect(assess(changes).outcome.coveredYen).toBe(50n);
    const within = { ...samplePolicy, thirtyDayTest: 'notice_within_days_of_damage' };
    expect(assess(changes, within).outcome.coveredYen).toBe(0n);
  });

  test('RKN-L1d what is missing is named, and what it leaves open', () => {
    const unknownFault = assess(fault('unknown'));
    expect(unknownFault.outcome).toMatchObject({ proposal: 'UNDETERMINED', proposedYen: null });
    expect(unknownFault.unknown).toContain('holderFault');
    const unknownKind = assess({}, samplePolicy, 'unknown');
    expect(unknownKind.outcome.couldBe).toEqual(['OUTSIDE', 'FULL']);
    expect(unknownKind.unknown).toEqual(['holderKind']);
    const noneEitherWay = assess({
      adequateExplanation: notEstablished,
      falseStatement: established('ev'),
    });
    expect(noneEitherWay.outcome.proposal).toBe('NONE');
    expect(noneEitherWay.unknown).toEqual([]);
  });

  test('RKN-L1d an impediment whose proof is open is missing only where something may be granted', () => {
    const changes = {
      institutionFaultless: excluded('ev'),
      transfers: [aTransfer('t', at('2026-02-20'), 50n)],
      impediments: [
        {
          id: 'hospital',
          circumstance: 'hospital',
          from: '2026-03-11',
          to: '2026-03-20',
          proven: notEstablished,
        },
      ],
    };
    for (const value of ['none', 'ordinary'] as const) {
      const open = assess({ ...changes, ...fault(value) });
      expect(open.outcome).toMatchObject({ proposal: 'UNDETERMINED', proposedYen: null });
      expect(open.unknown).toEqual(['impediments.hospital']);
    }
    const intent = assess({ ...changes, ...fault('intent') });
    expect(intent.outcome).toMatchObject({ proposal: 'NONE', proposedYen: 0n });
    expect(intent.unknown).toEqual([]);
  });

  test('RKN-L1d every step cites the policy, and the policy is copied in with its version', () => {
    const { trace, parameters } = assess();
    expect(new Set(trace.map(({ clause }) => clause))).toEqual(new Set(['RKN-L1d']));
    expect(parameters[0]).toMatchObject({ id: 'P.rkn.fraudPolicy', version: 1 });
  });

  test('RKN-L1d shares the arithmetic of SM-14: under the same figures both come to the same', () => {
    const same: Record<string, string> = {
      full: 'FULL',
      discretionary: 'INDIVIDUAL',
      excluded: 'NONE',
      barred: 'NONE',
      not_claimable: 'NONE',
    };
    fc.assert(
      fc.property(anyClaim, (facts) => {
        const claim = { ...facts, holderIsIndividual: established('ev') };
        const { outcome } = decided(assessFraud(claim, 'individual', termsWith()));
        const sm = decided(decideCompensation(claim, termsWith())).outcome;
        if (!(sm.kind in same)) return true;
        const amount = sm.kind === 'discretionary' ? null : sm.payableYen;
        return (
          outcome.proposal === same[sm.kind] &&
          outcome.coveredYen === sm.coveredYen &&
          outcome.proposedYen === amount
        );
      }),
      propertyRuns,
    );
  });
});

describe('X-10 fraud through the intermediary, the user without fault', () => {
  const claim = aClaim({ transfers: [aTransfer('t-1', at('2026-03-02'), 100_000n)] });

  test('X-10 RKN-L1d misuse 29 days before the notice day: the intermediary pays in full', () => {
    const { outcome } = decided(assessFraud(claim, 'individual', termsWith()));
    expect(outcome).toMatchObject({ proposal: 'FULL', proposedYen: 100_000n });
  });

  test('X-10 RKN-L2a then solely the institution: recourse up to what was paid, not beyond', () => {
    const asked = aQuestion({
      attribution: anAttribution('FI'),
      payments: [paidBy('EPSP', 100_000n)],
      fraud: established('ev'),
    });
    const { outcome } = decided(decideRecourse(asked, recourseTerms()));
    const against = [{ institution: '2963' }];
    expect(outcome).toMatchObject({ kind: 'full', clause: 'RKN-L2a', claimableYen: 100_000n });
    expect(openClaim(outcome, { by: 'EPSP', amountYen: 100_000n, against }).ok).toBe(true);
    expect(openClaim(outcome, { by: 'EPSP', amountYen: 100_001n, against }).ok).toBe(false);
  });

  test('X-10 RKN-L* the institution does not also pay the user', () => {
    const paid = decided(recordPayment(decided(openBook(100_000n)), paidBy('EPSP', 100_000n)));
    expect(refusal(recordPayment(paid, paidBy('FI', 1n)))).toBe(
      'payment_exceeds_loss amountYen RKN-L*',
    );
    const made = decided(recordRecourse(paid, { id: 'r', by: 'EPSP', amountYen: 100_000n }));
    expect(refusal(recordRecourse(made, { id: 'r2', by: 'EPSP', amountYen: 1n }))).toBe(
      'amount_exceeds_paid amountYen RKN-L*',
    );
  });
});
