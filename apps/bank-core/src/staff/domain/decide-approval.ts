import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { hasRole, type Proposal, type StaffMember, type StaffRole } from './staff-member.js';
import type { StaffRefusal } from './staff.refusals.js';

/**
 * May `approver` approve exactly this proposal? Refuses in this order:
 * `four_eyes_required` (one natural person, whatever the account), `role_missing` (at an institution where it
 * acts), `proposal_changed`. Source: T-17, INT-13.
 */
export function decideApproval(
  proposal: Proposal,
  approver: StaffMember,
  contentHashSeen: string,
  role: StaffRole = 'approver',
): Result<Proposal, Refusal<StaffRefusal>> {
  if (approver.personId === proposal.proposedBy.personId) return refused('four_eyes_required');
  if (!hasRole(approver, role, proposal.institutionIds)) return refused('role_missing');
  if (contentHashSeen !== proposal.contentHash) return refused('proposal_changed');
  return accepted(proposal);
}
