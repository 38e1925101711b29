import type { RefusalSentences } from '#libs/kernel';

/** What an officer is told when an outage cannot be entered so. */
export type OutageRefusal =
  'outage_notice_too_short' | 'outage_ends_before_it_starts' | 'outage_not_found';

export const outageSentences: RefusalSentences<OutageRefusal> = {
  outage_notice_too_short: {
    ja: '計画停止は開始の7日前までに登録してください。',
    en: 'A planned outage is announced at least 7 days before it starts.',
  },
  outage_ends_before_it_starts: {
    ja: '終了日時は開始日時より後にしてください。',
    en: 'An outage ends after it starts.',
  },
  outage_not_found: {
    ja: 'この番号の予定または継続中の停止はありません。',
    en: 'There is no outage of this number that is planned or running.',
  },
};
