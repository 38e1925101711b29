export type StaffRole = 'compliance' | 'approver';

/** An officer at work. `personId` is the natural person behind the account: four eyes are two of these. */
export interface StaffMember {
  readonly mailAddress: string;
  readonly personId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly roles: readonly StaffRole[];
}

/** What one officer wants done; `content` is its canonical text and `contentHash` binds the approval to it. */
export interface Proposal {
  readonly id: `prp_${string}`;
  readonly kind: string;
  readonly content: string;
  readonly contentHash: string;
  readonly proposedBy: StaffMember;
}
