import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '#libs/kernel';
import { at } from '../test/a-claim.js';
import {
  anAgreement,
  anAttribution,
  paidBy,
  recourseTerms,
  unavoidable,
} from '../test/a-question.js';
import { decided, refusal } from '../test/decided.js';
import type { CaseEvent } from './case-events.js';
import { applyEvent, openCase, type LossCase } from './case.js';
import { currentDecision, decideCase, questionOfCase } from './decide-case.js';

const report = {
  type: 'loss_reported',
  institution: '2963',
  lossYen: 100_000n,
  category: 'outage',
  occurredAt: at('2026-04-01'),
  knownAt: at('2026-04-02'),
} as const;
const start = decided(openCase(report, at('2026-04-03')));
const today = at('2026-05-01');
const happen = (...events: CaseEvent[]): LossCase =>
  events.reduce((now, event) => decided(applyEvent(now, event, today)), start);
const enter = (event: CaseEvent, before = start) => refusal(applyEvent(before, event, today));

const byEpsp = (amountYen: bigint, changes = {}): CaseEvent => ({
  type: 'paid',
  payment: paidBy('EPSP', amountYen, changes),
  agreementClause: 'ToS 12',
});
const byFi = (amountYen: bigint, changes = {}): CaseEvent => ({
  type: 'paid',
  payment: paidBy('FI', amountYen, changes),
});
const proposed = (changes: object): CaseEvent => {
  const signatures = { acceptedForEpspBy: '', acceptedForFiBy: '' };
  const agreement = anAgreement('EPSP', 60_000n, { ...signatures, ...changes });
  return { type: 'agreement_proposed', agreement };
};

describe('what no decision could take is refused when it is entered', () => {
  const { grounds: _, ...groundless } = unavoidable;
  test.each<[string, CaseEvent]>([
    ['amount_not_positive amountYen RKN-L1b', byEpsp(0n)],
    ['amount_not_positive amountYen RKN-L4-0a', byFi(-1n)],
    ['institution_missing institution RKN-L4-0a', byFi(1n, { institution: '' })],
    ['instant_malformed paidAt RKN-L1b', byEpsp(1n, { paidAt: Number.NaN })],
    [
      'grounds_missing unavoidable.grounds RKN-L4-0b',
      { type: 'unavoidable_judged', unavoidable: groundless },
    ],
    ['grounds_missing agreement.rationale RKN-L2b', proposed({ rationale: ' ' })],
    ['amount_negative agreement.amountYen RKN-L2b', proposed({ amountYen: -1n })],
    [
      'instant_malformed attribution.foundAt RKN-L3',
      { type: 'attributed', attribution: anAttribution('FI', { foundAt: -1 }) },
    ],
  ])('%s', (expected, event) => {
    expect(enter(event)).toBe(expected);
  });

  test('RKN-L* a refused entry leaves the case as it was, byte for byte', () => {
    const one = happen(byEpsp(60_000n), proposed({}));
    const before = canonicalJson(one);
    const refused: CaseEvent[] = [
      report,
      byEpsp(60_000n, { id: 'again' }),
      byEpsp(1n),
      byFi(0n),
      proposed({ version: 1 }),
      { type: 'agreement_accepted', version: 2, side: 'FI', person: 'mori' },
      { type: 'recourse_received', id: 'r', by: 'FI', amountYen: 1n },
      { type: 'cause_found', evidence: [] },
    ];
    for (const event of refused) expect(enter(event, one)).not.toBe('accepted');
    expect(canonicalJson(one)).toBe(before);
  });

  test('RKN-L2b an amount of nothing may be proposed', () => {
    expect(enter(proposed({ amountYen: 0n }))).toBe('accepted');
  });

  test.each(['occurredAt', 'knownAt'] as const)(
    'RKN-L1a a report without an instant: %s',
    (at_) => {
      const opening = openCase({ ...report, [at_]: Number.NaN }, today);
      expect(refusal(opening)).toBe(`instant_malformed ${at_} RKN-L1a`);
    },
  );

  test('RKN-L1a an event that is recorded at no instant', () => {
    const malformed = 'instant_malformed recordedAt RKN-L1a';
    expect(refusal(openCase(report, Number.NaN))).toBe(malformed);
    expect(refusal(applyEvent(start, byEpsp(1n), Number.NaN))).toBe(malformed);
  });
});

describe('RKN-L* both have paid', () => {
  const bothPaid = [byEpsp(60_000n), byFi(40_000n)];
  const back: CaseEvent = {
    type: 'recovered',
    recovery: { id: 'w-1', forSide: 'EPSP', amountYen: 30_000n },
    order: 'payer_first',
  };
  const backToFi: CaseEvent = {
    type: 'recovered',
    recovery: { id: 'w-2', forSide: 'FI', amountYen: 5_000n },
    order: 'payer_first',
  };
  const accept = (side: 'EPSP' | 'FI'): CaseEvent => ({
    type: 'agreement_accepted',
    version: 1,
    side,
    person: `${side}-1`,
  });

  test('RKN-L* before an agreement what came back to either counts', () => {
    const question = questionOfCase(happen(...bothPaid, back, backToFi));
    expect(question.recoveredFromWrongdoerYen).toBe(35_000n);
  });

  test('RKN-L* with one, what came back to the side that claims (INT-08)', () => {
    const one = happen(
      ...bothPaid,
      back,
      backToFi,
      { type: 'scope_found', scope: { value: 'service', evidence: ['ev'] } },
      proposed({}),
      accept('EPSP'),
      accept('FI'),
    );
    expect(questionOfCase(one).recoveredFromWrongdoerYen).toBe(30_000n);
    const after = decided(decideCase(one, recourseTerms(), today));
    expect(currentDecision(after)?.outcome).toMatchObject({
      claimant: 'EPSP',
      claimableYen: 30_000n,
    });
    const received = { type: 'recourse_received', id: 'r', by: 'EPSP' } as const;
    expect(enter({ ...received, amountYen: 30_000n }, one)).toBe('accepted');
    expect(enter({ ...received, amountYen: 30_001n }, one)).toBe(
      'amount_exceeds_paid amountYen RKN-L*',
    );
  });
});

describe('RKN-L3 a finding after the consultation', () => {
  test('RKN-L3/b against the payer itself: the proposal stays and nothing is claimable', () => {
    const one = happen(
      byEpsp(100_000n),
      { type: 'scope_found', scope: { value: 'service', evidence: ['ev'] } },
      proposed({}),
      { type: 'attributed', attribution: anAttribution('EPSP') },
    );
    const after = decided(decideCase(one, recourseTerms(), today));
    expect(currentDecision(after)?.outcome).toMatchObject({ kind: 'own', claimableYen: 0n });
    expect(after.agreements).toHaveLength(1);
  });
});
