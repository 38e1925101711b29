import type { RefusalSentences } from '#libs/kernel';

export type StaffRefusal =
  | 'staff_login_failed'
  | 'staff_session_missing'
  | 'staff_issuer_not_used'
  | 'staff_issuer_unavailable'
  | 'four_eyes_required'
  | 'role_missing'
  | 'role_of_oneself'
  | 'role_unknown'
  | 'proposal_changed'
  | 'proposal_unknown'
  | 'proposal_ended';

export const staffSentences: RefusalSentences<StaffRefusal> = {
  staff_login_failed: {
    ja: '職員のメールアドレス、パスワード、またはワンタイムパスワードが正しくありません。',
    en: 'The mail address, the password or the one-time code of the officer is not right.',
  },
  staff_session_missing: {
    ja: 'ログインしていないか、ログインの有効時間が過ぎています。',
    en: 'Nobody is logged in, or the session has ended.',
  },
  staff_issuer_not_used: {
    ja: '外部の認証基盤は設定されていません。',
    en: 'No external issuer is used here.',
  },
  staff_issuer_unavailable: {
    ja: '外部の認証基盤に接続できません。しばらくしてからやり直してください。',
    en: 'The external issuer cannot be reached; try again in a while.',
  },
  role_missing: {
    ja: 'この操作に必要な役割がありません。',
    en: 'The role that this needs is missing.',
  },
  four_eyes_required: {
    ja: '起案した人と同じ人は承認できません。別の人の承認が必要です。',
    en: 'The same person cannot approve, whatever the account; a second natural person must.',
  },
  role_of_oneself: {
    ja: '自分の役割の変更は、起案も承認もできません。',
    en: 'Nobody proposes or approves a change of what he himself may do.',
  },
  role_unknown: {
    ja: '職員または役割が見つかりません。',
    en: 'There is no such officer, or no such role to end.',
  },
  proposal_changed: {
    ja: '承認しようとした内容が起案の内容と一致しません。',
    en: 'What was to be approved is not what was proposed.',
  },
  proposal_unknown: {
    ja: '起案が見つかりません。',
    en: 'There is no such proposal.',
  },
  proposal_ended: {
    ja: 'この起案はすでに決定されています。',
    en: 'This proposal has been decided already.',
  },
};
