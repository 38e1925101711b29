import type { RefusalSentences } from '#libs/kernel';

/** Why the bank's decision about a change of a registration has no effect. */
export const changeSentences = {
  change_not_pending: {
    ja: 'この変更申請は決定済みか、期限が切れたか、存在しません。',
    en: 'This change was decided before, has expired, or does not exist.',
  },
  change_differs: {
    ja: '承認された内容と変更申請の内容が一致しません。',
    en: 'The change has other content than what was agreed to.',
  },
  change_key_compromised: {
    ja: '追加しようとする鍵に漏えいの届出があります。',
    en: 'A key that the change adds was reported as compromised.',
  },
} satisfies RefusalSentences<string>;

export type ChangeRefusal = keyof typeof changeSentences;
