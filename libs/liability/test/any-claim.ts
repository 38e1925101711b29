import fc from 'fast-check';
import type { HolderFault, Relation, WrongfulTransfer } from '#libs/contracts';
import { CivilDate, type Finding } from '#libs/kernel';
import type { CompensationClaim, Impediment, SetOff } from '../src/index.js';
import { aClaim, at } from './a-claim.js';

const FIRST_DAY = CivilDate.from('2025-01-01');
const NOTICE_DAY = CivilDate.from('2026-03-31');
const HOUR = 3_600_000;

const anyFinding: fc.Arbitrary<Finding> = fc.constantFrom<Finding>(
  { value: 'yes', evidence: ['ev'] },
  { value: 'yes', evidence: ['ev'] },
  { value: 'no', evidence: ['ev'] },
  { value: 'unknown', evidence: [] },
);

/** Instants of the 15 months before the notice, hours and midnights among them. */
const anyInstant = fc
  .tuple(fc.nat({ max: FIRST_DAY.daysUntil(NOTICE_DAY) }), fc.constantFrom(0, -1, 9 * HOUR))
  .map(([days, offset]) => FIRST_DAY.plusDays(days).startsAt() + offset + 1);

export const anyTransfers: fc.Arbitrary<WrongfulTransfer[]> = fc
  .array(
    fc.record({
      happenedAt: anyInstant,
      amount: fc.bigInt({ min: 1n, max: 10_000_000n }),
      fee: fc.bigInt({ min: 0n, max: 880n }),
      interest: fc.bigInt({ min: 0n, max: 500n }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => all.map((one, index) => ({ id: `t-${index}`, ...one })));

/** Impediments of different circumstances, which may overlap; proven ones carry evidence. */
export const anyImpediments: fc.Arbitrary<Impediment[]> = fc
  .array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 40 }), anyFinding, anyFinding), {
    maxLength: 3,
  })
  .map((all) =>
    all.map(([before, length, proven, countsThoughEarlier], index) => {
      const to = NOTICE_DAY.minusDays(before);
      return {
        id: `imp-${index}`,
        circumstance: `circumstance-${index}`,
        from: to.minusDays(length).toString(),
        to: to.toString(),
        proven,
        countsThoughEarlier,
      };
    }),
  );

const anySetOffs: fc.Arbitrary<SetOff[]> = fc
  .array(
    fc.tuple(
      fc.constantFrom('refund' as const, 'damages' as const, 'unjust_enrichment' as const),
      fc.bigInt({ min: 0n, max: 3_000_000n }),
    ),
    { maxLength: 3 },
  )
  .map((all) => all.map(([kind, amountYen], index) => ({ id: `s-${index}`, kind, amountYen })));

const anyFault = fc.constantFrom<HolderFault>('none', 'ordinary', 'gross', 'intent', 'unknown');
const anyRelation = fc.constantFrom<Relation>('stranger', 'spouse', 'other_relative', 'unknown');

/** Any claim that is well-formed, every fact three-valued; its notice is of 2026-03-31. */
export const anyClaim: fc.Arbitrary<CompensationClaim> = fc
  .record({
    holderIsIndividual: anyFinding,
    promptNotice: anyFinding,
    adequateExplanation: anyFinding,
    policeReport: anyFinding,
    otherTheftEvidence: anyFinding,
    cooperation: anyFinding,
    holderFault: anyFault.map((value) => ({ value, evidence: ['ev'] })),
    institutionGoodFaith: anyFinding,
    institutionFaultless: anyFinding,
    relation: anyRelation.map((value) => ({ value, evidence: ['ev'] })),
    falseStatement: anyFinding,
    graveDisorder: anyFinding,
    transfers: anyTransfers,
    impediments: anyImpediments,
    setOffs: anySetOffs,
  })
  .map((changes) => aClaim(changes));

/** A claim that is open to payment: the gates are passed, only money and window vary. */
export const anyOpenClaim: fc.Arbitrary<CompensationClaim> = fc
  .record({ transfers: anyTransfers, impediments: anyImpediments, setOffs: anySetOffs })
  .map((changes) => aClaim(changes));

/** The same claim with its notice later by whole days. */
export const noticedLater = (claim: CompensationClaim, days: number): CompensationClaim => ({
  ...claim,
  notices: [
    {
      id: 'ntc-1',
      at: at(NOTICE_DAY.plusDays(days).toString()),
      kind: 'notice',
      tellsOfMisuse: true,
    },
  ],
});
