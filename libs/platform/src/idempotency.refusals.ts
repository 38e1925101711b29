import type { RefusalSentences } from './problem.js';

/** What an `Idempotency-Key` may be refused for, the same on both servers (users.md D.6). */
export type IdempotencyRefusal =
  'idempotency_key_missing' | 'idempotency_in_progress' | 'idempotency_key_reused';

export const idempotencySentences: RefusalSentences<IdempotencyRefusal> = {
  idempotency_key_missing: {
    ja: 'Idempotency-Key ヘッダーに、依頼ごとに異なる1〜64文字の値を指定してください。',
    en: 'Send an Idempotency-Key of 1 to 64 characters, a new one for each request.',
  },
  idempotency_in_progress: {
    ja: '同じ Idempotency-Key の依頼を処理しています。少し待ってから同じ内容で送ってください。',
    en: 'A request with this Idempotency-Key is being handled. Send the same again shortly.',
  },
  idempotency_key_reused: {
    ja: 'この Idempotency-Key は、内容の異なる依頼に使われています。',
    en: 'This Idempotency-Key was used for a request with other content.',
  },
};

export const idempotencyStatuses: Readonly<Record<IdempotencyRefusal, number>> = {
  idempotency_key_missing: 400,
  idempotency_in_progress: 409,
  idempotency_key_reused: 422,
};
