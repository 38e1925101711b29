export type { ProposalKind, ProposalStep } from './proposal-kind.js';
export {
  hasRole,
  horizonOf,
  STAFF_ROLES,
  type Proposal,
  type StaffGrant,
  type StaffMember,
  type StaffRole,
} from './domain/staff-member.js';
export {
  oneIsEnough,
  refusedOutcome,
  twoPeople,
  type RefusedOutcome,
} from './domain/two-people.js';
export { staffSeedPlace } from './domain/staff-seed-place.js';
export { staffSentences, type StaffRefusal } from './domain/staff.refusals.js';
export { BankCodes } from './http/bank-codes.js';
export { OwnBanks } from './http/own-banks.js';
export { ProposalAnswer } from './http/proposal-answer.js';
export { ProposalDto } from './http/staff.dto.js';
export { Officer, STAFF, StaffGuard, staffProblem, StaffRoles } from './http/staff.guard.js';
export { ProposalDesk, type DeskRefusal } from './proposal-desk.js';
export { StaffModule } from './staff.module.js';
export { StaffService } from './staff.service.js';
export type { ProposalState, ProposalView } from './domain/proposal.js';
