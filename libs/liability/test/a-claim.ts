import { ParameterBook, ReadingBook, smSampleValues } from '#libs/contracts';
import type { ParameterId, ReadingChoice, ReadingId, WrongfulTransfer } from '#libs/contracts';
import { CivilDate, established, excluded, type Finding, type Instant } from '#libs/kernel';
import type { CompensationClaim, CompensationTerms } from '../src/index.js';

export const UNION = '2825';

/** An instant of a Tokyo day, `at('2026-03-01', '09:30')`. */
export const at = (day: string, time = '10:00'): Instant => CivilDate.from(day).at(time);

export const aTransfer = (
  id: string,
  happenedAt: Instant,
  amount: bigint,
  fee = 0n,
  interest = 0n,
): WrongfulTransfer => ({ id, happenedAt, amount, fee, interest });

/** A claim that is compensated in full: every fact on the good side. Tests change what they are about. */
export const aClaim = (changes: Partial<CompensationClaim> = {}): CompensationClaim => ({
  holderIsIndividual: established('ev-contract'),
  credentialsStolen: established('ev-log'),
  depositReduced: established('ev-ledger'),
  theftDate: { status: 'not_clear', evidence: [] },
  notices: [{ id: 'ntc-1', at: at('2026-03-31'), kind: 'notice', tellsOfMisuse: true }],
  promptNotice: established('ev-call'),
  adequateExplanation: established('ev-interview'),
  policeReport: established('ev-police'),
  otherTheftEvidence: excluded(),
  cooperation: established('ev-interview'),
  holderFault: { value: 'none', evidence: ['ev-terminal'] },
  institutionGoodFaith: established('ev-bank'),
  institutionFaultless: established('ev-bank'),
  relation: { value: 'stranger', evidence: ['ev-police'] },
  falseStatement: excluded('ev-interview'),
  graveDisorder: excluded('ev-police'),
  transfers: [aTransfer('t-1', at('2026-03-20'), 100_000n)],
  impediments: [],
  setOffs: [],
  ...changes,
});

export const finding = (value: string): Finding => ({
  value: value as Finding['value'],
  evidence: value === 'unknown' ? [] : [`ev-${value}`],
});

/** An interest rule under which there is no interest. */
export const noInterest = {
  'P.sm.interest.rule': { basis: 'none', rounding: 'down', daysOfYear: '365' },
};

/** Approved values of the sample institution; `null` leaves one unset. */
export function aBook(
  changes: Readonly<Record<string, unknown>> = {},
  from = '2000-01-01',
  institution = UNION,
): ParameterBook {
  const entries = Object.entries({ ...smSampleValues, ...changes }).filter(
    ([, value]) => value !== null,
  );
  return new ParameterBook(
    institution,
    entries.map(([parameter, value]) => ({
      parameter: parameter as ParameterId,
      institution,
      value,
      version: 1,
      effectiveFrom: CivilDate.from(from),
      enteredBy: 'staff-1',
      approvedBy: 'staff-2',
      isSample: true,
    })),
  );
}

/** The institution's readings: A everywhere but where `letters` says otherwise. */
export const someReadings = (
  letters: Partial<Record<ReadingId, string>> = {},
  institution = UNION,
): ReadingBook =>
  new ReadingBook(
    institution,
    Object.entries(letters).map(([entry, reading]): ReadingChoice => ({
      entry: entry as ReadingId,
      reading,
      institution,
      version: 1,
      effectiveFrom: CivilDate.from('2000-01-01'),
      chosenBy: 'staff-1',
      approvedBy: 'staff-2',
      status: 'signed',
    })),
  );

export const someTerms = (
  parameters: Readonly<Record<string, unknown>> = {},
  letters: Partial<Record<ReadingId, string>> = {},
  from?: string,
): CompensationTerms => ({
  institution: UNION,
  asOf: CivilDate.from('2026-04-15'),
  parameters: aBook(parameters, from),
  readings: someReadings(letters),
});
