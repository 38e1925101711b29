import type { ParameterEntry, ReadingChoice } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';
import type { CompensationClaim, RecordedEvent } from '#libs/liability';

/** Members that hold yen in what the libraries hand out; everything else stays as it was written. */
const YEN = /(^|[a-z])Yen$|^(amount|fee|interest)$/;
const DIGITS = /^-?\d+$/;

/**
 * Reads canonical JSON back into what the libraries work with: yen are bigint again, by the name of their member.
 * Writing it again gives the same text, since yen stand as decimal strings in both.
 */
export const readStored = (text: string): unknown =>
  JSON.parse(text, function (this: unknown, key, value: unknown) {
    if (typeof value === 'string' && YEN.test(key) && DIGITS.test(value)) return BigInt(value);
    if (key === 'bounds' && Array.isArray(value)) return value.map((one) => BigInt(String(one)));
    return value;
  });

export const eventFrom = (text: string): RecordedEvent => readStored(text) as RecordedEvent;
export const claimFrom = (text: string): CompensationClaim => readStored(text) as CompensationClaim;

/** Dated entries as they were copied beside a decision. */
export const entriesFrom = (stored: unknown): ParameterEntry[] =>
  (stored as (Omit<ParameterEntry, 'effectiveFrom'> & { effectiveFrom: string })[]).map((one) => ({
    ...one,
    effectiveFrom: CivilDate.from(one.effectiveFrom),
  }));

export const choicesFrom = (stored: unknown): ReadingChoice[] =>
  (stored as (Omit<ReadingChoice, 'effectiveFrom'> & { effectiveFrom: string })[]).map((one) => ({
    ...one,
    effectiveFrom: CivilDate.from(one.effectiveFrom),
  }));
