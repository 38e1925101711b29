import type { Instant } from '#libs/kernel';
import type { Grounds } from '../../conditions/grounds-are-recorded.js';
import type { TwoPeople } from '../../conditions/two-people-agreed.js';
import type { HoldInForce, Measure, MeasureBasis, RemovedRight } from '../../facts/linkage.js';
import { rowsOf, type DeadlineReached, type MachineEvent, type MachineState } from '../step.js';

export type LinkName = 'active' | 'restricted' | 'suspended' | 'terminated';

export interface LinkFacts {
  readonly institution: string;
  readonly epsp: string;
  readonly measures: readonly Measure[];
  readonly holds: readonly HoldInForce[];
  readonly terminatedBecause?: string;
}

/**
 * What the security review (RKN-S4) or the chain stop (RKN-C2) has established. bank-core fills it
 * from that machine's state inside the same transaction; the link checks it once more by itself.
 */
export interface MeasureAuthority {
  /** The improvement demand or the stop request on which the measure rests. */
  readonly originId: string;
  readonly originArrivedAt: Instant;
  readonly originDueAt: Instant;
  /** RKN-S4b: judged insufficient; RKN-C2b: found not stopped. */
  readonly failureFoundAt: Instant;
  readonly noticeId: string;
  readonly noticeArrivedAt?: Instant;
  /** P.rkn.s4.noticeLead or P.rkn.c2.noticeLead; absent while the institution has not set it. */
  readonly noticeLeadHours?: number;
}

export type LinkEvent =
  | (MachineEvent<'measure_committed'> &
      TwoPeople & {
        readonly institution: string;
        readonly measureId: string;
        readonly kind: 'restriction' | 'suspension';
        readonly basis: MeasureBasis;
        readonly removed: readonly RemovedRight[];
        readonly until?: Instant;
        readonly grounds: Grounds;
        readonly authority: MeasureAuthority;
      })
  | (MachineEvent<'measure_extended'> &
      TwoPeople & {
        readonly institution: string;
        readonly measureId: string;
        readonly until: Instant;
        readonly grounds: Grounds;
      })
  | (MachineEvent<'measure_lifted'> &
      TwoPeople & {
        readonly institution: string;
        readonly measureId: string;
        readonly reason: string;
      })
  | (MachineEvent<'hold_began'> & { readonly institution: string; readonly hold: HoldInForce })
  | (MachineEvent<'hold_ended'> & { readonly holdId: string })
  | (MachineEvent<'agreement_ended'> & { readonly reason: string })
  | DeadlineReached;

export type LinkCode =
  | 'not_own_linkage'
  | 'grounds_required'
  | 'four_eyes_required'
  | 'reason_required'
  | 'demand_not_arrived'
  | 'period_not_over'
  | 'judged_before_period_over'
  | 'parameter_unset'
  | 'notice_not_delivered'
  | 'scope_empty'
  | 'scope_is_everything'
  | 'scope_not_everything'
  | 'deadline_in_the_past'
  | 'measure_known'
  | 'measure_unknown'
  | 'hold_over'
  | 'hold_known'
  | 'hold_unknown';

export type LinkState = MachineState<LinkName, LinkFacts>;

export const linkRow = rowsOf<LinkName, LinkFacts, LinkEvent, LinkCode>();

export const measureDeadline = (id: string): string => `measure:${id}`;
export const holdDeadline = (id: string): string => `hold:${id}`;
