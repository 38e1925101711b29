import type { Words } from '#libs/kernel';

/** Everything an intermediary can be told of, by its stable name. Source: users.md D.6. */
export const eventTypes = {
  'consent.authorised': {
    ja: '利用者が同意した',
    en: 'A holder agreed',
  },
  'consent.rejected': { ja: '利用者が同意しなかった', en: 'A holder did not agree' },
  'consent.amended': { ja: '同意の内容が変わった', en: 'What a consent covers has changed' },
  'consent.extended': { ja: '同意の期間が延びた', en: 'The term of a consent was extended' },
  'consent.expiring': { ja: '同意の期限が近い', en: 'A consent is about to expire' },
  'consent.expired': { ja: '同意の期限が過ぎた', en: 'The term of a consent is over' },
  'consent.frozen': { ja: '同意が一時的に使えない', en: 'A consent cannot be used for now' },
  'consent.resumed': { ja: '同意が再び使える', en: 'A consent can be used again' },
  'consent.revoked': { ja: '同意が終了した', en: 'A consent was ended' },
  'account.available': { ja: '口座が照会できる', en: 'An account can be read' },
  'account.unavailable': { ja: '口座が照会できない', en: 'An account cannot be read' },
  'transfer.received': { ja: '振込の依頼を受け付けた', en: 'A transfer was pushed' },
  'transfer.awaiting_confirmation': {
    ja: '利用者の確認を待っている',
    en: 'A transfer waits for its holder',
  },
  'transfer.scheduled': { ja: '振込を予約した', en: 'A transfer is fixed for a later date' },
  'transfer.accepted': {
    ja: '振込の内容が確定した（未引落）',
    en: 'A transfer is fixed and not yet debited',
  },
  'transfer.executed': { ja: '振込の代り金を引き落とした', en: 'A transfer was debited' },
  'transfer.sent': { ja: '振込を発信した', en: 'A transfer was sent' },
  'transfer.under_review': { ja: '振込を照会中', en: 'A transfer is held for review' },
  'transfer.rejected': { ja: '振込は成立しなかった', en: 'A transfer was not processed' },
  'transfer.cancelled': { ja: '振込は取り下げられた', en: 'A transfer was withdrawn' },
  'transfer.expired': {
    ja: '振込は確認されないまま期限が過ぎた',
    en: 'A transfer was not confirmed in time',
  },
  'transfer.returned': { ja: '振込資金が返却された', en: 'The money of a transfer came back' },
  'scheduled.executed': { ja: '予約した振込を実行した', en: 'A reservation was carried out' },
  'scheduled.failed': {
    ja: '予約した振込を実行できなかった',
    en: 'A reservation could not be carried out',
  },
  'link.restricted': { ja: '連携が制限された', en: 'A link was restricted' },
  'link.suspended': { ja: '連携が停止された', en: 'A link was suspended' },
  'link.resumed': { ja: '連携が再開された', en: 'A link was resumed' },
  'link.terminated': { ja: '連携が終了した', en: 'A link has ended' },
  'partner.approved': { ja: '連鎖接続先が承認された', en: 'A chain partner was approved' },
  'partner.rejected': { ja: '連鎖接続先が承認されなかった', en: 'A chain partner was rejected' },
  'partner.suspended': { ja: '連鎖接続先が停止された', en: 'A chain partner was stopped' },
  'partner.removed': { ja: '連鎖接続先が登録から外れた', en: 'A chain partner was removed' },
  'letter.issued': { ja: '金融機関が文書を送った', en: 'An institution sent you a letter' },
  'improvement.requested': {
    ja: '改善を要請された',
    en: 'An improvement was demanded',
  },
  'improvement.due_soon': {
    ja: '改善の期限が近い',
    en: 'The period of a demand for improvement ends soon',
  },
  'improvement.overdue': {
    ja: '改善の期限が過ぎた',
    en: 'The period of a demand for improvement is over',
  },
  'improvement.closed': {
    ja: '改善の要請が終わった',
    en: 'A demand for improvement was closed',
  },
  'review.due': {
    ja: '点検表の再確認または新しい基準への対応の期限',
    en: 'An attestation or a new standard is due',
  },
  'incident.opened': { ja: '事故の報告が届いた', en: 'An incident reached an institution' },
  'incident.acknowledged': {
    ja: '金融機関が事故の報告を読んだ',
    en: 'An institution has read what you reported',
  },
  'incident.closed': { ja: '金融機関が事故を終結した', en: 'An institution closed an incident' },
  'certificate.expiring': { ja: '証明書の期限が近い', en: 'A certificate is about to expire' },
  'outage.planned': { ja: '計画停止の予定', en: 'An outage is planned' },
  'outage.started': { ja: '停止が始まった', en: 'An outage has begun' },
  'outage.ended': { ja: '停止が終わった', en: 'An outage is over' },
  'outage.cancelled': { ja: '計画停止が取りやめになった', en: 'A planned outage was called off' },
  'change.announced': { ja: 'APIの変更の予告', en: 'A change of the API is announced' },
  'api.deprecated': { ja: 'APIの廃止の予告', en: 'A part of the API will be retired' },
  'subscription.disabled': {
    ja: '配信先への送信を止めた',
    en: 'An endpoint is not served any more',
  },
} as const satisfies Record<string, Words>;

export type EventType = keyof typeof eventTypes;

export const EVENT_TYPES = Object.keys(eventTypes) as readonly EventType[];

/** What a subscription may ask for: one type, a group such as `consent.*`, or `*` for everything. */
export const EVENT_TYPE_PATTERNS: readonly string[] = [
  '*',
  ...new Set(EVENT_TYPES.map((type) => `${type.split('.', 1)[0]}.*`)),
  ...EVENT_TYPES,
];

/** The signed test that verifies an endpoint; no event of anybody, so it has no sequence. */
export const VERIFICATION_TYPE = 'subscription.verification';
