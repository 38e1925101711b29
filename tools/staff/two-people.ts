import {
  staffSentences,
  type Proposal,
  type StaffMember,
} from '../../apps/bank-core/src/staff/index.js';
import type { StaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import { Failure } from '../failure.js';
import { askPassword } from './ask-password.js';
import { needed, type StaffOptions } from './options.js';

export interface Agreed {
  readonly proposal: Proposal;
  readonly approver: StaffMember;
}

/** Two log-ins of two natural persons: one proposes this content, the other approves its hash (T-17). */
export async function agree(
  desk: StaffDesk,
  options: StaffOptions,
  kind: string,
  content: object,
  show: (proposal: Proposal) => void,
): Promise<Agreed> {
  const proposer = await logIn(desk, needed(options.by), 'RENKEI_STAFF_PASSWORD_A');
  const proposal = await desk.staff.propose(proposer, kind, content);
  show(proposal);
  const approver = await logIn(desk, needed(options.approve), 'RENKEI_STAFF_PASSWORD_B');
  const approved = await desk.staff.approve(proposal, approver, proposal.contentHash);
  if (!approved.ok) throw new Failure(staffSentences[approved.refusal.code], 4);
  return { proposal, approver };
}

/** One officer alone, for what needs no second. */
export async function logIn(
  desk: StaffDesk,
  mailAddress: string,
  variable: string,
): Promise<StaffMember> {
  const password = await askPassword(variable, mailAddress);
  const member = await desk.staff.login(mailAddress, password);
  if (!member.ok) throw new Failure(staffSentences[member.refusal.code], 3);
  return member.value;
}
