import type { RefusalSentences } from '#libs/kernel';

export type DisclosureRefusal = 'quota_exceeded';

export const disclosureSentences: RefusalSentences<DisclosureRefusal> = {
  quota_exceeded: {
    ja: '本日の照合の上限に達しました。翌日0時（日本時間）に戻ります。',
    en: 'The day’s limit of such answers is reached. It resets at midnight in Tokyo.',
  },
};
