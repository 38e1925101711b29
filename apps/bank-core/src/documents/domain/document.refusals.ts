import type { RefusalSentences } from '#libs/kernel';

export type DocumentRefusal = 'document_too_large' | 'document_unknown';

export const documentSentences: RefusalSentences<DocumentRefusal> = {
  document_too_large: {
    ja: '文書が大きすぎて作成できません。内容を分けてください。',
    en: 'The document is too large to be drawn; divide what it says.',
  },
  document_unknown: {
    ja: '文書が見つかりません。',
    en: 'There is no such document.',
  },
};
