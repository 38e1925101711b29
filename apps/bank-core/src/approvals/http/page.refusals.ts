import type { RefusalSentences } from '#libs/platform';

/** What a browser is told when a page cannot be shown at all. */
export type PageRefusal =
  'handle_unknown' | 'handle_used' | 'session_missing' | 'form_not_ours' | 'form_malformed';

export const pageSentences: RefusalSentences<PageRefusal> = {
  handle_unknown: {
    ja: 'この画面のアドレスは無効か、期限が切れています。',
    en: 'This address is not valid, or its time is over.',
  },
  handle_used: {
    ja: 'この画面のアドレスはすでに一度使われています。安全のため、もう一度は開けません。',
    en: 'This address has been used once. For your safety it cannot be opened again.',
  },
  session_missing: {
    ja: 'このブラウザーでは手続きが始まっていないか、時間が過ぎて終わっています。Cookie を受け付けない設定の場合は、受け付けるようにしてください。',
    en: 'This browser has no such step open, or its time is over. If your browser refuses cookies, please allow them.',
  },
  form_not_ours: {
    ja: 'この送信は当金融機関の画面からのものではないため、受け付けませんでした。',
    en: 'This was not sent from a page of ours, so it was not accepted.',
  },
  form_malformed: {
    ja: '送信された内容に誤りがあるため、受け付けませんでした。',
    en: 'What was sent is not well formed, so it was not accepted.',
  },
};
