import type { RefusalSentences } from './problem.js';

/** What every server may answer before any room is asked. */
export const platformSentences = {
  validation_failed: {
    ja: '送信された内容に誤りがあります。errors の各項目を確認してください。',
    en: 'The request is not well formed. See each entry of errors.',
  },
  body_too_large: {
    ja: '送信された内容が大きすぎます。',
    en: 'The request body is larger than this endpoint accepts.',
  },
  media_type_not_supported: {
    ja: 'この Content-Type は受け付けていません。',
    en: 'This Content-Type is not accepted here.',
  },
  method_not_allowed: {
    ja: 'この操作は受け付けていません。',
    en: 'This method is not accepted here.',
  },
  host_not_allowed: {
    ja: 'この名前のサーバーではありません。',
    en: 'This server does not answer to that name.',
  },
  not_found: {
    ja: '該当するものが見つかりません。',
    en: 'There is nothing here that you may see.',
  },
  internal_error: {
    ja: '処理中に問題が発生しました。問い合わせ番号をお知らせください。',
    en: 'Something went wrong on our side. Please tell us the interaction id.',
  },
  core_unavailable: {
    ja: '金融機関のシステムが応答していません。しばらくしてから再度お試しください。',
    en: 'The bank does not answer at the moment. Please try again shortly.',
  },
  temporarily_unavailable: {
    ja: 'ただいま処理できません。しばらくしてから再度お試しください。',
    en: 'This cannot be handled at the moment. Please try again shortly.',
  },
} satisfies RefusalSentences<string>;

export type PlatformRefusal = keyof typeof platformSentences;

export const platformStatuses: Readonly<Record<PlatformRefusal, number>> = {
  validation_failed: 400,
  body_too_large: 413,
  media_type_not_supported: 415,
  method_not_allowed: 405,
  host_not_allowed: 421,
  not_found: 404,
  internal_error: 500,
  core_unavailable: 503,
  temporarily_unavailable: 503,
};
