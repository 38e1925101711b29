import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import type { Proposal, StaffMember } from './staff-member.js';
import type { StaffRefusal } from './staff.refusals.js';

/**
 * May `approver` approve exactly this proposal? Refuses in this order:
 * `four_eyes_required` (one natural person, whatever the account), `role_missing`,
 * `proposal_changed`. Source: T-17, INT-13.
 */
export function decideApproval(
  proposal: Proposal,
  approver: StaffMember,
  contentHashSeen: string,
): Result<Proposal, Refusal<StaffRefusal>> {
  if (approver.personId === proposal.proposedBy.personId) return refused('four_eyes_required');
  if (!approver.roles.includes('approver')) return refused('role_missing');
  if (contentHashSeen !== proposal.contentHash) return refused('proposal_changed');
  return accepted(proposal);
}
