import type { Instant } from '#libs/kernel';
import type { Grounds } from '../../conditions/grounds-are-recorded.js';
import type { TwoPeople } from '../../conditions/two-people-agreed.js';
import type { AnnouncedMeasure, MeasureToAnnounce } from '../measure.js';
import { rowsOf, type DeadlineReached, type MachineEvent, type MachineState } from '../step.js';

export type ChainName =
  | 'NOT_CONTRACTED'
  | 'CONTRACTED'
  | 'REPORT_DUE'
  | 'GUIDED'
  | 'IMPROVED'
  | 'REPORTED_TO_FI'
  | 'STOP_DEMANDED'
  | 'PARTNER_STOPPED'
  | 'OVERDUE'
  | 'NOTICED'
  | 'LINK_RESTRICTED'
  | 'LINK_SUSPENDED'
  | 'RESUMED'
  | 'ENDED';

/** (i) the partner fails the duties of C1; (ii) the intermediary does not guide it properly. */
export type ChainGround = 'partner_default' | 'guidance_failure';

/** One request to stop a partner, by one institution and for itself (INT-22). Source: RKN-C2a. */
export interface StopRequest {
  readonly id: string;
  readonly ground: ChainGround;
  readonly periodDays: number;
  readonly arrivedAt?: Instant;
  readonly dueAt?: Instant;
}

export interface ChainFacts {
  readonly institution: string;
  readonly epsp: string;
  readonly partner: string;
  /** Flags that the institution sees. They may become grounds of C2; none stops anything. */
  readonly reportOverdue: boolean;
  readonly guidanceOpen: boolean;
  readonly reportToInstitutionOverdue: boolean;
  readonly request?: StopRequest;
  readonly notStoppedAt?: Instant;
  readonly partnerStoppedAt?: Instant;
  readonly notice?: AnnouncedMeasure;
  readonly measureId?: string;
}

type ByInstitution = TwoPeople & { readonly institution: string };

export type ChainEvent =
  | (MachineEvent<'contract_filed'> & {
      readonly method: string;
      readonly content: string;
      readonly contractUntil?: Instant;
    })
  | (MachineEvent<'report_requested'> & { readonly reportBy: Instant })
  | MachineEvent<'partner_reported'>
  | (MachineEvent<'guidance_given'> & {
      readonly finding: string;
      readonly instruction: string;
      readonly outcomeBy: Instant;
    })
  | (MachineEvent<'guidance_concluded'> & {
      readonly outcome: string;
      /** P.rkn.c1.reportToFi in days; absent while the institution has not set it. */
      readonly reportDays?: number;
    })
  | MachineEvent<'result_reported'>
  | (MachineEvent<'stop_demanded'> &
      ByInstitution & {
        readonly requestId: string;
        readonly ground: ChainGround;
        readonly grounds: Grounds;
        /** The explanation sent to the intermediary, or why it is withheld (RKN-C2c). */
        readonly explanation?: string;
        readonly withheldBecause?: string;
        /** P.rkn.c2.reasonablePeriod in days; absent while it is not set. */
        readonly periodDays?: number;
      })
  | (MachineEvent<'stop_request_arrived'> & { readonly requestId: string })
  | (MachineEvent<'period_extended'> &
      ByInstitution & {
        readonly requestId: string;
        /** How many days more, at least one. */
        readonly addedDays?: number;
        readonly reason: string;
      })
  | MachineEvent<'partner_stopped'>
  | (MachineEvent<'stop_request_withdrawn'> & ByInstitution & { readonly reason: string })
  | (MachineEvent<'notice_sent'> & ByInstitution & MeasureToAnnounce)
  | (MachineEvent<'notice_arrived'> & { readonly noticeId: string })
  | (MachineEvent<'measure_committed'> &
      ByInstitution & { readonly noticeId: string; readonly measureId: string })
  | (MachineEvent<'measure_extended'> &
      ByInstitution & {
        readonly measureId: string;
        readonly until: Instant;
        readonly grounds: Grounds;
      })
  | (MachineEvent<'resumed'> & ByInstitution & { readonly reason: string })
  | (MachineEvent<'contract_ended'> & { readonly reason: string })
  | DeadlineReached;

export type ChainCode =
  | 'contract_incomplete'
  | 'finding_required'
  | 'parameter_unset'
  | 'not_own_linkage'
  | 'grounds_required'
  | 'four_eyes_required'
  | 'explanation_required'
  | 'another_request'
  | 'measure_unknown'
  | 'partner_already_stopped'
  | 'scope_empty'
  | 'scope_and_kind_differ'
  | 'notice_not_delivered'
  | 'not_as_announced'
  | 'reason_required'
  | 'deadline_in_the_past';

export type ChainState = MachineState<ChainName, ChainFacts>;

export const chainRow = rowsOf<ChainName, ChainFacts, ChainEvent, ChainCode>();

/** The states in which the partner's calls may pass, as far as this machine is concerned. */
export const WATCHED = [
  'CONTRACTED',
  'REPORT_DUE',
  'GUIDED',
  'IMPROVED',
  'REPORTED_TO_FI',
  'RESUMED',
] as const;

/** What is left of a request that has been met, withdrawn or lifted: nothing. */
export const requestClosed: Partial<ChainFacts> = {
  request: undefined,
  notStoppedAt: undefined,
  notice: undefined,
  measureId: undefined,
};
