import type { RefusalSentences } from '#libs/kernel';

export type ListCode = 'list_cursor_invalid';

export const listSentences: RefusalSentences<ListCode> = {
  list_cursor_invalid: {
    ja: 'このカーソルは、この一覧または条件のものではありません。',
    en: 'This cursor does not belong to this list or filter.',
  },
};
