import { article, missing } from '../clause.js';
import { smParameters as P } from './parameters.js';

/**
 * What the lost articles 1, 2 and 3(1)–(4) must have said. Inferred from surviving clauses, never cited
 * as text; each line is to be confirmed against the institution's full terms before use.
 */
export const articles01to03Missing = article(
  'SM-R',
  { ja: '失われた部分（推定）', en: 'The lost part (presumed)' },
  [
    missing('SM-R1', {
      ja: 'サービス、契約者、端末、サービス利用口座と一つだけの代表口座、利用時間、対象者を定める。',
      en: 'Defines the service, holder, terminals, accounts with one main account, hours, customers.',
      kind: 'not_in_source',
      bearer: 'both',
      presupposedBy: ['SM-4.1-1', 'SM-5.1-1', 'SM-11.3b', 'SM-12.1'],
      parameters: {
        customerKinds: P.customerKinds,
        accountsMax: P.accountsMax,
        transferHours: P.transferHours,
      },
    }),
    missing('SM-R2', {
      ja: '口座・印鑑・限度額を申込書で届け出て、郵送の仮パスワードで初回の登録をする。',
      en: 'Accounts, seal and limit are on the form; first use is with a mailed temporary password.',
      kind: 'not_in_source',
      bearer: 'holder',
      presupposedBy: ['SM-10.3d', 'SM-11.4-3', 'SM-13.4', 'SM-13.5'],
      parameters: {
        temporaryPasswordExpiry: P.temporaryPasswordExpiry,
        firstUseDeadline: P.firstUseDeadline,
      },
    }),
    missing('SM-R2.7', {
      ja: '受信した認証要素と保有するものとの一致を確かめ、一致すれば契約者の依頼とみなす。',
      en: 'What is received is compared with what is held; a match makes it the request of the holder.',
      kind: 'not_in_source',
      bearer: 'institution',
      presupposedBy: ['SM-7.3a', 'SM-8.2', 'SM-9.2', 'SM-10.3b', 'SM-13.1a'],
      readings: ['INT-30'],
      parameters: { factorsMatrix: P.factorsMatrix },
    }),
    missing('SM-R3.1', {
      ja: '締切までは当日に扱い、翌営業日から定めた先までの日を指定した予約を受ける。',
      en: 'Same day until a cut-off; reservations from the next business day up to a horizon.',
      kind: 'not_in_source',
      bearer: 'both',
      presupposedBy: ['SM-5.4-1', 'SM-5.5-1'],
      readings: ['INT-29'],
      parameters: {
        transferHours: P.transferHours,
        transferCutoff: P.transferCutoff,
        reservationHorizon: P.reservationHorizon,
        reservationHolidayRule: P.reservationHolidayRule,
      },
    }),
    missing('SM-R3.2', {
      ja: '内容を示し、定めた時間内に契約者が認証要素を送って一致したときに確定する。',
      en: 'The content is shown; it is fixed when the factors sent in time are received and match.',
      kind: 'not_in_source',
      bearer: 'both',
      presupposedBy: ['SM-5.2', 'SM-5.3-5', 'SM-5.5-1'],
      parameters: { confirmTimeout: P.confirmTimeout },
    }),
    missing('SM-R3.3', {
      ja: '確定した依頼を処理する日時と、結果の知らせ方を定める。',
      en: 'When a fixed request is processed, and how its result is told.',
      kind: 'not_in_source',
      bearer: 'institution',
      presupposedBy: ['SM-3.4-2', 'SM-5.2'],
      parameters: { processingTime: P.processingTime },
    }),
    missing('SM-R3.4-1', {
      ja: '次の場合は処理できないとし、第一に指定口座の解約を挙げる。入金口座を含むかは不明である。',
      en: 'Lists when a request cannot be processed, a closed account first; credit accounts unclear.',
      kind: 'not_in_source',
      bearer: 'institution',
      presupposedBy: ['SM-3.4-1-1', 'SM-3.4-1-2a', 'SM-3.4-1-3', 'SM-3.4-1-4', 'SM-3.4-2'],
    }),
  ],
);
