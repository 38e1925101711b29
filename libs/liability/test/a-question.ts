import { CivilDate, excluded, type Finding } from '#libs/kernel';
import type {
  Attribution,
  PaidToUser,
  RecourseAgreement,
  RecourseQuestion,
  RecourseTerms,
  Scope,
  Side,
} from '../src/index.js';
import { aBook, at, finding, someReadings } from './a-claim.js';
import type { Combination } from './expected-table.js';

export const anAttribution = (
  found: Attribution['finding'],
  changes: Partial<Attribution> = {},
): Attribution => ({
  id: `att-${found}`,
  finding: found,
  grounds: 'The log shows where the token leaked.',
  evidence: ['ev-log'],
  foundBy: 'staff-1',
  approvedBy: 'staff-2',
  foundAt: at('2026-05-01'),
  ...changes,
});

export const paidBy = (by: Side, amountYen = 100_000n, changes: Partial<PaidToUser> = {}) => ({
  id: `pay-${by}`,
  by,
  ...(by === 'FI' && { institution: '2963' }),
  amountYen,
  paidAt: at('2026-04-20'),
  ...changes,
});

export const anAgreement = (
  claimant: Side,
  amountYen: bigint,
  changes: Partial<RecourseAgreement> = {},
): RecourseAgreement => ({
  version: 1,
  claimant,
  amountYen,
  rationale: 'Both logs had the same gap.',
  acceptedForEpspBy: 'epsp-1',
  acceptedForFiBy: 'bank-1',
  ...changes,
});

/** Gate B as it must be recorded: grounds, evidence, approver, before the payment. */
export const unavoidable = {
  value: 'yes',
  evidence: ['ev-public-order'],
  grounds: 'Pensioners could not wait for the intermediary.',
  approvedBy: 'staff-2',
  recordedAt: at('2026-04-19'),
} as const;

/** A question where the intermediary paid for a loss of the service and nothing is attributed yet. */
export const aQuestion = (changes: Partial<RecourseQuestion> = {}): RecourseQuestion => ({
  payments: [paidBy('EPSP')],
  scope: { value: 'service', evidence: ['ev-scope'] },
  unavoidable: excluded('ev'),
  exempt: excluded('ev'),
  fraud: excluded('ev'),
  recoveredFromWrongdoerYen: 0n,
  recoursedYen: 0n,
  agreements: [],
  primaFacie: [],
  ...changes,
});

const PAYMENTS: Readonly<Record<string, readonly PaidToUser[]>> = {
  EPSP: [paidBy('EPSP')],
  FI: [paidBy('FI')],
  BOTH: [paidBy('EPSP', 60_000n), paidBy('FI', 40_000n)],
  NONE: [],
};

/** The question that a combination of the table describes; scope and flags may be "unknown". */
export const questionOf = (one: Combination): RecourseQuestion =>
  aQuestion({
    attribution: anAttribution(one['cause'] as Attribution['finding']),
    payments: PAYMENTS[one['payer'] ?? ''] ?? [],
    scope: { value: one['scope'] as Scope | 'unknown', evidence: ['ev-scope'] },
    unavoidable:
      one['unavoidable'] === 'yes' ? unavoidable : (finding(one['unavoidable'] ?? '') as Finding),
    exempt: finding(one['exempt'] ?? ''),
    fraud: finding(one['fraud'] ?? ''),
  });

export const recourseTerms = (letters: Parameters<typeof someReadings>[0] = {}): RecourseTerms => ({
  institution: '2963',
  asOf: CivilDate.from('2026-06-01'),
  parameters: aBook({ 'P.rkn.recourse.primaFacie': true }, undefined, '2963'),
  readings: someReadings(letters, '2963'),
});
