import { CivilDate, endOf, periodCountedFrom, years, type Instant } from '#libs/kernel';
import type { TwoPeople } from '../../conditions/two-people-agreed.js';
import { rowsOf, type DeadlineReached, type MachineEvent, type MachineState } from '../step.js';

export type ContractName =
  'APPLIED' | 'AWAITING_FIRST_USE' | 'ACTIVE' | 'LOCKED' | 'STOPPED' | 'NOTICED' | 'TERMINATED';

/** The grounds of SM-11.4 in their order; the sixth needs a text of its own. */
export const FORCED_GROUNDS = [
  'insolvency',
  'whereabouts_unknown',
  'fee_unpaid',
  'succession',
  'dormancy',
  'other_cause',
] as const;
export type ForcedGround = (typeof FORCED_GROUNDS)[number];

export interface ContractFacts {
  /** First and last civil day of the current year of the contract, as `YYYY-MM-DD`. */
  readonly termFrom?: string;
  readonly termTo?: string;
  readonly renewals: number;
  readonly objectedBy?: 'holder' | 'institution';
  readonly temporaryPasswordDead: boolean;
  /** Where a contract comes back to when a lock or a stop ends. */
  readonly stoppedFrom?: 'AWAITING_FIRST_USE' | 'ACTIVE' | 'LOCKED';
  readonly endedBecause?: string;
}

export type ContractEvent =
  | (MachineEvent<'contracted'> & { readonly firstUseBy: Instant })
  | (MachineEvent<'temporary_password_sent_again'> & { readonly firstUseBy: Instant })
  | MachineEvent<'first_used'>
  | (MachineEvent<'renewal_objected'> & { readonly by: 'holder' | 'institution' })
  | (MachineEvent<'locked'> & { readonly credential: string })
  | (MachineEvent<'unlocked'> & { readonly formId: string })
  | (MachineEvent<'service_stopped'> & { readonly reason: string })
  | (MachineEvent<'service_resumed'> & { readonly reason: string })
  | (MachineEvent<'holder_terminated'> & { readonly formId: string })
  | (MachineEvent<'termination_notice_sent'> & { readonly reason: string })
  | MachineEvent<'termination_notice_arrived'>
  | MachineEvent<'termination_notice_deemed_arrived'>
  | (MachineEvent<'forced_termination'> &
      TwoPeople & {
        readonly ground: ForcedGround;
        readonly evidence: readonly string[];
        readonly cause?: string;
      })
  | MachineEvent<'main_account_closed'>
  | (MachineEvent<'service_account_removed'> & { readonly account: string })
  | (MachineEvent<'branch_changed'> & { readonly wishOf: 'holder' | 'institution' })
  | DeadlineReached;

export type ContractCode =
  | 'deadline_in_the_past'
  | 'temporary_password_expired'
  | 'reason_required'
  | 'written_form_required'
  | 'evidence_required'
  | 'four_eyes_required'
  | 'cause_required'
  | 'account_required'
  | 'apply_anew';

export type ContractState = MachineState<ContractName, ContractFacts>;

export const contractRow = rowsOf<ContractName, ContractFacts, ContractEvent, ContractCode>();

/** The states of a contract that binds; a lock or a stop takes the service away, not the contract. */
export const BINDING = ['AWAITING_FIRST_USE', 'ACTIVE', 'LOCKED', 'STOPPED', 'NOTICED'] as const;

/** What ends with the contract. Pending reservations are cancelled: INT-28, inferred. */
export const contractEnds = [
  'end_sessions',
  'void_one_time_password_token',
  'void_mail_password',
  'cancel_pending_requests',
  'revoke_consents',
] as const;

/** One year counted from `day` itself, that day being its first (起算して). Source: SM-19. */
export function yearFrom(day: CivilDate) {
  const { firstDay, lastDay } = periodCountedFrom(day, years(1));
  return { termFrom: firstDay.toString(), termTo: lastDay.toString() };
}

/** The last instant of the current year of the contract. */
export const termOver = (termTo: string): Instant => endOf(CivilDate.from(termTo)) - 1;
