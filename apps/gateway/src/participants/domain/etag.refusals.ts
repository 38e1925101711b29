import type { RefusalSentences } from '#libs/kernel';

export type EtagCode = 'version_required' | 'version_conflict';

export const etagSentences: RefusalSentences<EtagCode> = {
  version_required: {
    ja: 'If-Match に、読み取ったときの ETag を指定してください。',
    en: 'Send If-Match with the ETag that was read.',
  },
  version_conflict: {
    ja: '読み取った後に変更されています。もう一度読み取ってください。',
    en: 'It has changed since it was read. Read it again.',
  },
};
