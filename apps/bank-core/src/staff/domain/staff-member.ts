/** What an officer may do (T-17). Kept small: a role is a duty, and a measure names the roles it needs. */
export const STAFF_ROLES = [
  /** Prepares: reviews, demands, measures, cases. */
  'compliance',
  /** Decides as the second person. */
  'approver',
  /** Keeps what belongs to the federation as one party: intermediaries, agreements. */
  'federation_officer',
  /** Works with holders at the desk. */
  'branch_clerk',
  /** Runs the machines. */
  'operations',
  /** Reads everything, changes nothing. */
  'auditor',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** A role at one institution, or at the federation and with it at every institution. */
export interface StaffGrant {
  readonly role: StaffRole;
  readonly institutionId: number | undefined;
}

/** An officer at work. `personId` is the natural person behind the account: four eyes are two of these. */
export interface StaffMember {
  readonly mailAddress: string;
  readonly personId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly grants: readonly StaffGrant[];
}

/** Whether an officer has a role at every one of these institutions; for none of them: at the federation. */
export function hasRole(
  member: StaffMember,
  role: StaffRole,
  institutionIds: readonly number[],
): boolean {
  const own = member.grants.filter((grant) => grant.role === role);
  if (own.some(({ institutionId }) => institutionId === undefined)) return true;
  if (institutionIds.length === 0) return false;
  return institutionIds.every((id) => own.some(({ institutionId }) => institutionId === id));
}

/** The institutions whose matters an officer may look at; `all` for who has any role at the federation. */
export function horizonOf(member: StaffMember): 'all' | readonly number[] {
  const ids = member.grants.map(({ institutionId }) => institutionId);
  if (ids.includes(undefined)) return 'all';
  return [...new Set(ids.flatMap((id) => (id === undefined ? [] : [id])))];
}

/** What one officer wants done; `content` is its canonical text and `contentHash` binds the approval to it. */
export interface Proposal {
  readonly id: `prp_${string}`;
  readonly kind: string;
  readonly content: string;
  readonly contentHash: string;
  /** Where it acts; none: at the federation as one party. */
  readonly institutionIds: readonly number[];
  readonly proposedBy: Pick<StaffMember, 'mailAddress' | 'personId'>;
}
