import type { RefusalSentences } from '#libs/kernel';

export type LimitRefusal = 'limit_exceeded';

export const limitSentences: RefusalSentences<LimitRefusal> = {
  limit_exceeded: {
    clause: 'SM-5.3-1b',
    ja: '1日あたりの取引限度額を超えています。依頼日または指定日の合計をご確認ください。',
    en: 'The daily limit is exceeded, by the day of the request or by the designated day.',
  },
};
