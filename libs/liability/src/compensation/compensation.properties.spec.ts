import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HolderFault } from '#libs/contracts';
import { canonicalJson, established, sumYen, type Yen } from '#libs/kernel';
import { at, someTerms } from '../../test/a-claim.js';
import { anyClaim, anyImpediments, anyOpenClaim, noticedLater } from '../../test/any-claim.js';
import { decided } from '../../test/decided.js';
import { propertyRuns } from '../../test/property-runs.js';
import type { CompensationClaim } from './claim.js';
import { decideCompensation } from './decide-compensation.js';
import { apportionRecovery } from './lapse-and-subrogation.js';
import { afterSetOff } from './set-off.js';

const terms = someTerms();
const decide = (claim: CompensationClaim, by = terms) => decided(decideCompensation(claim, by));
const outcomeOf = (claim: CompensationClaim) => decide(claim).outcome;
/** The most that can be paid: the amount where it is settled, else the upper bound less what came back. */
const atMost = (claim: CompensationClaim): Yen => {
  const { payableYen, bounds, returned } = outcomeOf(claim);
  return payableYen ?? afterSetOff(bounds[1], returned);
};
const holds = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => boolean): void =>
  fc.assert(fc.property(arbitrary, property), propertyRuns);
const lossOf = ({ transfers }: CompensationClaim): Yen =>
  sumYen(transfers.map(({ amount, fee, interest }) => amount + fee + interest));

