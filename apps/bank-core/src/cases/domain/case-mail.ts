import { dayForPeople } from '#libs/ui';
import type { Instant, Words } from '#libs/kernel';
import type { Institution } from '../../institutions/index.js';

export type CaseMailKind = 'reported' | 'police_report' | 'decided' | 'returned';

export interface CaseMailFacts {
  readonly kind: CaseMailKind;
  readonly caseId: string;
  readonly bank: Pick<Institution, 'nameJa' | 'nameEn'>;
  /** Until when the institution means to have found the cause; undefined where it has set no target (INT-12). */
  readonly answerBy?: Instant | undefined;
  /** What is still needed from the holder, in words. */
  readonly needed: readonly Words[];
}

const SUBJECTS: Readonly<Record<CaseMailKind, Words>> = {
  reported: {
    ja: '不正利用のお届けを受け付けました',
    en: 'We have received your report of misuse',
  },
  police_report: {
    ja: '警察への届出の番号を受け付けました',
    en: 'We have received the number of your police report',
  },
  decided: {
    ja: '補てんのお申出について決定しました',
    en: 'Your claim for compensation has been decided',
  },
  returned: {
    ja: '不正に送金された資金が戻りました',
    en: 'Money that was wrongly sent has come back',
  },
};

const LEADS: Readonly<Record<CaseMailKind, Words>> = {
  reported: {
    ja: 'お届けは、規定上の通知として受け付けた日時とともに記録しました。',
    en: 'Your report is on record as the notice of the terms, with the time at which it came.',
  },
  police_report: {
    ja: 'お届けの記録に加えました。',
    en: 'It has been added to the record of your report.',
  },
  decided: {
    ja: '決定の内容と理由は、決定通知書でお知らせします。',
    en: 'What was decided and why stands in the letter that you receive.',
  },
  returned: {
    ja: 'すでに補てんした分は当方に、残りはお客さまの口座に入ります（規定第14条6）。',
    en: 'What we have compensated is ours, the rest is credited to your account (terms, 14.6).',
  },
};

/**
 * What a holder is told of a claim, Japanese first. No name, no account, no amount: a mail can be read by others.
 * Source: SM-14.1-1, SM-14.6; T-30.
 */
export function caseMail(facts: CaseMailFacts): { subject: string; body: string } {
  const { kind, bank } = facts;
  const subject = SUBJECTS[kind];
  return {
    subject: `【${bank.nameJa}】${subject.ja} / ${subject.en}`,
    body: [...linesIn('ja', facts), '', '-'.repeat(40), '', ...linesIn('en', facts)].join('\n'),
  };
}

function linesIn(language: 'ja' | 'en', facts: CaseMailFacts): string[] {
  const { kind, bank, caseId, answerBy, needed } = facts;
  const say = (ja: string, en: string): string => (language === 'ja' ? ja : en);
  const isOpen = kind === 'reported' || kind === 'police_report';
  return [
    say(`${bank.nameJa}からのお知らせです。`, `This is a message from ${bank.nameEn}.`),
    SUBJECTS[kind][language],
    LEADS[kind][language],
    '',
    `${say('受付番号', 'Reference')}: ${caseId}`,
    ...(isOpen && needed.length > 0
      ? [
          say('お客さまにすみやかにお願いすること', 'What we need from you, promptly:'),
          ...needed.map((one) => `  - ${one[language]}`),
        ]
      : []),
    ...(isOpen && answerBy !== undefined
      ? [
          `${say('当方の調査の目標', 'We mean to have found the cause by')}: ${dayForPeople(
            answerBy,
            language,
          )}`,
        ]
      : []),
    '',
    say(
      '心当たりのない場合は、お取引店にお電話ください。',
      'If this is not about you, please telephone your branch.',
    ),
  ];
}
