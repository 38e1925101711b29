import type { Instant } from '#libs/kernel';
import type { Grounds } from '../../conditions/grounds-are-recorded.js';
import { rowsOf, type DeadlineReached, type MachineEvent, type MachineState } from '../step.js';

/** The ten statuses that the outside sees; the names are those of ISO 20022. */
export type TransferStatus =
  'RCVD' | 'ACTC' | 'SCHD' | 'RSVD' | 'ACSP' | 'ACSC' | 'PDNG' | 'RJCT' | 'CANC' | 'EXPD';

/** What became of a transfer after it was sent. */
export type Aftercare = 'none' | 'returned' | 'recall_requested' | 'recalled' | 'recall_failed';

/** `same_day` is debited when fixed; `rolled` missed the cut-off; `reservation` has a date (INT-29). */
export type TransferTiming = 'same_day' | 'rolled' | 'reservation';

export interface TransferFacts {
  readonly timing: TransferTiming;
  readonly throughIntermediary: boolean;
  readonly aftercare: Aftercare;
  /** The first instant of the day on which a fixed request may be debited. */
  readonly debitFrom?: Instant;
  /** The first instant at which a cancellation is too late; absent where none is allowed. */
  readonly cancelBefore?: Instant;
  readonly fixedAt?: Instant;
  readonly formedAt?: Instant;
  readonly sentAt?: Instant;
  readonly creditedBackAt?: Instant;
  readonly reason?: string;
  /** Where a request held for review goes back to. */
  readonly heldFrom?: 'SCHD' | 'RSVD';
  /** Whether the destination's inquiry ended without a proper answer: the funds are asked back. */
  readonly inquiryFailed?: boolean;
}

export type TransferEvent =
  | (MachineEvent<'content_shown'> & { readonly confirmBy: Instant })
  | MachineEvent<'abandoned'>
  | (MachineEvent<'confirmed'> & {
      readonly identityMatched: boolean;
      /** The link's answer, read under the link lock; at the holder's own terminal it is not asked. */
      readonly link: 'open' | 'closed' | 'not_asked';
      readonly debitFrom?: Instant;
      readonly cancelBefore?: Instant;
    })
  | MachineEvent<'debited'>
  | (MachineEvent<'not_processed'> & { readonly reason: string })
  | MachineEvent<'cancelled'>
  | (MachineEvent<'withdrawn_by_institution'> & {
      readonly reason: 'account_removed' | 'contract_ended' | 'linkage_stopped';
    })
  | (MachineEvent<'held_for_review'> & { readonly grounds: Grounds; readonly until: Instant })
  | MachineEvent<'review_released'>
  | (MachineEvent<'review_stopped'> & { readonly grounds: Grounds })
  | MachineEvent<'sent'>
  | (MachineEvent<'inquiry_opened'> & { readonly answerBy: Instant })
  | MachineEvent<'inquiry_answered'>
  | (MachineEvent<'answer_judged_improper'> & { readonly grounds: Grounds })
  | (MachineEvent<'returned'> & { readonly reason: string })
  | (MachineEvent<'recall_accepted'> & {
      readonly grounds: Grounds;
      readonly atDebitBranch: boolean;
    })
  | MachineEvent<'recalled'>
  | MachineEvent<'recall_failed'>
  | DeadlineReached;

export type TransferCode =
  | 'identity_mismatch'
  | 'linkage_suspended'
  | 'debit_day_missing'
  | 'cancel_cutoff_missing'
  | 'not_before_designated_date'
  | 'not_through_a_link'
  | 'not_cancellable'
  | 'cancel_too_late'
  | 'grounds_required'
  | 'branch_required'
  | 'already_credited_back'
  | 'reason_required'
  | 'deadline_in_the_past';

export type TransferState = MachineState<TransferStatus, TransferFacts>;

export const transferRow = rowsOf<TransferStatus, TransferFacts, TransferEvent, TransferCode>();

/** The result screen is the notice (SM-3.4-2); mail is an addition. */
export const resultShown = {
  kind: 'transfer_result',
  to: 'holder',
  clause: 'SM-3.4-2',
} as const;
