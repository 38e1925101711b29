import type { FactUsed } from '#libs/contracts';
import type { Finding, Instant, Yen } from '#libs/kernel';
import type { Attribution, Side } from '../attribution.js';
import type { Judged } from '../compensation/claim.js';

/** From what a loss came: the service, the institution's function, or its linkage. Source: INT-09. */
export type Scope = 'service' | 'function' | 'linkage';

/** What one side has paid the user for the loss. An institution's payment names the institution. */
export interface PaidToUser {
  readonly id: string;
  readonly by: Side;
  readonly institution?: string;
  readonly amountYen: Yen;
  readonly paidAt: Instant;
}

/** Gate B: why the institution judged payment unavoidable. Source: RKN-L4-0b. */
export interface Unavoidable extends Finding {
  readonly grounds?: string;
  readonly approvedBy?: string;
  readonly recordedAt?: Instant;
}

/** One immutable amount that the sides consulted about; both must accept. Source: RKN-L2b, RKN-L4-2. */
export interface RecourseAgreement {
  readonly version: number;
  readonly claimant: Side;
  readonly amountYen: Yen;
  readonly rationale: string;
  /** Who accepted for each side; absent while that side has not. */
  readonly acceptedForEpspBy?: string;
  readonly acceptedForFiBy?: string;
}

/** What is asked about one loss of one scope; a mixed loss is split by a finding first (INT-09). */
export interface RecourseQuestion {
  readonly attribution?: Attribution;
  readonly payments: readonly PaidToUser[];
  readonly scope: Judged<Scope | 'unknown'>;
  readonly unavoidable: Unavoidable;
  /** RKN-L1c: a clause of the service agreement says that nothing is due. */
  readonly exempt: Finding;
  /** RKN-L1d: the loss stems from unauthorised withdrawal. */
  readonly fraud: Finding;
  /**
   * What the payer has had back of it from the wrongdoer, and by recourse (INT-08). Where both paid:
   * the side that claims by the last agreement, and both together while none does.
   */
  readonly recoveredFromWrongdoerYen: Yen;
  readonly recoursedYen: Yen;
  readonly agreements: readonly RecourseAgreement[];
  /** Evidence attached to show the claim at first sight (疎明); needed only under INT-15 B. */
  readonly primaFacie: readonly string[];
}

/** A fact as the trace prints it. */
export const printed = (name: string, of: Finding | Judged<string>): FactUsed => ({
  name,
  value: of.value,
  evidence: of.evidence,
});
