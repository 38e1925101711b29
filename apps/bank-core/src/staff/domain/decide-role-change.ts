import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { hasRole, type StaffGrant, type StaffMember } from './staff-member.js';
import type { StaffRefusal } from './staff.refusals.js';

/** A grant or its end, as it is proposed; its hash is what the second person approves. */
export interface RoleChange {
  readonly mailAddress: string;
  readonly act: 'grant' | 'end';
  readonly role: StaffGrant['role'];
  /** Undefined: at the federation, and with it everywhere. */
  readonly institutionId: number | undefined;
}

export const institutionsOfChange = ({ institutionId }: RoleChange): readonly number[] =>
  institutionId === undefined ? [] : [institutionId];

/**
 * May `member` take part in this change, as the one who proposes it or the one who approves it? Nobody changes
 * what he himself may do, under any account (`role_of_oneself`); an approver's role is needed where it acts
 * (`role_missing`). Source: T-17.
 */
export function decideRoleChange(
  change: RoleChange,
  member: StaffMember,
  personChanged: string,
): Result<RoleChange, Refusal<StaffRefusal>> {
  if (member.personId === personChanged) return refused('role_of_oneself');
  if (!hasRole(member, 'approver', institutionsOfChange(change))) return refused('role_missing');
  return accepted(change);
}
