export type * from './compensation/claim.js';
export * from './compensation/decide-compensation.js';
export * from './compensation/lapse-and-subrogation.js';
export type { CompensationKind } from './compensation/stage.js';
export type { CompensationTerms } from './compensation/terms.js';
export type { LossLine } from './compensation/covered-loss.js';
export type { Ground } from './compensation/exclusions.js';
export * from './attribution.js';
export * from './recourse/agreement.js';
export * from './recourse/decide-recourse.js';
export * from './recourse/open-claim.js';
export type {
  MixedPayments,
  Payer,
  RecourseAnswers,
  RecourseClass,
  RecourseKind,
  WithoutClause,
} from './recourse/gates.js';
export type {
  PaidToUser,
  RecourseAgreement,
  RecourseQuestion,
  Scope,
  Unavoidable,
} from './recourse/question.js';
export * from './payments.js';
export * from './assess-fraud.js';
export type { Proposal } from './fraud-gates.js';
export type { FraudPolicy, PolicyProposal } from './fraud-policy.js';
export type * from './case-events.js';
export * from './case.js';
export * from './decide-case.js';
export * from './explain-case.js';
export * from './liability.refusals.js';
export { outcomeWords } from './outcome-words.js';
