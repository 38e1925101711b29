export type { Proposal, StaffMember, StaffRole } from './domain/staff-member.js';
export { staffSentences, type StaffRefusal } from './domain/staff.refusals.js';
export { StaffModule } from './staff.module.js';
export { StaffService } from './staff.service.js';
