import { MeasuresCreateNoticeStatement202611240102 } from './202611240102-measures-create-notice-statement.js';
import { ClearingBlockedReturns202611250701 } from './202611250701-clearing-blocked-returns.js';
import { AgreementsCovers202611240501 } from './202611240501-agreements-covers.js';
import { IncidentsCreateIncident202611240101 } from './202611240101-incidents-create-incident.js';
import { AgreementsChangeProposals202611250601 } from './202611250601-agreements-change-proposals.js';
import { ReviewsEraseEvidence202611240301 } from './202611240301-reviews-erase-evidence.js';
import { AuditCreateDigest202611230501 } from './202611230501-audit-create-digest.js';
import { Ground202611220900 } from './202611220900-ground.js';
import { AccountsCreateLedger202611221000 } from './202611221000-accounts-create-ledger.js';
import { LimitsCreateLimitUse202611221010 } from './202611221010-limits-create-limit-use.js';
import { AccountsCreateLedgerFunctions202611221015 } from './202611221015-accounts-create-ledger-functions.js';
import { ClearingCreateOutboxInbox202611221020 } from './202611221020-clearing-create-outbox-inbox.js';
import { TransfersCreateTransfer202611221030 } from './202611221030-transfers-create-transfer.js';
import { AccountsCreatePostingBlock202611221040 } from './202611221040-accounts-create-posting-block.js';
import { AccountsCreateScheduledPosting202611221050 } from './202611221050-accounts-create-scheduled-posting.js';
import { Staff202611221100 } from './202611221100-staff.js';
import { Credentials202611221110 } from './202611221110-credentials.js';
import { Links202611221120 } from './202611221120-links.js';
import { Consents202611221130 } from './202611221130-consents.js';
import { Approvals202611221140 } from './202611221140-approvals.js';
import { LimitsCreateDisclosureUse202611221500 } from './202611221500-limits-create-disclosure-use.js';
import { PlatformCreateIdempotentAnswer202611221510 } from './202611221510-platform-create-idempotent-answer.js';
import { TransfersCreateRiskSignal202611221520 } from './202611221520-transfers-create-risk-signal.js';
import { AgreementsProposals202611221530 } from './202611221530-agreements-proposals.js';
import { CasesFindOwn202611240201 } from './202611240201-cases-find-own.js';
import { ChangesCreateChange202611221600 } from './202611221600-changes-create-change.js';
import { Documents202611222000 } from './202611222000-documents.js';
import { ConsentsLife202611221400 } from './202611221400-consents-life.js';
import { StaffFloor202611222010 } from './202611222010-staff-floor.js';
import { StaffOidc202611222020 } from './202611222020-staff-oidc.js';
import { NoticesCreateNotice202611221410 } from './202611221410-notices-create-notice.js';
import { ConsentsIndexLiving202611221430 } from './202611221430-consents-index-living.js';
import { Matters202611222030 } from './202611222030-matters.js';
import { ChangesTellReminders202611221640 } from './202611221640-changes-tell-reminders.js';
import { ChangesTellVersions202611221620 } from './202611221620-changes-tell-versions.js';
import { Measures202611222100 } from './202611222100-measures.js';
import { MeasuresRemindDuties202611250501 } from './202611250501-measures-remind-duties.js';
import { MeasuresCreateTimedStep202611230601 } from './202611230601-measures-create-timed-step.js';
import { NoticesOncePerCause202611230602 } from './202611230602-notices-once-per-cause.js';
import { LinksLowerTheRate202611230603 } from './202611230603-links-lower-the-rate.js';
import { MeasuresWatch202611230604 } from './202611230604-measures-watch.js';
import { MeasuresCountPreviews202611230605 } from './202611230605-measures-count-previews.js';
import { Cases202611222300 } from './202611222300-cases.js';
import { AgreementsContracts202611230201 } from './202611230201-agreements-contracts.js';
import { CasesClaims202611230400 } from './202611230400-cases-claims.js';
import { Papers202611230401 } from './202611230401-papers.js';
import { CredentialsTemporary202611230402 } from './202611230402-credentials-temporary.js';
import { ChangesTellLetters202611230301 } from './202611230301-changes-tell-letters.js';
import { Reviews202611230100 } from './202611230100-reviews.js';
import { Readings202611230403 } from './202611230403-readings.js';
import { ConsentsCountByBits202611230404 } from './202611230404-consents-count-by-bits.js';
import { AgreementsPublish202611230202 } from './202611230202-agreements-publish.js';
import { TransfersAnswerAgain202611260201 } from './202611260201-transfers-answer-again.js';
import { ChangesTellDaysLeft202611260202 } from './202611260202-changes-tell-days-left.js';

/** Every migration of bank-core in order; never edited once released. Run by the owner role. */
import { LinksWake202611230000 } from './202611230000-links-wake.js';

export const migrations = [
  Ground202611220900,
  AccountsCreateLedger202611221000,
  LimitsCreateLimitUse202611221010,
  AccountsCreateLedgerFunctions202611221015,
  ClearingCreateOutboxInbox202611221020,
  TransfersCreateTransfer202611221030,
  AccountsCreatePostingBlock202611221040,
  AccountsCreateScheduledPosting202611221050,
  Staff202611221100,
  Credentials202611221110,
  Links202611221120,
  Consents202611221130,
  Approvals202611221140,
  LimitsCreateDisclosureUse202611221500,
  PlatformCreateIdempotentAnswer202611221510,
  TransfersCreateRiskSignal202611221520,
  AgreementsProposals202611221530,
  ChangesCreateChange202611221600,
  Documents202611222000,
  ConsentsLife202611221400,
  StaffFloor202611222010,
  StaffOidc202611222020,
  NoticesCreateNotice202611221410,
  ConsentsIndexLiving202611221430,
  Matters202611222030,
  ChangesTellVersions202611221620,
  ChangesTellReminders202611221640,
  Measures202611222100,
  Cases202611222300,
  LinksWake202611230000,
  AgreementsContracts202611230201,
  CasesClaims202611230400,
  Papers202611230401,
  CredentialsTemporary202611230402,
  Reviews202611230100,
  ChangesTellLetters202611230301,
  MeasuresCreateTimedStep202611230601,
  NoticesOncePerCause202611230602,
  LinksLowerTheRate202611230603,
  MeasuresWatch202611230604,
  MeasuresCountPreviews202611230605,
  Readings202611230403,
  AgreementsPublish202611230202,
  AuditCreateDigest202611230501,
  ConsentsCountByBits202611230404,
  IncidentsCreateIncident202611240101,
  MeasuresCreateNoticeStatement202611240102,
  AgreementsCovers202611240501,
  CasesFindOwn202611240201,
  ReviewsEraseEvidence202611240301,
  ClearingBlockedReturns202611250701,
  AgreementsChangeProposals202611250601,
  MeasuresRemindDuties202611250501,
  TransfersAnswerAgain202611260201,
  ChangesTellDaysLeft202611260202,
];
