import { describe, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '#libs/kernel';
import {
  anAgreement,
  anAttribution,
  aQuestion,
  paidBy,
  recourseTerms,
  unavoidable,
} from '../../test/a-question.js';
import { decided } from '../../test/decided.js';
import { propertyRuns } from '../../test/property-runs.js';
import type { Cause, Side } from '../attribution.js';
import { decideRecourse } from './decide-recourse.js';
import { openClaim } from './open-claim.js';
import type { RecourseQuestion } from './question.js';

const terms = recourseTerms();
const anyYen = fc.bigInt({ min: 1n, max: 1_000_000n });
const anyCause = fc.constantFrom<Cause>('FI', 'EPSP', 'BOTH', 'NEITHER', 'UNCLEAR');
const anySide = fc.constantFrom<Side>('EPSP', 'FI');
const mirrored = {
  FI: 'EPSP',
  EPSP: 'FI',
  BOTH: 'BOTH',
  NEITHER: 'NEITHER',
  UNCLEAR: 'UNCLEAR',
} as const;
const MIRROR_CLAUSE: Readonly<Record<string, string>> = {
  'RKN-L2a': 'RKN-L4-1',
  'RKN-L2b': 'RKN-L4-2',
  'RKN-L3': 'RKN-L4-3',
};

interface Case {
  readonly cause: Cause;
  readonly payer: Side;
  readonly paidYen: bigint;
  readonly backYen: bigint;
  readonly agreedYen?: bigint;
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    cause: anyCause,
    payer: anySide,
    paidYen: anyYen,
    backYen: fc.bigInt({ min: 0n, max: 1_000_000n }),
    agreed: fc.option(fc.nat({ max: 100 }), { nil: undefined }),
  })
  .map(({ agreed, ...one }) => ({
    ...one,
    ...(agreed !== undefined && { agreedYen: (one.paidYen * BigInt(agreed)) / 100n }),
  }));

/** The case on its own side of the agreement: the intermediary's is the service, gate A the bank's. */
function questionOf({ cause, payer, paidYen, backYen, agreedYen }: Case): RecourseQuestion {
  const open = cause !== payer && agreedYen !== undefined;
  return aQuestion({
    attribution: anAttribution(cause),
    payments: [paidBy(payer, paidYen)],
    scope: { value: payer === 'EPSP' ? 'service' : 'function', evidence: ['ev'] },
    recoveredFromWrongdoerYen: backYen,
    agreements: open ? [anAgreement(payer, agreedYen)] : [],
  });
}

const decide = (one: Case) => decided(decideRecourse(questionOf(one), terms));
const holds = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => boolean): void =>
  fc.assert(fc.property(arbitrary, property), propertyRuns);

describe('properties of recourse', () => {
  test('RKN-L* what may be claimed and what was recovered never exceed what was paid', () => {
    holds(anyCase, (one) => {
      const { claimableYen, recoveredYen, paidYen, roomYen } = decide(one).outcome;
      const within = claimableYen >= 0n && claimableYen <= roomYen;
      return within && (claimableYen === 0n || claimableYen + recoveredYen <= paidYen);
    });
  });

  test('RKN-L4-1 swapping the two parties mirrors the outcome, clause by clause', () => {
    holds(anyCase, (one) => {
      const ours = decide({ ...one, payer: 'EPSP' }).outcome;
      const theirs = decide({ ...one, payer: 'FI', cause: mirrored[one.cause] }).outcome;
      return (
        ours.kind === theirs.kind &&
        ours.claimableYen === theirs.claimableYen &&
        MIRROR_CLAUSE[ours.clause ?? ''] === theirs.clause &&
        (ours.claimant === undefined) === (theirs.claimant === undefined)
      );
    });
  });

  test('RKN-L4-0b gate B opens the same ways as gate A', () => {
    holds(anyCase, (one) => {
      const gateA = questionOf({ ...one, payer: 'FI' });
      const gateB = {
        ...gateA,
        scope: { value: 'service', evidence: ['ev'] },
        unavoidable,
      } as const;
      const { gate: _a, ...byA } = decided(decideRecourse(gateA, terms)).outcome;
      const { gate: _b, ...byB } = decided(decideRecourse(gateB, terms)).outcome;
      return canonicalJson(byA) === canonicalJson(byB);
    });
  });

  test('RKN-L3 without sole responsibility and without an agreement nothing can be claimed', () => {
    holds(anyCase, (one) => {
      const { agreedYen: _, ...unagreed } = one;
      const { kind, claimableYen } = decide(unagreed).outcome;
      return kind === 'full' || claimableYen === 0n;
    });
  });

  test('RKN-L2b an agreement never gives more than was agreed', () => {
    holds(anyCase, (one) => {
      const { kind, claimableYen } = decide(one).outcome;
      return kind === 'full' || claimableYen <= (one.agreedYen ?? 0n);
    });
  });

  test('RKN-L2a a claim is accepted exactly up to what may be claimed', () => {
    holds(fc.tuple(anyCase, anyYen), ([one, amountYen]) => {
      const { outcome } = decide(one);
      const claim = { by: one.payer, amountYen, against: [{ institution: '2963' }] };
      const open = outcome.claimant === one.payer && amountYen <= outcome.claimableYen;
      return openClaim(outcome, claim).ok === open;
    });
  });

  test('RKN-L* what came back never raises a claim', () => {
    holds(fc.tuple(anyCase, anyYen), ([one, more]) => {
      const later = decide({ ...one, backYen: one.backYen + more });
      return later.outcome.claimableYen <= decide(one).outcome.claimableYen;
    });
  });

  test('RKN-L2a replaying the same question gives the same decision, byte for byte', () => {
    holds(anyCase, (one) => canonicalJson(decide(one)) === canonicalJson(decide(one)));
  });
});
