import type { RefusalSentences } from '#libs/kernel';

export type StaffRefusal =
  'staff_login_failed' | 'four_eyes_required' | 'role_missing' | 'proposal_changed';

export const staffSentences: RefusalSentences<StaffRefusal> = {
  staff_login_failed: {
    ja: '職員のメールアドレスまたはパスワードが正しくありません。',
    en: 'The mail address or the password of the officer is not right.',
  },
  role_missing: {
    ja: 'この操作に必要な役割がありません。',
    en: 'The role that this needs is missing.',
  },
  four_eyes_required: {
    ja: '起案した人と同じ人は承認できません。別の人の承認が必要です。',
    en: 'The same person cannot approve, whatever the account; a second natural person must.',
  },
  proposal_changed: {
    ja: '承認しようとした内容が起案の内容と一致しません。',
    en: 'What was to be approved is not what was proposed.',
  },
};