describe('properties of SM-14, whatever the facts', () => {
  test('SM-14.2d the award is never negative and never above the loss', () => {
    holds(anyClaim, (claim) => {
      const { awardYen, payableYen, coveredYen, bounds } = outcomeOf(claim);
      const within = (yen: Yen | null) => yen === null || (yen >= 0n && yen <= lossOf(claim));
      return [awardYen, payableYen, coveredYen, ...bounds].every(within);
    });
  });

  test('SM-14.2b a later notice never raises it', () => {
    holds(fc.tuple(anyOpenClaim, fc.nat({ max: 800 })), ([claim, days]) => {
      const sure = {
        ...claim,
        impediments: claim.impediments.filter((one) => one.proven.value === 'no'),
      };
      return atMost(noticedLater(sure, days)) <= atMost(sure);
    });
  });

  test('SM-14.2c a longer extension never lowers it', () => {
    holds(fc.tuple(anyOpenClaim, anyImpediments), ([claim, more]) => {
      const proven = more.map((one, index) => ({
        ...one,
        id: `more-${index}`,
        circumstance: `more-${index}`,
        proven: established('ev'),
        countsThoughEarlier: established('ev'),
      }));
      return atMost({ ...claim, impediments: [...claim.impediments, ...proven] }) >= atMost(claim);
    });
  });

  test('SM-14.2d the order of the transfers does not matter', () => {
    const shuffled = anyClaim.chain((claim) =>
      fc
        .shuffledSubarray([...claim.transfers], { minLength: claim.transfers.length })
        .map((transfers) => ({ claim, other: { ...claim, transfers } })),
    );
    holds(shuffled, ({ claim, other }) => {
      const { lines, ...outcome } = outcomeOf(claim);
      const { lines: otherLines, ...otherOutcome } = outcomeOf(other);
      return (
        canonicalJson(outcome) === canonicalJson(otherOutcome) && lines.length === otherLines.length
      );
    });
  });

  test('SM-14.2d the lines add up to the covered amount', () => {
    holds(anyClaim, (claim) => {
      const { lines, coveredYen } = outcomeOf(claim);
      return sumYen(lines.map(({ lossYen }) => lossYen)) === coveredYen;
    });
  });

  test('SM-14.2d splitting a transfer keeps the sum', () => {
    const split = anyOpenClaim.filter(({ transfers }) => (transfers[0]?.amount ?? 0n) > 1n);
    holds(fc.tuple(split, fc.bigInt({ min: 1n, max: 10_000_000n })), ([claim, cut]) => {
      const [first, ...others] = claim.transfers;
      if (!first) return false;
      const part = 1n + (cut % (first.amount - 1n));
      const halves = [
        { ...first, id: 'half-1', amount: part },
        { ...first, id: 'half-2', amount: first.amount - part, fee: 0n, interest: 0n },
      ];
      const { coveredYen } = outcomeOf({ ...claim, transfers: [...halves, ...others] });
      return coveredYen === outcomeOf(claim).coveredYen;
    });
  });

  test('SM-14.2 more fault of the holder never raises it', () => {
    const order: HolderFault[] = ['none', 'ordinary', 'gross'];
    holds(fc.tuple(anyClaim, fc.nat({ max: 1 })), ([claim, less]) => {
      const withFault = (index: number) =>
        atMost({ ...claim, holderFault: { value: order[index] ?? 'gross', evidence: ['ev'] } });
      // Where no clause speaks (gross, bank at fault) a person may go up to the whole: no more.
      return less === 0 ? withFault(1) <= withFault(0) : withFault(2) <= withFault(0);
    });
  });

  test('SM-14.5 what came back never raises it, and never makes it negative', () => {
    holds(
      fc.tuple(anyOpenClaim, fc.bigInt({ min: 0n, max: 99_999_999n })),
      ([claim, amountYen]) => {
        const more = [...claim.setOffs, { id: 'more', kind: 'damages' as const, amountYen }];
        const after = atMost({ ...claim, setOffs: more });
        return after <= atMost(claim) && after >= 0n;
      },
    );
  });

  test('SM-14 replaying the same claim gives the same decision, byte for byte', () => {
    holds(
      anyClaim,
      (claim) => canonicalJson(decide(claim)) === canonicalJson(decide(claim, someTerms())),
    );
  });

  test('SM-14 another claim has another fingerprint', () => {
    holds(anyClaim, (claim) => {
      const [first, ...others] = claim.transfers;
      if (!first) return false;
      const other = { ...claim, transfers: [{ ...first, amount: first.amount + 1n }, ...others] };
      return decide(other).inputHash !== decide(claim).inputHash;
    });
  });

  test('SM-14.2b midnight in Japan is the boundary of the window', () => {
    holds(
      fc.tuple(anyOpenClaim, fc.integer({ min: -86_400_000, max: 86_399_999 })),
      ([claim, shift]) => {
        const sure = { ...claim, impediments: [] };
        const boundary = at('2026-03-01', '00:00');
        const moved = {
          id: 'moved',
          happenedAt: boundary + shift,
          amount: 7n,
          fee: 0n,
          interest: 0n,
        };
        const line = outcomeOf({ ...sure, transfers: [moved, ...sure.transfers] }).lines[0];
        return line?.covered === shift >= 0;
      },
    );
  });

  test('SM-14 every step cites a clause, gives both languages and is part of the text', () => {
    holds(anyClaim, (claim) =>
      decide(claim).trace.every(
        ({ clause, reason }) =>
          /^SM-(1[34]\.|20$)/.test(clause) && reason.ja.endsWith('。') && reason.en.endsWith('.'),
      ),
    );
  });

  test('SM-14 what is undetermined names a missing fact, and nothing else does', () => {
    holds(anyClaim, (claim) => {
      const { outcome, unknown } = decide(claim);
      return (outcome.kind === 'undetermined') === unknown.length > 0;
    });
  });

  test('SM-14 establishing a missing fact never opens an outcome that was not named', () => {
    holds(fc.tuple(anyClaim, fc.boolean()), ([claim, answer]) => {
      const before = decide(claim);
      const name = before.unknown.find((one) => one in claim && !/holderFault|relation/.test(one));
      if (!name) return true;
      const found = { value: answer ? 'yes' : 'no', evidence: ['ev'] };
      const after = outcomeOf({ ...claim, [name]: found });
      const kinds = after.kind === 'undetermined' ? after.couldBe : [after.kind];
      return kinds.every((kind) => before.outcome.couldBe.includes(kind));
    });
  });

  test('SM-14.7 money that comes back is divided without a rest, the payer never above what it paid', () => {
    const yen = fc.bigInt({ min: 0n, max: 1_000_000n });
    const standings = fc.tuple(
      yen,
      yen,
      yen,
      yen,
      yen,
      fc.constantFrom('payer_first' as const, 'holder_first' as const),
    );
    holds(standings, ([amount, lossYen, holderHasYen, paidYen, recoveredYen, order]) => {
      const { toPayerYen, toHolderYen } = apportionRecovery(
        amount,
        { lossYen, holderHasYen, paidYen, recoveredYen },
        order,
      );
      const whole = toPayerYen + toHolderYen === amount && toPayerYen >= 0n && toHolderYen >= 0n;
      return whole && toPayerYen <= (paidYen > recoveredYen ? paidYen - recoveredYen : 0n);
    });
  });
});

test('SM-14 the runs of a property come from RENKEI_PROPERTY_RUNS', () => {
  expect(propertyRuns.numRuns).toBeGreaterThanOrEqual(1);
});
