import type { RefusalSentences } from '#libs/platform';
import { consentSentences } from '../consents/index.js';
import { institutionSentences } from '../institutions/index.js';
import { disclosureSentences } from '../limits/index.js';
import { inquiryOwnSentences, type InquiryRefusal } from './domain/inquiry.refusals.js';

export const inquirySentences: RefusalSentences<InquiryRefusal> = {
  ...consentSentences,
  ...institutionSentences,
  ...disclosureSentences,
  ...inquiryOwnSentences,
};
