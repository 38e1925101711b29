import type { RefusalSentences } from '#libs/kernel';
import type { ApplicationRefusal } from './application.js';
import { applicationSentences } from './application.refusals.js';

export type StandingRefusal = ApplicationRefusal | 'agreement_missing' | 'intermediary_terminated';

export const standingSentences: RefusalSentences<StandingRefusal> = {
  ...applicationSentences,
  agreement_missing: {
    clause: 'RKN-0.2',
    ja: 'この電代業者との契約がまだありません。',
    en: 'There is no agreement with this intermediary yet.',
  },
  intermediary_terminated: {
    ja: 'この電代業者との関係はすでに終わっています。',
    en: 'The intermediary has left for good.',
  },
};
