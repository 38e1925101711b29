import { describe, expect, test } from '@jest/globals';
import { decideApproval } from './decide-approval.js';
import type { Proposal, StaffMember, StaffRole } from './staff-member.js';

const officer = (
  mail: string,
  personId: string,
  roles: readonly StaffRole[],
  institutionId?: number,
): StaffMember => ({
  mailAddress: `${mail}@renkei.example`,
  personId,
  nameJa: mail,
  nameEn: mail,
  grants: roles.map((role) => ({ role, institutionId })),
});
const proposer = officer('a', 'prs_1', ['compliance', 'approver']);
const proposal: Proposal = {
  id: 'prp_1',
  kind: 'protective_hold',
  content: '{}',
  contentHash: 'sha256:1',
  institutionIds: [1, 2],
  proposedBy: proposer,
};

describe('T-17 the second approval', () => {
  //    case                                 approver                                       hash seen   expected
  test.each([
    ['the proposer', proposer, 'sha256:1', 'four_eyes_required'],
    ['a second account', officer('b', 'prs_1', ['approver']), 'sha256:1', 'four_eyes_required'],
    ['no approver', officer('c', 'prs_2', ['compliance']), 'sha256:1', 'role_missing'],
    [
      'an approver of one of both',
      officer('e', 'prs_3', ['approver'], 1),
      'sha256:1',
      'role_missing',
    ],
    ['an edited proposal', officer('d', 'prs_2', ['approver']), 'sha256:2', 'proposal_changed'],
    ['somebody else', officer('d', 'prs_2', ['approver']), 'sha256:1', 'approved'],
  ])('%s', (_, approver, hash, expected) => {
    const decision = decideApproval(proposal, approver, hash);
    expect(decision.ok ? 'approved' : decision.refusal.code).toBe(expected);
  });
});
