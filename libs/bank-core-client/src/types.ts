import type * as generated from './generated/types.gen.js';

/** What came over the wire is looked at, never changed. */
type Wire<T> = T extends (infer Item)[]
  ? readonly Wire<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Wire<T[Key]> }
    : T;

// Names as the rooms use them; the shapes are bank-core's own, from its OpenAPI file.
export type TransferRequest = Wire<generated.PrepareTransferDto>;
export type TransferView = Wire<generated.TransferDto>;
export type ApprovalRequest = Wire<generated.OpenApprovalDto>;
export type ApprovalHandle = Wire<generated.HandedOverDto>;
export type ApprovalResult = Wire<generated.ApprovalResultDto>;
export type AccountView = Wire<generated.AccountView>;
export type AccountsView = Wire<generated.AccountsView>;
export type BalancesView = Wire<generated.BalancesView>;
export type TransactionView = Wire<generated.TransactionView>;
export type TransactionsView = Wire<generated.TransactionsView>;
export type IncomingTransferView = Wire<generated.IncomingTransferView>;
export type IncomingTransfersView = Wire<generated.IncomingTransfersView>;
export type RiskSignalsRequest = Wire<generated.ReportRiskSignalsDto>;
export type RiskSignalReceipt = Wire<generated.RiskSignalReceiptDto>;
export type ReconciliationView = Wire<generated.ReconciliationDto>;
export type ParticipantView = Wire<generated.ParticipantDto>;
export type DeskView = Wire<generated.DeskDto>;
export type OwnPartnerView = Wire<generated.OwnPartnerDto>;
export type ProposePartnerRequest = Wire<generated.ProposePartnerDto>;
export type ChangePartnerRequest = Wire<generated.ChangePartnerDto>;
export type ProposedView = Wire<generated.ProposedDto>;
export type WithdrawnView = Wire<generated.WithdrawnDto>;
export type OwnMatterView = Wire<generated.OwnMatterDto>;
export type OwnLetterView = Wire<generated.LetterDto>;
export type OwnClosedDemandView = Wire<generated.ClosedDemandDto>;
export type StatementRequest = Wire<generated.StatementDto>;
export type StatementTakenView = Wire<generated.StatementTakenDto>;
export type ReplyRequest = Wire<generated.ReplyDto>;
export type ReplyView = Wire<generated.ReplyTakenDto>;
export type OwnCaseLineView = Wire<generated.OwnCaseLineDto>;
export type OwnCaseView = Wire<generated.OwnCaseDto>;
export type OwnLossRequest = Wire<generated.ReportOwnLossDto>;
export type OwnCauseRequest = Wire<generated.OwnCauseDto>;
export type OwnExemptionRequest = Wire<generated.OwnExemptionDto>;
export type OwnEvidenceRequest = Wire<generated.OwnCaseEvidenceDto>;
export type OwnPaymentRequest = Wire<generated.OwnPaymentDto>;
export type OwnProposalRequest = Wire<generated.OwnProposalDto>;
export type OwnAcceptanceRequest = Wire<generated.OwnAcceptanceDto>;
export type OwnRecourseRequest = Wire<generated.OwnRecourseDto>;
export type OwnRecourseView = Wire<generated.OwnRecourseTakenDto>;
export type OwnEntryView = Wire<generated.EnteredDto>;
export type OwnIncidentView = Wire<generated.OwnIncidentDto>;
export type OwnIncidentLineView = Wire<generated.OwnIncidentLineDto>;
export type ReportIncidentRequest = Wire<generated.ReportIncidentDto>;
export type FollowUpIncidentRequest = Wire<generated.FollowUpIncidentDto>;
export type IncidentTakenView = Wire<generated.IncidentTakenDto>;
export type PartnerHistoryView = Wire<generated.PartnerHistoryDto>;
export type PartnerActRequest = Wire<generated.EnterActDto>;
export type PartnerActTakenView = Wire<generated.ActTakenDto>;
export type OwnReviewView = Wire<generated.OwnReviewDto>;
export type OwnStandardsView = Wire<generated.OwnStandardsDto>;
export type OwnGapView = Wire<generated.OwnGapDto>;
export type ChecklistView = Wire<generated.OwnSubmissionDto>;
export type ChecklistContentView = Wire<generated.OwnSubmissionViewDto>;
export type ChecklistItemView = Wire<generated.WordedItemDto>;
export type ChecklistAnswerView = Wire<generated.VersionedAnswerDto>;
export type ChecklistAnswerRequest = Wire<generated.AnswerDto>;
export type ChecklistDifferenceView = Wire<generated.DifferenceDto>;
export type ImportedAnswersView = Wire<generated.ImportedAnswersDto>;
export type FilingView = Wire<generated.FiledDto>;
export type CommentView = Wire<generated.CommentDto>;
export type CommentRequest = Wire<generated.OwnCommentDto>;
export type OwnPartnerFileView = Wire<generated.OwnPartnerFileDto>;
export type EvidenceFileView = Wire<generated.EvidenceDto>;
export type AgreementView = Wire<generated.AgreementDto>;
export type ApplicationView = Wire<generated.ApplicationDto>;
export type ApplicationMoveRequest = Wire<generated.OwnMoveDto>;
export type ApplicationTakenView = Wire<generated.ApplicationTakenDto>;
export type LimitsView = Wire<generated.LimitsView>;
export type FundsRequest = Wire<generated.ConfirmFundsDto>;
export type FundsView = Wire<generated.FundsView>;
export type QuoteRequest = Wire<generated.QuoteTransferDto>;
export type QuoteView = Wire<generated.QuoteDto>;
export type ConsentsView = Wire<generated.ConsentPageDto>;
export type ConsentView = Wire<generated.OneConsentDto>;
export type ConsentAccountsView = Wire<generated.ConsentAccountsDto>;
export type ConsentHistoryView = Wire<generated.ConsentHistoryDto>;
export type CatalogueView = Wire<generated.CatalogueDto>;
export type ChangeView = Wire<generated.ChangeDto>;
export type ChangesView = Wire<generated.ChangesDto>;
export type OutageView = Wire<generated.OutageDto>;
export type OutagesView = Wire<generated.OutagesDto>;
export type BankFunction = keyof generated.FunctionsDto;

