import type { CivilDate, Instant, Period, Tri } from '#libs/kernel';
import { fact } from './fact.js';

/** Why a notice did not reach its addressee, or reached it late. Source: SM-6b, SM-10.2, SM-11.2. */
export type DeliveryFailure =
  | 'address_registered_wrongly'
  | 'address_change_not_notified'
  | 'holder_environment'
  | 'line_failure'
  | 'refused_by_holder'
  | 'institution_sending_failure'
  | 'institution_error_in_address';

/** An address with the instant from which it was registered. Source: SM-6a. */
export interface RegisteredAddress {
  readonly address: string;
  readonly since: Instant;
}

/** One notice as it was sent and, where that is known, as it arrived. */
export interface SentNotice {
  readonly channel: 'mail' | 'post' | 'screen' | 'by_hand';
  readonly sentAt: Instant;
  readonly arrivedAt?: Instant;
  readonly failure?: DeliveryFailure;
}

export const noticeFacts = {
  addressHistory: fact<readonly RegisteredAddress[]>(
    'list',
    '登録アドレスの履歴',
    'addresses held',
  ),
  sentAt: fact<Instant>('instant', '発信の時刻', 'when it was sent'),
  notice: fact<SentNotice>('thing', '発した通知', 'the notice sent'),
  noticeDate: fact<CivilDate>(
    'date',
    '組合への通知が行われた日',
    'the day the institution was notified',
  ),
  noticedAt: fact<Instant>('instant', '気づいた時', 'when the holder noticed'),
  notifiedAt: fact<Instant>('instant', '通知した時', 'when the holder gave notice'),
  reportTellsOfMisuse: fact<Tri>(
    'finding',
    '届出で不正利用が告げられた',
    'the report told of misuse',
  ),
  provenImpediments: fact<readonly Period[]>(
    'list',
    '証明されたやむをえない事情の期間',
    'periods of proven unavoidable circumstances',
  ),
  urgent: fact<boolean>('flag', '緊急', 'urgent'),
  publishedAt: fact<Instant | undefined>('instant', '公表した時', 'when it was published'),
  recipientAddress: fact<string>('text', '通知先', 'the address notified'),
} as const;
