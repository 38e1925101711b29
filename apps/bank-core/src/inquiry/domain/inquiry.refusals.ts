import type { RefusalSentences } from '#libs/kernel';
import type { ConsentRefusal } from '../../consents/index.js';
import type { InstitutionRefusal } from '../../institutions/index.js';
import type { DisclosureRefusal } from '../../limits/index.js';

export type InquiryOwnRefusal = 'outside_service_hours' | 'period_too_long';

export type InquiryRefusal =
  ConsentRefusal | InstitutionRefusal | InquiryOwnRefusal | DisclosureRefusal;

export const inquiryOwnSentences: RefusalSentences<InquiryOwnRefusal> = {
  outside_service_hours: {
    clause: 'SM-4.1-2',
    ja: '照会サービスの利用時間外です。',
    en: 'The inquiry service is closed at this hour.',
  },
  period_too_long: {
    clause: 'SM-4.1-1',
    ja: '照会できる期間を超えています。',
    en: 'The inquiry reaches further back than the institution allows.',
  },
};
