import { describe, expect, test } from '@jest/globals';
import { at, someReadings, aBook } from '../../test/a-claim.js';
import {
  anAttribution,
  aQuestion,
  paidBy,
  recourseTerms,
  unavoidable,
} from '../../test/a-question.js';
import { decided, refusal } from '../../test/decided.js';
import { decideRecourse, type RecourseTerms } from './decide-recourse.js';
import { openClaim } from './open-claim.js';
import type { RecourseQuestion } from './question.js';

const soleFi = { attribution: anAttribution('FI') };
const ask = (changes: Partial<RecourseQuestion>, terms: RecourseTerms = recourseTerms()) =>
  decideRecourse(aQuestion(changes), terms);

describe('an instant that cannot be is refused with field and clause', () => {
  test.each([Number.NaN, 0.5, -1, 253_402_268_400_000])('%d', (instant) => {
    expect(refusal(ask({ payments: [paidBy('EPSP', 1n, { paidAt: instant })] }))).toBe(
      'instant_malformed payments[0].paidAt RKN-L1b',
    );
    expect(refusal(ask({ payments: [paidBy('FI', 1n, { paidAt: instant })] }))).toBe(
      'instant_malformed payments[0].paidAt RKN-L4-0a',
    );
    expect(refusal(ask({ unavoidable: { ...unavoidable, recordedAt: instant } }))).toBe(
      'instant_malformed unavoidable.recordedAt RKN-L4-0b',
    );
    expect(refusal(ask({ attribution: anAttribution('FI', { foundAt: instant }) }))).toBe(
      'instant_malformed attribution.foundAt RKN-L3',
    );
  });

  test('RKN-L1b the first and the last that there are can be', () => {
    for (const paidAt of [0, 253_402_268_399_999]) {
      expect(ask({ payments: [paidBy('EPSP', 1n, { paidAt })] }).ok).toBe(true);
    }
  });
});

describe('what is left out is refused with field and clause', () => {
  const fiPaid = { payments: [paidBy('FI')] };

  test.each(['grounds', 'approvedBy'] as const)('RKN-L4-0b/a gate B without %s at all', (field) => {
    const { [field]: _, ...judged } = unavoidable;
    expect(refusal(ask({ ...fiPaid, unavoidable: judged }))).toContain(
      `unavoidable.${field} RKN-L4-0b`,
    );
  });

  test('RKN-L4-0b nothing is asked for where payment was not found unavoidable', () => {
    expect(ask({ ...fiPaid, unavoidable: { value: 'no', evidence: [] } }).ok).toBe(true);
  });
});

describe('a payment that is named twice', () => {
  test.each([
    ['RKN-L1b', 'EPSP'],
    ['RKN-L4-0a', 'FI'],
  ] as const)('%s %s', (clause, by) => {
    const payments = [paidBy(by, 1n), paidBy(by, 2n)];
    expect(refusal(ask({ payments }))).toBe(`named_twice payments[1].id ${clause}`);
  });
});

describe('the showing that was agreed to be needed (INT-15)', () => {
  const strict = recourseTerms({ 'INT-15': 'B' });

  test.each([
    ['RKN-L2a', [paidBy('EPSP')]],
    ['RKN-L4-0a', [paidBy('FI')]],
    ['RKN-L2a', [paidBy('FI', 1n), paidBy('EPSP', 1n)]],
  ])('%s it is missing', (clause, payments) => {
    expect(refusal(ask({ payments }, strict))).toBe(`prima_facie_missing primaFacie ${clause}`);
  });

  test('RKN-L1b before anybody has paid there is nothing to show', () => {
    expect(decided(ask({ payments: [] }, strict)).outcome.kind).toBe('nothing_yet');
  });

  test('RKN-L2a whether it is needed is a parameter without default', () => {
    const unset = { ...strict, parameters: aBook({}, undefined, '2963') };
    expect(ask(soleFi, unset)).toMatchObject({
      ok: false,
      refusal: { code: 'parameter_unset', clause: 'RKN-L2a' },
    });
    expect(ask(soleFi, { ...recourseTerms(), parameters: unset.parameters }).ok).toBe(true);
  });
});

describe('the books and the decision', () => {
  test.each([
    ['parameters', { parameters: aBook({}, undefined, '2825') }],
    ['readings', { readings: someReadings({}, '2825') }],
  ])('%s of another institution are a fault of the program', (_which, other) => {
    expect(() => ask(soleFi, { ...recourseTerms(), ...other })).toThrow(
      'The books are of another institution.',
    );
  });

  test('RKN-L2a another question has another fingerprint, the same has the same', () => {
    const hash = (changes: Partial<RecourseQuestion>) => decided(ask(changes)).inputHash;
    expect(hash(soleFi)).toBe(hash(soleFi));
    expect(hash({ ...soleFi, recoursedYen: 1n })).not.toBe(hash(soleFi));
  });
});

