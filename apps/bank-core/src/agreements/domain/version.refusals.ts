import type { RefusalSentences } from '#libs/kernel';
import type { VersionRefusal } from './agreement-file.js';
import { agreementSentences } from './agreement.refusals.js';

export const versionSentences: RefusalSentences<VersionRefusal> = {
  section_missing: {
    clause: 'RKN-0.1',
    ja: '公表すべき三つの事項（損害の分担・利用者情報・連鎖接続）がそろっていません。',
    en: 'One of the three items that have to be published is missing or empty.',
  },
  date_in_the_past: {
    ja: '今日より前の日は指定できません。',
    en: 'The date lies in the past.',
  },
  period_wrong: {
    clause: 'RKN-0.1',
    ja: '契約の終わりの日が始まりの日より前です。',
    en: 'The agreement would end before it begins.',
  },
  not_the_newest_version: {
    clause: 'RKN-0.1',
    ja: '最新の版に続く版ではありません。最新の版を読み直してください。',
    en: 'It does not follow the newest version. Read that one first.',
  },
  institution_not_covered: agreementSentences.institution_not_covered,
  already_covered: {
    clause: 'RKN-0.2',
    ja: 'この金融機関はすでにこの版の対象です。',
    en: 'The version covers this institution already.',
  },
  not_covered_now: {
    clause: 'RKN-0.2',
    ja: 'この金融機関はその日に対象となっていません。',
    en: 'The institution is not covered on that day.',
  },
  agreement_over: {
    clause: 'RKN-0.2',
    ja: 'この契約はその日には終わっています。',
    en: 'The agreement is over by that day.',
  },
};
