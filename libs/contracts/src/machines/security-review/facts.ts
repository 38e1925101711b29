import type { Instant } from '#libs/kernel';
import type { Grounds } from '../../conditions/grounds-are-recorded.js';
import type { TwoPeople } from '../../conditions/two-people-agreed.js';
import { isWritten } from '../checks.js';
import type { AnnouncedMeasure, MeasureToAnnounce } from '../measure.js';
import { rowsOf, type DeadlineReached, type MachineEvent, type MachineState } from '../step.js';

export type ReviewName =
  | 'NO_CHECKLIST'
  | 'FILED'
  | 'ASSESSING'
  | 'RETURNED'
  | 'COMPLIANT'
  | 'DEFICIENT'
  | 'IMPROVEMENT_REQUESTED'
  | 'REPORTED'
  | 'ACCEPTED'
  | 'INSUFFICIENT'
  | 'NOTICE_SENT'
  | 'RESTRICTED'
  | 'SUSPENDED'
  | 'REMEDIATED'
  | 'RESUMED'
  | 'ENDED';

/** One demand for improvement. A new failure needs a new one. Source: RKN-S4a. */
export interface ImprovementDemand {
  readonly id: string;
  readonly items: readonly string[];
  readonly periodDays: number;
  readonly arrivedAt?: Instant;
  readonly dueAt?: Instant;
}

export interface ReviewFacts {
  readonly institution: string;
  readonly epsp: string;
  readonly submissionId?: string;
  readonly standardVersion?: string;
  /** Flags that people see. None of them stops anything: RKN-S4 is the only route. */
  readonly attestationDue: boolean;
  readonly gapOverdue: boolean;
  readonly demand?: ImprovementDemand;
  /** The ids of all demands so far: what is told of a closed one never counts for another. */
  readonly demandIds?: readonly string[];
  readonly insufficientAt?: Instant;
  readonly notice?: AnnouncedMeasure;
  readonly measureId?: string;
}

type ByInstitution = TwoPeople & { readonly institution: string };

export type ReviewEvent =
  | (MachineEvent<'checklist_submitted'> & {
      readonly submissionId: string;
      /** Items without an answer or, in the family of RKN-S2, without evidence. */
      readonly incompleteItems: readonly string[];
    })
  | MachineEvent<'assessment_opened'>
  | (MachineEvent<'checklist_returned'> & {
      readonly institution: string;
      /** What has to be answered before it is submitted anew; none: the reason says it all. */
      readonly items: readonly string[];
      readonly reason: string;
    })
  | (MachineEvent<'found_compliant'> &
      ByInstitution & { readonly standardVersion: string; readonly attestBy: Instant })
  | (MachineEvent<'standard_published'> & {
      readonly version: string;
      readonly gaps: readonly string[];
      readonly closeBy: Instant;
    })
  | (MachineEvent<'found_deficient'> &
      ByInstitution & { readonly items: readonly string[]; readonly grounds: Grounds })
  | (MachineEvent<'improvement_demanded'> &
      ByInstitution & {
        readonly demandId: string;
        readonly items: readonly string[];
        readonly grounds: Grounds;
        /** P.rkn.s4.reasonablePeriod, set for this demand; absent while it is not. */
        readonly periodDays?: number;
      })
  | (MachineEvent<'demand_arrived'> & { readonly demandId: string })
  | (MachineEvent<'improvement_reported'> & { readonly demandId: string })
  | (MachineEvent<'period_extended'> &
      ByInstitution & {
        readonly demandId: string;
        /** How many days more, at least one. */
        readonly addedDays?: number;
        readonly reason: string;
      })
  | (MachineEvent<'judged_sufficient'> & ByInstitution & { readonly demandId: string })
  | (MachineEvent<'judged_insufficient'> &
      ByInstitution & { readonly demandId: string; readonly grounds: Grounds })
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
  | MachineEvent<'remediation_reported'>
  | (MachineEvent<'remediation_rejected'> & ByInstitution & { readonly grounds: Grounds })
  | (MachineEvent<'resumed'> & ByInstitution & { readonly reason: string })
  | (MachineEvent<'agreement_ended'> & { readonly reason: string })
  | DeadlineReached;

export type ReviewCode =
  | 'submission_incomplete'
  | 'submission_immutable'
  | 'not_own_linkage'
  | 'grounds_required'
  | 'four_eyes_required'
  | 'item_required'
  | 'parameter_unset'
  | 'demand_known'
  | 'another_demand'
  | 'measure_unknown'
  | 'demand_not_arrived'
  | 'period_not_over'
  | 'scope_empty'
  | 'scope_and_kind_differ'
  | 'notice_not_delivered'
  | 'not_as_announced'
  | 'reason_required'
  | 'deadline_in_the_past';

export type ReviewState = MachineState<ReviewName, ReviewFacts>;

export const reviewRow = rowsOf<ReviewName, ReviewFacts, ReviewEvent, ReviewCode>();

/** What is asked of every judgement that leads towards a stop: grounds, and two people of one's own. */
export const itemsNamed = (clause: string) =>
  ({
    refusal: 'item_required',
    clause,
    holds: ({ event }: { readonly event: { readonly items: readonly string[] } }) =>
      event.items.some(isWritten),
  }) as const;

export const ofThisDemand = (clause: string) =>
  ({
    refusal: 'another_demand',
    clause,
    holds: ({
      facts,
      event,
    }: {
      readonly facts: ReviewFacts;
      readonly event: { readonly demandId: string };
    }) => facts.demand?.id === event.demandId,
  }) as const;

/** A demand that is closed supports nothing more: neither judgement nor notice survive it. */
export const demandClosed: Partial<ReviewFacts> = {
  demand: undefined,
  insufficientAt: undefined,
  notice: undefined,
};

/** The rhythm of attestation and a new standard run on, whatever else is in dispute (RKN-S3). */
export const KEPT = ['attestation', 'standard_gap'] as const;

/** Every state that is not the end. */
export const OPEN = [
  'NO_CHECKLIST',
  'FILED',
  'ASSESSING',
  'RETURNED',
  'COMPLIANT',
  'DEFICIENT',
  'IMPROVEMENT_REQUESTED',
  'REPORTED',
  'ACCEPTED',
  'INSUFFICIENT',
  'NOTICE_SENT',
  'RESTRICTED',
  'SUSPENDED',
  'REMEDIATED',
  'RESUMED',
] as const;
