import type { CivilDate, Instant } from '#libs/kernel';
import { fact } from './fact.js';

/** A planned or urgent suspension of one service or of all. Source: SM-16a. */
export interface MaintenanceWindow {
  readonly service: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly urgent: boolean;
  readonly announcedAt?: Instant;
}

/** One dated version of the terms. Source: SM-20. */
export interface TermsVersion {
  readonly id: string;
  readonly effectiveFrom: CivilDate;
}

/** What an inquiry asks for. Source: SM-4.1-1. */
export type InquiryFunction = 'balance' | 'transactions' | 'results';

export const serviceFacts = {
  service: fact<string>('text', 'サービス', 'service'),
  inquiryFunction: fact<InquiryFunction>('choice', '照会の種類', 'kind of inquiry'),
  inquiryFrom: fact<CivilDate>('date', '照会期間の初日', 'first day asked for'),
  maintenanceWindow: fact<MaintenanceWindow>('thing', '休止の期間', 'suspension of services'),
  interbankCloseAt: fact<Instant>('instant', '全銀の締切時刻', 'when the interbank day closes'),
  retiredAt: fact<Instant | undefined>('instant', '廃止の時刻', 'when the service was abolished'),
  termsVersions: fact<readonly TermsVersion[]>('list', '規定の版', 'versions of the terms'),
  answeredAsOf: fact<Instant>('instant', '回答の基準時刻', 'instant the answer reflects'),
  correctedEntry: fact<string>('text', '訂正された記録', 'entry that was corrected'),
  eventDate: fact<CivilDate>('date', '事実の起きた日', 'day of the event'),
  correctedBy: fact<string | undefined>('text', '訂正した記録', 'entry that corrected it'),
  recordedOn: fact<CivilDate>('date', '記録日', 'day of the record'),
  incidentCause: fact<
    'equipment_or_token_or_mail' | 'communication_path' | 'leak_on_path' | 'disaster_law_authority'
  >('choice', '障害の原因', 'cause of the incident'),
  safeguardsTaken: fact<boolean>('flag', '相当の安全措置', 'adequate safeguards were taken'),
} as const;
