import { accepted, refused, type Refusal, type Result } from './result.js';

/** A whole number of yen. Amounts are never JavaScript numbers: 2^53 is too close to real sums. */
export type Yen = bigint;

/** The largest amount of one transfer or posting: 10^12 yen. Source: house rule, issue "what bad input gets". */
export const AMOUNT_YEN_MAX: Yen = 1_000_000_000_000n;

const WIRE = /^-?(0|[1-9]\d{0,17})$/;

/** Reads yen from the wire: a decimal string of at most 18 digits. Refuses with `yen_malformed`. */
export function yenFromWire(text: string): Result<Yen, Refusal<'yen_malformed'>> {
  if (!WIRE.test(text) || text === '-0') return refused('yen_malformed');
  return accepted(BigInt(text));
}

/** Writes yen for the wire: digits only, a leading minus where below zero. */
export const yenToWire = (yen: Yen): string => yen.toString();

/** Writes yen for people: `1,234,567円`; below zero with ▲, as Japanese statements do. */
export function yenForPeople(yen: Yen): string {
  const digits = (yen < 0n ? -yen : yen).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${yen < 0n ? '▲' : ''}${digits}円`;
}

export const sumYen = (amounts: Iterable<Yen>): Yen => {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
};

export const minYen = (a: Yen, b: Yen): Yen => (a < b ? a : b);
export const maxYen = (a: Yen, b: Yen): Yen => (a > b ? a : b);
