import type { RefusalSentences } from '#libs/kernel';
import type { ApplicationRefusal } from './application.js';

export const applicationSentences: RefusalSentences<ApplicationRefusal> = {
  application_over: {
    ja: 'この申込みはすでに終わっています。',
    en: 'This application is over.',
  },
  step_not_open: {
    ja: 'この手順は、いまその操作ができる状態ではありません。',
    en: 'The step is not open for this now.',
  },
  steps_left: {
    ja: 'まだ終わっていない手順があるか、本番接続の申請がありません。',
    en: 'Steps are left to do, or going live has not been asked for.',
  },
  note_required: {
    ja: '差し戻し・省略には理由が必要です。',
    en: 'Sending back or waiving a step needs a reason.',
  },
  target_in_the_past: {
    ja: '目標日には今日以後の日を指定してください。',
    en: 'A target is today or later.',
  },
};
