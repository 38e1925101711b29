import type { RefusalSentences } from '#libs/platform';
import {
  extensionSentences,
  trafficSentences,
  type ExtensionRefusal,
  type TrafficRefusal,
} from '../consents/index.js';

/** What the gateway is told when it hands over a request or asks for its result. */
export type ApprovalRefusal =
  TrafficRefusal | ExtensionRefusal | 'not_found' | 'state_conflict' | 'validation_failed';

export const approvalSentences: RefusalSentences<ApprovalRefusal> = {
  ...trafficSentences,
  ...extensionSentences,
  not_found: {
    ja: '該当するものが見つかりません。',
    en: 'There is nothing here that you may see.',
  },
  state_conflict: {
    ja: 'この依頼はすでに承認の手続きを終えています。',
    en: 'This request has already been through its approval.',
  },
  validation_failed: {
    ja: '承認の依頼の内容に誤りがあります。',
    en: 'The request for approval is not well formed.',
  },
};
