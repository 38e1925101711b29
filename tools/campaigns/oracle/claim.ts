/**
 * A claim as the second opinion takes it: plain days, plain words, and the letters of the register of
 * readings that it was given. Nothing of the libraries is imported here.
 */
export type Known = 'yes' | 'no' | 'unknown';
export type HolderFault = 'none' | 'ordinary' | 'gross' | 'intent';

export type RelationToHolder =
  | 'spouse'
  | 'family_within_second_degree'
  | 'cohabiting_relative'
  | 'other_cohabitant'
  | 'domestic_staff'
  | 'other_relative'
  | 'stranger';

export interface WrongfulTransfer {
  /** The Tokyo day on which it was made, `YYYY-MM-DD`. */
  readonly day: string;
  readonly principal: bigint;
  readonly fee: bigint;
  readonly interest: bigint;
}

export interface Impediment {
  readonly from: string;
  readonly to: string;
  readonly proven: Known;
  /** Asked only where it was over before the misuse began: do people let it count? (SM-14.2c/c) */
  readonly earlierCounts: Known;
}

/** What the holder said to the Union, and when. A loss report is not always the notice (INT-26). */
export interface Message {
  readonly day: string;
  readonly kind: 'notice' | 'loss_report';
  readonly tellsOfMisuse: boolean;
}

/** The letters that this opinion knows; A is the register's default in each. */
export interface Letters {
  /** Ends a bar that falls on a day without a desk on the next day with one (B). */
  readonly 'INT-01': 'A' | 'B';
  /** Sums the impediments one by one instead of uniting them (B). */
  readonly 'INT-02': 'A' | 'B';
  /** Takes an estimated day of theft as known (B). */
  readonly 'INT-03': 'A' | 'B';
  /** Takes the three grounds without a faultless Union (B). */
  readonly 'INT-04': 'A' | 'B';
  /** Where no clause speaks: a person (A), discretion (B), nothing (C). */
  readonly 'INT-05': 'A' | 'B' | 'C';
  /** Sets off from the award (A) or from the covered amount before it (B). */
  readonly 'INT-07': 'A' | 'B';
  /** Makes the police report a condition (B). */
  readonly 'INT-20': 'A' | 'B';
  /** A loss report is the notice if it tells of misuse (A), always (B), never (C). */
  readonly 'INT-26': 'A' | 'B' | 'C';
}

export interface ClaimForOpinion {
  readonly individual: Known;
  readonly stolen: Known;
  readonly depositReduced: Known;
  readonly promptNotice: Known;
  readonly explained: Known;
  readonly policeReport: Known;
  readonly otherSigns: Known;
  readonly assisted: Known;
  readonly messages: readonly Message[];
  readonly theft: { readonly status: 'known' | 'estimated' | 'not_clear'; readonly day?: string };
  readonly transfers: readonly WrongfulTransfer[];
  readonly impediments: readonly Impediment[];
  /** Which end days of an impediment count: `P.sm.impediment.endDays`. */
  readonly endDays: 'both' | 'one';
  readonly fault: HolderFault | 'unknown';
  /** SM-14.4-1-0 asks that the Union acted in good faith and that it was without fault. */
  readonly unionInGoodFaith: Known;
  readonly unionWithoutFault: Known;
  readonly relation: RelationToHolder | 'unknown';
  readonly falseStatement: Known;
  readonly disorder: Known;
  /** What the Union has repaid of the deposit, and what the wrongdoer has given back. */
  readonly repaid: bigint;
  readonly recovered: bigint;
  /** The amount that people determined where that is theirs to do; null while nobody has. */
  readonly determined: bigint | null;
  readonly letters: Letters;
  /** Days of the week on which no desk takes notices (0 is Sunday); matters under INT-01 B only. */
  readonly closedWeekdays: readonly number[];
}
