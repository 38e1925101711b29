import type { HolderFault, Relation, WrongfulTransfer } from '#libs/contracts';
import type { Finding, Instant, Yen } from '#libs/kernel';

/** A judgement that people made, with the evidence it rests on; `unknown` is "not established". */
export interface Judged<Value extends string> {
  readonly value: Value;
  readonly evidence: readonly string[];
}

/** Something the holder said to the institution. Whether it is the notice of SM-14 says INT-26. */
export interface HolderNotice {
  readonly id: string;
  readonly at: Instant;
  readonly kind: 'notice' | 'loss_report';
  readonly tellsOfMisuse: boolean;
}

/** When the passwords were stolen, `YYYY-MM-DD` in Tokyo. Source: SM-14.3, INT-03. */
export interface TheftDate {
  readonly status: 'known' | 'estimated' | 'not_clear';
  readonly date?: string;
  readonly evidence: readonly string[];
}

/** A circumstance that kept the holder from giving notice; both days belong to it. Source: SM-14.2c. */
export interface Impediment {
  readonly id: string;
  /** What prevented the notice. Two periods of one circumstance must not overlap. */
  readonly circumstance: string;
  readonly from: string;
  readonly to: string;
  /** The holder must prove it: "yes" needs evidence. */
  readonly proven: Finding;
  /** For a period over before the misuse began: whether people let it count (SM-14.2c/c). */
  readonly countsThoughEarlier?: Finding;
}

/** What the holder has already had back. Source: SM-14.5a (`refund`), SM-14.5b (the other two). */
export interface SetOff {
  readonly id: string;
  readonly kind: 'refund' | 'damages' | 'unjust_enrichment';
  readonly amountYen: Yen;
}

/** An amount that no clause computes: set by one person on grounds, approved by another. Source: INT-05, INT-06. */
export interface Determination {
  readonly amountYen: Yen;
  readonly grounds: string;
  readonly decidedBy: string;
  readonly approvedBy: string;
}

/** A claim under SM-14: what was established, and by what evidence. Days are civil dates in Tokyo. */
export interface CompensationClaim {
  /** SM-13.1b asks for these three. Overheard (SM-13.3) and lost in the post (SM-13.4) is stolen too. */
  readonly holderIsIndividual: Finding;
  readonly credentialsStolen: Finding;
  readonly depositReduced: Finding;
  readonly theftDate: TheftDate;
  /** When the holder became aware of the theft or the misuse, where that is known. */
  readonly noticedAt?: Instant;
  readonly notices: readonly HolderNotice[];
  /** SM-14.1-1: judged by a person who sees the time that passed. */
  readonly promptNotice: Finding;
  /** SM-14.1-2. */
  readonly adequateExplanation: Finding;
  /** SM-14.1-3: a police report or other signs of theft (INT-20), and help with the investigation. */
  readonly policeReport: Finding;
  readonly otherTheftEvidence: Finding;
  readonly cooperation: Finding;
  readonly holderFault: Judged<HolderFault>;
  /** SM-14.4-1-0 asks for both, each found. */
  readonly institutionGoodFaith: Finding;
  readonly institutionFaultless: Finding;
  /** SM-14.4-1-2. */
  readonly relation: Judged<Relation>;
  /** SM-14.4-1-3. */
  readonly falseStatement: Finding;
  /** SM-14.4-2. */
  readonly graveDisorder: Finding;
  readonly transfers: readonly WrongfulTransfer[];
  readonly impediments: readonly Impediment[];
  readonly setOffs: readonly SetOff[];
  readonly determination?: Determination;
}
