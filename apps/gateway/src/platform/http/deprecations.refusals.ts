import type { RefusalSentences } from '#libs/kernel';

export type DeprecationRefusal = 'retired';

export const deprecationSentences: RefusalSentences<DeprecationRefusal> = {
  retired: {
    ja: 'この操作は廃止されました。代わりの方法は successor のページをご覧ください。',
    en: 'This operation is retired. The page of successor says what to use instead.',
  },
};
