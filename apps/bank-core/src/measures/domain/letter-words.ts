import type { Words } from '#libs/kernel';
import type { DocumentKind } from '../../documents/index.js';

export const words = (ja: string, en: string): Words => ({ ja, en });
/** For what is written alike in both languages: ids, dates, what somebody wrote. */
export const alike = (text: string): Words => ({ ja: text, en: text });

/** What the machines tell an intermediary. A word that is not here cannot be sent. */
export type LetterNotice = keyof typeof LETTER_WORDS;

const letter = (kind: DocumentKind, title: Words, sentence: Words) => ({ kind, title, sentence });

/** Per notice: the kind of document, its title, and what it says first. Our own words (RKN-S3, S4, C1, C2). */
export const LETTER_WORDS = {
  improvement_demand: letter(
    'improvement_demand',
    words('改善要請書', 'Demand for improvement'),
    words(
      '次の項目が当金庫の定める基準を満たしていないと判断しました。期間内に改善し、その内容を報告してください。',
      'We judge that the items below do not meet our standard. Improve them within the period and report.',
    ),
  ),
  protective_hold_set: letter(
    'notice',
    words('保護的停止のお知らせ', 'A protective hold is set'),
    words(
      '緊急の必要により連携を一時的に止めました。契約上の制限・停止ではなく、終期までに改善をお求めするか解除します。',
      'An urgent hold, no restriction or suspension under the contract: it becomes a demand or ends.',
    ),
  ),
  protective_hold_ended: letter(
    'resumption',
    words('保護的停止の終了のお知らせ', 'The protective hold has ended'),
    words('保護的停止は終わりました。', 'The protective hold has ended.'),
  ),
  period_extended: letter(
    'notice',
    words('期間延長のお知らせ', 'The period is extended'),
    words(
      '先にお求めした件の期間を延長しました。そのほかの内容は変わりません。',
      'The period of our earlier demand or request is extended. Nothing else of it changes.',
    ),
  ),
  measure_extended: letter(
    'stop_order',
    words('措置の延長通知書', 'The measure is extended'),
    words(
      '通知した範囲の措置を、次の時刻まで続けます。',
      'The measure, within what was announced, goes on until the time below.',
    ),
  ),
  improvement_accepted: letter(
    'notice',
    words('改善確認のお知らせ', 'Improvement accepted'),
    words(
      'お求めした改善は十分であると判断しました。この要請は終わり、これに基づく措置はとりません。',
      'The improvement suffices. The demand is closed, and no measure will rest on it.',
    ),
  ),
  measure_announced: letter(
    'notice',
    words('措置の事前通知書', 'Prior notice of a measure'),
    words(
      '次の措置をとることを事前に通知します。この通知の到達と予告の時間より前に措置をとることはありません。',
      'We announce the measure below. It will not take effect before this notice has arrived and its lead is over.',
    ),
  ),
  measure_in_force: letter(
    'stop_order',
    words('連携の制限・停止通知書', 'Measure on the linkage'),
    words(
      '通知した措置を実施しました。措置より前に確定した依頼は、予約を含め、そのまま処理します。',
      'The measure announced is in force. Requests fixed before it, reservations included, are completed.',
    ),
  ),
  measure_lifted: letter(
    'resumption',
    words('連携の再開通知書', 'Resumption of the linkage'),
    words(
      '措置を解除しました。有効期限内の利用者の同意は、改めて取得しなくても効力を取り戻します。',
      'The measure is lifted. Consents that are unexpired revive without being given anew.',
    ),
  ),
  remediation_rejected: letter(
    'notice',
    words('改善不十分のお知らせ', 'Remediation not accepted'),
    words(
      '報告のあった改善では措置を解除できないと判断しました。措置は続きます。',
      'What was reported does not allow the measure to be lifted. The measure goes on.',
    ),
  ),
  stop_request: letter(
    'stop_request',
    words('連鎖接続の停止要請書', 'Request to stop a chain connection'),
    words(
      '次の連鎖接続先との連鎖接続を、期間内に停止してください。この求めは当該連鎖接続先だけに及びます。',
      'Stop the chain connection with the partner below within the period. The request concerns that partner alone.',
    ),
  ),
  stop_request_withdrawn: letter(
    'notice',
    words('停止要請の取下げ', 'Stop request withdrawn'),
    words('先の停止の求めを取り下げます。', 'The earlier request to stop is withdrawn.'),
  ),
  partner_resumed: letter(
    'resumption',
    words('連鎖接続の再開通知書', 'Resumption of a chain connection'),
    words(
      '連鎖接続先についての停止と措置を解除しました。',
      'The stop of the partner and any measure because of it are lifted.',
    ),
  ),
  partner_removed: letter(
    'notice',
    words('連鎖接続の終了のお知らせ', 'End of a chain connection'),
    words(
      '連鎖接続先との契約の終了に伴い、この連鎖接続を終えました。',
      'The contract with the partner has ended, and the chain connection with it.',
    ),
  ),
  checklist_returned: letter(
    'notice',
    words('点検表の返却のお知らせ', 'The checklist is returned'),
    words(
      '提出された点検表を、次の理由でお返しします。指摘に答えたうえで、新しい点検表を提出してください。',
      'We return the checklist for the reason below. Answer what is asked and submit a new one.',
    ),
  ),
  attestation_due: letter(
    'notice',
    words('点検表の再確認のお願い', 'Attestation is due'),
    words(
      '点検表の再確認の時期が来ました。確認のうえ提出してください。この遅れだけで連携が止まることはありません。',
      'The checklist is due for attestation. Being late alone stops nothing.',
    ),
  ),
  standard_published: letter(
    'notice',
    words('新しい基準のお知らせ', 'A new standard'),
    words(
      '当金庫の基準の新しい版を定めました。差異のある項目への対応をお願いします。',
      'We have published a new version of our standard; please close the gaps.',
    ),
  ),
} as const;

export const isLetterNotice = (kind: string): kind is LetterNotice =>
  Object.hasOwn(LETTER_WORDS, kind);
