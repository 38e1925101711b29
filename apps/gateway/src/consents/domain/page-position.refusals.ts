import type { Words } from '#libs/kernel';
import type { CursorCode } from './page-position.js';

export const cursorSentences: Readonly<Record<CursorCode, Words>> = {
  cursor_mismatch: {
    ja: 'このカーソルは、この一覧のものではありません。',
    en: 'This cursor does not belong to this list.',
  },
  cursor_expired: {
    ja: 'カーソルの有効期間（24時間）が過ぎました。最初のページから取得してください。',
    en: 'The cursor is older than 24 hours. Start from the first page.',
  },
};
