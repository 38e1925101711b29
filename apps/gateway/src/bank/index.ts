export { BankModule } from './bank.module.js';
export {
  BankService,
  type Caller,
  type CustomerClaim,
  type ConsentsPage,
  type Once,
  type Period,
} from './bank.service.js';
export { Catalogue } from './catalogue.js';
export { ConsentFeed, type ConsentChange, type ConsentSubscriber } from './consent-feed.js';
export { coreProblem, coreStatuses, type CoreRefusal } from './core.problems.js';
export { coreSentences, isCoreCode, type CoreCode } from './domain/core.refusals.js';
export type { CatalogueCopy, PartnerVerdict } from './domain/catalogue-copy.js';
export type { LinkAnswer, LinkParty } from './domain/link-copy.js';
export { LinkWatch } from './link-watch.js';
export { NODE_NAME } from './node-name.js';
export { OwnAffairs } from './own-affairs.js';
export { OwnCases } from './own-cases.js';
export { OwnSecurity } from './own-security.js';
export { OwnIncidents } from './own-incidents.js';
export { OwnLinkage, type ListPart } from './own-linkage.js';
export { PlannedOutages } from './planned-outages.js';
export type {
  AccountView,
  AgreementView,
  ApplicationMoveRequest,
  ApplicationTakenView,
  ApplicationView,
  BankCoreFile,
  ChecklistAnswerRequest,
  ChecklistAnswerView,
  ChecklistContentView,
  ChecklistDifferenceView,
  ChecklistItemView,
  ChecklistView,
  CommentRequest,
  CommentView,
  EvidenceFileView,
  FilingView,
  OwnGapView,
  OwnReviewView,
  OwnStandardsView,
  PartnerActRequest,
  PartnerActTakenView,
  PartnerHistoryView,
  ApprovalRequest,
  ApprovalResult,
  BalancesView,
  BankFunction,
  CatalogueView,
  ConsentAccountsView,
  ConsentHistoryView,
  ConsentsView,
  ConsentView,
  ChangesView,
  ChangeView,
  ConsentMessage,
  DeskView,
  FundsView,
  IncomingTransferView,
  IncomingTransfersView,
  LimitsView,
  LinkMessage,
  LinkStateView,
  OutagesView,
  OutageView,
  OwnCaseLineView,
  OwnCaseView,
  OwnClosedDemandView,
  OwnIncidentLineView,
  OwnIncidentView,
  OwnLetterView,
  OwnLossRequest,
  OwnMatterView,
  ChangePartnerRequest,
  OwnPartnerFileView,
  OwnPartnerView,
  OwnProposalRequest,
  ParticipantView,
  ProposePartnerRequest,
  QuoteRequest,
  QuoteView,
  ReconciliationView,
  ReplyRequest,
  ReportIncidentRequest,
  FollowUpIncidentRequest,
  ReplyView,
  RiskSignalReceipt,
  RiskSignalsRequest,
  TransactionView,
  TransactionsView,
  TransferRequest,
  TransferView,
} from '#libs/bank-core-client';
