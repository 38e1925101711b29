import type { RefusalSentences } from '#libs/platform';
import { agreementSentences, type AgreementRefusal } from '../agreements/index.js';
import { linkStopSentences, type LinkStopRefusal } from '../links/index.js';

/** What stops traffic before anybody looks at a consent. */
export type TrafficRefusal = AgreementRefusal | LinkStopRefusal | 'function_not_offered';

/** A consent that carries nothing, for good or for now. */
type Lifeless = 'consent_revoked' | 'consent_expired' | 'holder_unavailable';

/** Why nothing rests on a consent any more, for good. */
export type ConsentEnd = 'customer_left' | 'consent_expired' | 'consent_revoked';

/** Why a consent cannot go on for longer. */
export type ExtensionRefusal = Lifeless | 'term_not_longer';

export type ConsentRefusal =
  TrafficRefusal | Lifeless | 'customer_left' | 'permission_not_granted' | 'not_found';

export const trafficSentences: RefusalSentences<TrafficRefusal> = {
  ...agreementSentences,
  ...linkStopSentences,
  function_not_offered: {
    ja: 'この金融機関はこの機能を提供していません。',
    en: 'The institution does not offer this function.',
    clause: 'RKN-D4',
  },
};

const lifelessSentences: RefusalSentences<Lifeless> = {
  consent_revoked: {
    ja: '同意は撤回されています。',
    en: 'The consent has been withdrawn.',
    clause: 'RKN-S1',
  },
  consent_expired: {
    ja: '同意の期間が終わっています。',
    en: 'The term of the consent is over.',
    clause: 'RKN-S1',
  },
  holder_unavailable: {
    ja: '現在、この利用者の情報は提供できません。',
    en: 'The holder is not available at the moment.',
    clause: 'RKN-D6',
  },
};

export const extensionSentences: RefusalSentences<ExtensionRefusal> = {
  ...lifelessSentences,
  term_not_longer: {
    ja: '延長後の期間が、今の期間より長くありません。',
    en: 'The term asked for is not longer than the present one.',
    clause: 'RKN-S1',
  },
};

export const consentSentences: RefusalSentences<ConsentRefusal> = {
  ...trafficSentences,
  ...lifelessSentences,
  customer_left: {
    ja: 'この利用者は現在このサービスの利用者ではありません。',
    en: 'The user is no longer a user of this service.',
    clause: 'RKN-D6',
  },
  permission_not_granted: {
    ja: 'この情報の提供は同意に含まれていません。',
    en: 'The consent does not include this permission.',
    clause: 'RKN-S1',
  },
  not_found: {
    ja: '該当するものが見つかりません。',
    en: 'There is nothing here that you may see.',
  },
};
