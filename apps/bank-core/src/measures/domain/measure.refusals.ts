import {
  machineRefusals,
  type ChainCode,
  type LinkCode,
  type ReviewCode,
  type StepCode,
} from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';

/** What the libraries refuse, and the few words of the house: a matter, a letter or a party that is not there. */
export type MeasureRefusal =
  ReviewCode | ChainCode | LinkCode | StepCode | 'evidence_required' | HouseRefusal;

/** Refusals that are no machine's: they concern who asks for what, not what a clause allows. */
export const HOUSE_REFUSALS = [
  'institution_not_covered',
  'letter_unknown',
  'arrived_before_sent',
  'finding_unknown',
  'incident_unknown',
  'statements_exhausted',
  'too_many_previews',
] as const;
type HouseRefusal = (typeof HOUSE_REFUSALS)[number];

const own: RefusalSentences<HouseRefusal> = {
  institution_not_covered: {
    ja: 'この電代業者との契約は、この金融機関を対象としていません。',
    en: 'No agreement in force with this intermediary covers the institution.',
    clause: 'RKN-0.2',
  },
  letter_unknown: { ja: '文書が見つかりません。', en: 'There is no such letter.' },
  arrived_before_sent: {
    ja: '到達の日時は、発行の日時より前にはできません。',
    en: 'Nothing arrives before it was sent.',
  },
  too_many_previews: {
    ja: '試算の回数の上限に達しました。しばらくしてからやり直してください。',
    en: 'Too many previews; try again in a while.',
  },
  incident_unknown: {
    ja: 'この電代業者からこの金融機関への事故の報告ではありません。',
    en: 'That is no incident which this intermediary reported to the institution.',
    clause: 'RKN-S4a',
  },
  statements_exhausted: {
    ja: 'この通知について受け付けられる意見の件数を超えています。',
    en: 'No more statements are taken on this notice.',
  },
  finding_unknown: { ja: '監視の事項が見つかりません。', en: 'There is no such finding.' },
};

export const measureSentences = { ...machineRefusals, ...own } as RefusalSentences<MeasureRefusal>;
