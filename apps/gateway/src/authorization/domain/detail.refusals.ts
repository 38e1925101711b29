import type { Words } from '#libs/kernel';

/**
 * Refusals of a pushed request that are ours alone; the others are bank-core's codes. The English
 * sentence travels as `error_description` and therefore holds only the characters of RFC 6749 5.2.
 */
export const detailSentences = {
  detail_count: {
    ja: 'authorization_details には要素を一つだけ入れてください。',
    en: 'authorization_details must hold exactly one element.',
  },
  detail_malformed: {
    ja: 'authorization_details の内容に誤りがあります。',
    en: 'A member of authorization_details is missing, unknown or not well formed.',
  },
  chain_partner_missing: {
    ja: 'chain_partner に連鎖接続先の ID か none を指定してください。',
    en: 'chain_partner must name a chain partner or say none.',
    clause: 'RKN-D1a',
  },
  detail_not_here: {
    ja: 'authorization_details は承認のときに定まり、ここでは変えられません。',
    en: 'authorization_details are fixed at approval and cannot be given here.',
    clause: 'RKN-D1a',
  },
} as const satisfies Record<string, Words & { clause?: string }>;

export type DetailCode = keyof typeof detailSentences;