// NDJSON streams have no schema in OpenAPI: their lines are described here, one type per line.
export interface LinkStateView {
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly function: string;
  readonly state: string;
  readonly clause: string | null;
  readonly since: string | null;
  readonly until: string | null;
  /** Only of `full_rate`: how many calls in a minute are left (INT-17). */
  readonly callsPerMinuteMax?: number | null;
}

export type LinkMessage =
  | {
      readonly type: 'snapshot' | 'change';
      readonly bankCode: string;
      readonly version: number;
      readonly states: readonly LinkStateView[];
    }
  | { readonly type: 'heartbeat'; readonly versions: Readonly<Record<string, number>> };

export type ConsentMessage =
  | {
      readonly type: 'consent';
      readonly bankCode: string;
      readonly consentId: string;
      readonly state: string;
      /** What happened: `asked`, `authorised`, `frozen`, `resumed`, `extended`, `amended`, `expiring` … */
      readonly change: string;
      /** Why and by whom, as far as an intermediary may be told (T-29). */
      readonly reason: string | null;
      readonly by: 'customer' | 'intermediary' | 'chain_partner' | 'bank' | 'system';
      readonly version: number | null;
      readonly happenedAt: string;
      readonly expiresAt: string | null;
      readonly epspId: string;
      readonly clientId: string;
      readonly chainPartnerId: string;
      readonly cursor: string;
    }
  | { readonly type: 'heartbeat'; readonly cursor: string };

/** RFC 9457 as bank-core answers it. */
export interface BankCoreProblem {
  readonly status: number;
  readonly code: string;
  readonly clause?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly errors?: readonly { pointer: string; code: string; detail: string }[];
}
