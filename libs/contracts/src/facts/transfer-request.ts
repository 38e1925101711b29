import type { CivilDate, Instant, Yen } from '#libs/kernel';
import { fact } from './fact.js';

/** 振込: to another branch or institution. 振替: within one branch, whoever the owner. Source: SM-5.1-2. */
export type TransferKind = 'furikomi' | 'furikae';

/** The two bases on which a day's limit is judged. Source: SM-5.3-1b. */
export type LimitBasis = 'request_date' | 'designated_date';

/** Yen already counted against the limit, on each basis, before the request now asked. */
export interface LimitUse {
  readonly requestDate: Yen;
  readonly designatedDate: Yen;
}

/** One of several debits of one account on one day, inside or outside this service. Source: SM-3.4-1-2b. */
export interface SameDayDebit {
  readonly id: string;
  readonly total: Yen;
  readonly acceptedAt: Instant;
  readonly source: 'transfer' | 'outside';
}

export type RequestState =
  | 'draft'
  | 'fixed'
  | 'reserved'
  | 'debited'
  | 'sent'
  | 'credited'
  | 'returned'
  | 'cancelled'
  | 'not_processed';

/** A request of the holder that was fixed, as a removal of an account finds it. Source: SM-12.2b. */
export interface FixedRequest {
  readonly id: string;
  readonly debitAccount: string;
  readonly creditAccount: string;
  readonly state: RequestState;
  /** The id of a recorded decision to keep it all the same (原則として). */
  readonly keptByDecision?: string;
}

export const transferFacts = {
  transferKind: fact<TransferKind>('choice', '振込・振替の別', 'transfer kind'),
  transferAmount: fact<Yen>('yen', '振込・振替金額', 'amount to transfer'),
  feeYen: fact<Yen>('yen', '振込手数料', 'transfer fee'),
  receivedAt: fact<Instant>('instant', '依頼を受けた時刻', 'when the request was received'),
  fixedAt: fact<Instant | undefined>(
    'instant',
    '依頼内容が確定した時刻',
    'when the content was fixed',
  ),
  debitedAt: fact<Instant | undefined>('instant', '引落しの時刻', 'when the debit was made'),
  requestDate: fact<CivilDate>('date', '依頼日', 'request date'),
  designatedDate: fact<CivilDate>('date', '指定日', 'designated date'),
  isReservation: fact<boolean>('flag', '予約扱いである', 'made for a designated date'),
  requestState: fact<RequestState>('choice', '依頼の状態', 'state of the request'),
  limitUse: fact<LimitUse>('thing', '両基準の既依頼額', 'use on both bases'),
  holderLimit: fact<Yen>('yen', '届出の取引限度額', 'limit notified by the holder'),
  applicationAmount: fact<Yen>('yen', '申込書の届出金額', 'amount on the application form'),
  effectiveLimit: fact<Yen>('yen', '適用される取引限度額', 'limit that applies'),
  newLimit: fact<Yen>('yen', '変更後の取引限度額', 'limit asked for'),
  otpActive: fact<boolean>('flag', 'ワンタイムパスワード利用中', 'one-time password in use'),
  fixedRequests: fact<readonly FixedRequest[]>('list', '確定した依頼', 'requests that were fixed'),
  removedAccount: fact<string>('text', '削除する口座', 'account removed'),
  sameDayDebits: fact<readonly SameDayDebit[]>('list', '同日の引落し', 'debits of the same day'),
  payable: fact<Yen>('yen', '支払可能金額', 'payable amount'),
  runWasMissed: fact<boolean>(
    'flag',
    '指定日の処理ができなかった',
    'the run of the date was missed',
  ),
  returnReason: fact<string>('text', '返却の理由', 'reason of the return'),
  returnPosted: fact<boolean>('flag', '返却入金が済んでいる', 'the return was credited before'),
  repliedAt: fact<Instant | undefined>('instant', '回答の時刻', 'when the holder replied'),
  replyDue: fact<Instant>('instant', '回答期限', 'when the reply is due'),
  replyImproper: fact<boolean>('flag', '不適切な回答との判断', 'judged improper by a person'),
  inquiryOpenedOn: fact<CivilDate>('date', '照会を受けた日', 'day of the inquiry'),
  inquiryText: fact<string>('text', '照会の内容', 'what was inquired'),
  acceptingBranch: fact<string>('text', '受付店', 'branch that accepts'),
  recallAccepted: fact<boolean>('flag', '組戻しの承諾', 'the recall is accepted'),
  destinationReceived: fact<boolean>(
    'flag',
    '振込通知の受信済み',
    'the destination has the notice',
  ),
  recallOutcome: fact<'recalled' | 'failed'>('choice', '組戻しの結果', 'outcome of the recall'),
  outcomeKnownAt: fact<Instant>('instant', '結果が判明した時刻', 'when the outcome was known'),
  debitBranch: fact<string>('text', '支払指定口座の取引店', 'branch of the debit account'),
  channel: fact<'terminal' | 'branch' | 'intermediary'>('choice', '申出の経路', 'channel'),
  resultShown: fact<boolean>('flag', '結果画面に表示済み', 'shown on the result screen'),
} as const;
