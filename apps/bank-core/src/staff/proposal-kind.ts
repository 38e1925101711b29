import type { Instant, Refusal, Result } from '#libs/kernel';
import type { Problem, Transaction } from '#libs/platform';
import type { Proposal, StaffMember, StaffRole } from './domain/staff-member.js';

/** One institution's share of carrying out a proposal; `institutionId` is undefined for the federation. */
export interface ProposalStep<Content> {
  readonly proposal: Proposal;
  readonly content: Content;
  readonly institutionId: number | undefined;
  readonly approvedBy: Pick<StaffMember, 'mailAddress' | 'personId'>;
  readonly at: Instant;
}

/**
 * What a room lets two people decide. The room registers it at start; the desk keeps proposal, approval and
 * effect together, so that a room never sees a proposal that was not approved as it stands.
 */
export interface ProposalKind<Content = never> {
  readonly kind: string;
  readonly proposerRole: StaffRole;
  readonly approverRole: StaffRole;
  /** The clause that two people are at work on: whoever approves his own proposal is told it. */
  clauseOf?(content: Content): string | undefined;
  /**
   * Refuses what may not be done, before it is stored and again before it is approved; `by` is the one who acts.
   * The content is the canonical text, parsed: what was hashed and nothing else.
   */
  check(
    content: Content,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<string>>>;
  /**
   * Does it at one institution, in a transaction that has entered it and that also stores the outcome: once,
   * however often it is tried. A refusal is an outcome too; throwing leaves it to be tried again.
   */
  carryOut(tx: Transaction, step: ProposalStep<Content>): Promise<object>;
  problemOf(refusal: Refusal<string>): Problem;
}
