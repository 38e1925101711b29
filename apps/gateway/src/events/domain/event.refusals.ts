import type { RefusalSentences } from '#libs/kernel';

export type EventRefusal =
  | 'webhook_url_refused'
  | 'subscription_exists'
  | 'too_many_subscriptions'
  | 'subscription_disabled'
  | 'delivery_waiting'
  | 'replay_period_invalid'
  | 'event_unknown'
  | 'earlier_answer_lost'
  | 'list_cursor_invalid';

export const eventSentences: RefusalSentences<EventRefusal> = {
  webhook_url_refused: {
    ja: '配信先は公開ネットワーク上の https の URL でなければなりません。',
    en: 'An endpoint is an https URL on the public network, without user name or fragment.',
  },
  subscription_exists: {
    ja: 'この URL の配信先は、別の内容ですでに登録されています。',
    en: 'This URL is subscribed already, with other content.',
  },
  too_many_subscriptions: {
    ja: '登録できる配信先は1ソフトウェアにつき20件までです。',
    en: 'One piece of software may have 20 subscriptions at most.',
  },
  subscription_disabled: {
    ja: 'この配信先への送信は止まっています。PUT で登録し直してください。',
    en: 'This endpoint is not served. Put the subscription again to have it verified.',
  },
  delivery_waiting: {
    ja: 'この配信はまだ終わっていません。',
    en: 'This delivery is still under way.',
  },
  replay_period_invalid: {
    ja: '再送の期間は過去90日のうちの31日以内で、開始が終了より前でなければなりません。',
    en: 'A replay covers at most 31 days of the last 90, and begins before it ends.',
  },
  event_unknown: {
    ja: '確認された event のうち、存在しないものがあります。',
    en: 'One of the acknowledged events does not exist.',
  },
  earlier_answer_lost: {
    ja: '実行済みの依頼ですが、当時の応答は鍵の交換により読み出せません。GET で現状をご確認ください。',
    en: 'This was done; its answer cannot be opened since keys were changed. Read the state with GET.',
  },
  list_cursor_invalid: {
    ja: 'このカーソルは、この一覧または条件のものではありません。',
    en: 'This cursor does not belong to this list or filter.',
  },
};
