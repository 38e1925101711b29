import type { Decision, LossCategory } from '#libs/contracts';
import type { Instant, Yen } from '#libs/kernel';
import type { FraudAssessment } from './assess-fraud.js';
import type { Attribution, Side } from './attribution.js';
import type { Judged } from './compensation/claim.js';
import type { CompensationOutcome } from './compensation/decide-compensation.js';
import type { RecoveryOrder } from './compensation/lapse-and-subrogation.js';
import type { Recovery } from './payments.js';
import type { RecourseOutcome } from './recourse/decide-recourse.js';
import type { PaidToUser, RecourseAgreement, Scope, Unavoidable } from './recourse/question.js';

/** Any decision that a case can hold; its outcome tells which. */
export type CaseDecision =
  | { readonly about: 'recourse'; readonly decision: Decision<RecourseOutcome> }
  | { readonly about: 'compensation'; readonly decision: Decision<CompensationOutcome> }
  | { readonly about: 'fraud_policy'; readonly decision: Decision<FraudAssessment> };

/** What can happen to a case. Nothing else changes it, and nothing is ever taken back. */
export type CaseEvent =
  | {
      readonly type: 'loss_reported';
      readonly institution: string;
      readonly lossYen: Yen;
      readonly category: LossCategory;
      readonly occurredAt: Instant;
      readonly knownAt: Instant;
    }
  | { readonly type: 'cause_found'; readonly evidence: readonly string[] }
  | { readonly type: 'cause_unknown'; readonly grounds: string }
  | { readonly type: 'exemption_found'; readonly agreementClause: string }
  | { readonly type: 'scope_found'; readonly scope: Judged<Scope | 'unknown'> }
  | { readonly type: 'unavoidable_judged'; readonly unavoidable: Unavoidable }
  | { readonly type: 'showing_attached'; readonly evidence: readonly string[] }
  | { readonly type: 'paid'; readonly payment: PaidToUser; readonly agreementClause?: string }
  | { readonly type: 'attributed'; readonly attribution: Attribution }
  | { readonly type: 'agreement_proposed'; readonly agreement: RecourseAgreement }
  | {
      readonly type: 'agreement_accepted';
      readonly version: number;
      readonly side: Side;
      readonly person: string;
    }
  | {
      readonly type: 'recourse_received';
      readonly id: string;
      readonly by: Side;
      readonly amountYen: Yen;
    }
  | { readonly type: 'recovered'; readonly recovery: Recovery; readonly order: RecoveryOrder }
  | ({ readonly type: 'decided' } & CaseDecision);

/** An event as it stands in the case: when it was recorded; the order of the list is the order of time. */
export type RecordedEvent = CaseEvent & { readonly recordedAt: Instant };
