import type { Instant } from '#libs/kernel';
import type { Proposal } from './staff-member.js';

export type ProposalState = 'open' | 'approved' | 'rejected' | 'withdrawn';

/** A proposal with what became of it. */
export interface ProposalView {
  readonly proposal: Proposal;
  readonly proposedAt: Instant;
  readonly state: ProposalState;
  readonly decidedBy: string | undefined;
  readonly deciderPerson: string | undefined;
  readonly decidedAt: Instant | undefined;
  readonly reason: string | undefined;
  /** One per institution where it has been carried out; undefined is the federation. */
  readonly effects: readonly { institutionId: number | undefined; outcome: object }[];
}