describe('RKN-L1d facts that are missing and would not decide', () => {
  const unknown = { value: 'unknown', evidence: [] } as const;

  test('RKN-L1d for fraud it does not matter whether the agreement exempted', () => {
    const fraud = { value: 'yes', evidence: ['ev'] } as const;
    const decision = decided(ask({ ...soleFi, fraud, exempt: unknown }));
    expect(decision.unknown).toEqual([]);
    expect(decision.outcome).toMatchObject({ kind: 'full', couldBe: [] });
  });

  test('RKN-L1c otherwise it does, and the fact is named; gate B stays out of it', () => {
    const decision = decided(ask({ ...soleFi, exempt: unknown, unavoidable: unknown }));
    expect(decision.unknown).toEqual(['exempt']);
    expect(decision.outcome.couldBe).toEqual(['without_clause', 'full']);
  });
});

describe('RKN-L2a/d the split of a claim', () => {
  const open = () => decided(ask(soleFi)).outcome;
  const claimOf = (shareYen?: bigint) =>
    refusal(
      openClaim(open(), {
        by: 'EPSP',
        amountYen: 100_000n,
        against: [{ institution: '2963', ...(shareYen !== undefined && { shareYen }) }],
      }),
    );

  test('RKN-L2a/d a share that is stated for one institution is the whole claim', () => {
    expect(claimOf()).toBe('accepted');
    expect(claimOf(100_000n)).toBe('accepted');
    expect(claimOf(99_999n)).toBe('split_does_not_add_up against RKN-L2a');
  });
});

describe('readings and warnings', () => {
  const paidOutside = { payments: [paidBy('EPSP')], scope: { value: 'linkage', evidence: ['ev'] } };

  test.each([
    ['A', 'without_clause'],
    ['B', 'without_clause'],
    ['C', 'consultation'],
  ])('RKN-L1b paid for a loss outside the service, reading %s: %s (INT-10)', (letter, kind) => {
    const terms = recourseTerms({ 'INT-10': letter });
    const { outcome } = decided(ask(paidOutside as Partial<RecourseQuestion>, terms));
    expect(outcome).toMatchObject({ kind, why: 'epsp_paid_outside_service' });
  });

  test('RKN-L4-0b/b grounds recorded between two payments came after the first', () => {
    const payments = [
      paidBy('FI', 1n, { id: 'second', paidAt: at('2026-04-22') }),
      paidBy('FI', 1n, { id: 'first', paidAt: at('2026-04-20') }),
    ];
    const between = { ...unavoidable, recordedAt: at('2026-04-21') };
    const { trace } = decided(ask({ payments, unavoidable: between }));
    const node = trace.find(({ clause }) => clause === 'RKN-L4-0b');
    expect(node?.value).toBe('recorded_after_payment');
    expect(node?.reason).toEqual({
      ja: '注意：事由の記録（2026-04-21T10:00:00.000+09:00）は支払の後になされた。',
      en: 'Warning: the grounds were recorded after the payment, at 2026-04-21T10:00:00.000+09:00.',
    });
  });

  test.each([
    ['A', 'いずれの責めか明らかでない', 'unclear'],
    ['B', '専ら代行業者の責め', 'solely the intermediary'],
    ['C', 'いずれの責めでもない', 'neither'],
  ])('RKN-D2 what people found is told, and reading %s of it (INT-14)', (letter, ja, en) => {
    const attribution = anAttribution('CHAIN_PARTNER', { chainPartner: 'cp_1' });
    const { trace } = decided(ask({ attribution }, recourseTerms({ 'INT-14': letter })));
    expect(trace[0]?.reason).toEqual({
      ja: `責任の帰属は人の認定による：連鎖接続先の責め。解釈により「${ja}」として扱う。`,
      en: `Responsibility as people found it: the chain partner. By the reading taken it counts as: ${en}.`,
    });
  });

  test('RKN-L2a two cases are told in words (INT-10)', () => {
    const payments = [paidBy('EPSP', 1n), paidBy('FI', 1n)];
    const { trace } = decided(ask({ payments }, recourseTerms({ 'INT-10': 'B' })));
    expect(trace.at(-1)?.reason).toEqual({
      ja: '双方の支払は、それぞれ別の案件として判断する。',
      en: 'Each payment is decided as a case of its own.',
    });
  });
});
