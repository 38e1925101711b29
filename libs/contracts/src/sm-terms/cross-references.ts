import type { CrossReference, TextDefect } from '../cross-references.js';

/** Where the terms point to another place of themselves, in the order of the text. */
export const smReferences: readonly CrossReference[] = [
  {
    in: 'SM-3.4-2',
    words: '上記(1)',
    means: ['SM-3.4-1-1', 'SM-3.4-1-2a', 'SM-3.4-1-3', 'SM-3.4-1-4'],
  },
  { in: 'SM-3.4-2', words: '第4条', means: ['SM-4.1-1'] },
  { in: 'SM-5.2', words: '第3条2', means: ['SM-R3.2'] },
  { in: 'SM-5.3-2', words: '上記(1)', means: ['SM-5.3-1a'] },
  { in: 'SM-5.3-4', words: '第10条', means: ['SM-10.3a', 'SM-10.3d'] },
  { in: 'SM-5.4-1', words: '第5条2', means: ['SM-5.2'] },
  { in: 'SM-5.4-1', words: '第3条1', means: ['SM-R3.1'] },
  { in: 'SM-5.4-2', words: '前項1', means: ['SM-5.1-1'] },
  { in: 'SM-5.4-3b', words: '前項1', means: ['SM-5.1-1'] },
  { in: 'SM-5.5-3', words: '前号', means: ['SM-5.5-2'] },
  { in: 'SM-7.4b', words: '第9条1', means: ['SM-7.1'] },
  { in: 'SM-7.4b', words: '第9条2', means: ['SM-7.2'] },
  { in: 'SM-10.2', words: '前項1', means: ['SM-10.1'] },
  { in: 'SM-13.1a', words: '第2条7', means: ['SM-R2.7'] },
  { in: 'SM-13.1b', words: '後記第14条', means: ['SM-14.1*'] },
  { in: 'SM-13.1b', words: '後記3、4', means: ['SM-13.3', 'SM-13.4'] },
  { in: 'SM-14.1*', words: '後記2', means: ['SM-14.2d'] },
  { in: 'SM-14.2a', words: '前記1', means: ['SM-14.1*'] },
  { in: 'SM-14.3', words: '前記1、2', means: ['SM-14.1*', 'SM-14.2a', 'SM-14.2e'] },
  { in: 'SM-14.3', words: '前記1', means: ['SM-14.1-1'] },
  { in: 'SM-14.4-1-0', words: '前記2', means: ['SM-14.2a', 'SM-14.2e'] },
  { in: 'SM-14.4-2', words: '前記2', means: ['SM-14.2a', 'SM-14.2e'] },
  { in: 'SM-14.5a', words: '前記2', means: ['SM-14.2a', 'SM-14.2e'] },
  { in: 'SM-14.6', words: '前記2', means: ['SM-14.2a', 'SM-14.2e'] },
  { in: 'SM-14.7', words: '前記2', means: ['SM-14.2a', 'SM-14.2e'] },
];

const lost = (id: string) => ({
  ja: `参照先が失われている。${id}として推定し、引用しない。`,
  en: `What it points to is lost: presumed as ${id}, never quoted.`,
});
const slip = { ja: '書き誤り。そのまま引く。', en: 'A slip; quoted as it stands.' };
const feeMeant = { ja: 'SM-5.1-1の振込手数料をいう。', en: 'The fee of SM-5.1-1 is meant.' };
const procedureMeant = {
  ja: '手続は第7条1と2にある。意味に従い、引用は変えない。',
  en: 'The procedure stands in article 7; the meaning is followed, the citation kept.',
};
const theftDefined = {
  ja: 'SM-13.1bの定義による盗難の意味で読む。',
  en: 'Read in the sense of theft that SM-13.1b defines.',
};

/** The defects of the terms that we know; the linter reports any other. Source: interpretations.md 2.1. */
export const smDefects: readonly TextDefect[] = [
  {
    clause: 'SM-3.4-1-1',
    words: '…が解約されている場合',
    handling: {
      ja: '文の途中から始まる。入金口座を含むかは定まらない。',
      en: 'Begins in mid-sentence; whether credit accounts are covered stays open.',
    },
  },
  { clause: 'SM-3.4-1-2a', words: '総口座貸越', handling: slip },
  { clause: 'SM-3.4-1-3', words: '正当な利用', handling: slip },
  { clause: 'SM-5.2', words: '第3条2', handling: lost('SM-R3.2') },
  { clause: 'SM-5.4-1', words: '第3条1', handling: lost('SM-R3.1') },
  { clause: 'SM-5.4-2', words: '前項1', handling: feeMeant },
  { clause: 'SM-5.4-3b', words: '前項1', handling: feeMeant },
  { clause: 'SM-7.3a', words: 'お客登録情報', handling: slip },
  { clause: 'SM-7.4b', words: '第9条1', handling: procedureMeant },
  { clause: 'SM-7.4b', words: '第9条2', handling: procedureMeant },
  { clause: 'SM-8.1', words: 'お送ります', handling: slip },
  { clause: 'SM-13.1a', words: '第2条7', handling: lost('SM-R2.7') },
  { clause: 'SM-13.1b', words: '盗難(盗取、盗聴等', handling: theftDefined },
  { clause: 'SM-13.4', words: '郵便上の事項', handling: slip },
  { clause: 'SM-14.1*', words: '不正な振込等利用', handling: slip },
  { clause: 'SM-14.7', words: '盗難されたパスワード等', handling: theftDefined },
  {
    clause: 'SM-16b',
    words: '中断',
    handling: { ja: '休止をいう。', en: 'The suspension of the same article is meant.' },
  },
];
