import type { SeedRandom } from './seed-random.js';

/** Invented holders: each name in kanji, in full-width kana for pages, in half-width kana for the ledger. */
export interface PersonName {
  readonly kanji: string;
  readonly kana: string;
  readonly half: string;
}

const FAMILY = [
  ['佐藤', 'サトウ', 'ｻﾄｳ'],
  ['鈴木', 'スズキ', 'ｽｽﾞｷ'],
  ['高橋', 'タカハシ', 'ﾀｶﾊｼ'],
  ['田中', 'タナカ', 'ﾀﾅｶ'],
  ['伊藤', 'イトウ', 'ｲﾄｳ'],
  ['渡辺', 'ワタナベ', 'ﾜﾀﾅﾍﾞ'],
  ['山本', 'ヤマモト', 'ﾔﾏﾓﾄ'],
  ['中村', 'ナカムラ', 'ﾅｶﾑﾗ'],
  ['小林', 'コバヤシ', 'ｺﾊﾞﾔｼ'],
  ['加藤', 'カトウ', 'ｶﾄｳ'],
  ['吉田', 'ヨシダ', 'ﾖｼﾀﾞ'],
  ['山田', 'ヤマダ', 'ﾔﾏﾀﾞ'],
  ['佐々木', 'ササキ', 'ｻｻｷ'],
  ['松本', 'マツモト', 'ﾏﾂﾓﾄ'],
  ['髙﨑', 'タカサキ', 'ﾀｶｻｷ'],
  ['𠮷野', 'ヨシノ', 'ﾖｼﾉ'],
  ['比嘉', 'ヒガ', 'ﾋｶﾞ'],
  ['金城', 'キンジヨウ', 'ｷﾝｼﾞﾖｳ'],
] as const;

const GIVEN = [
  ['健一', 'ケンイチ', 'ｹﾝｲﾁ'],
  ['美咲', 'ミサキ', 'ﾐｻｷ'],
  ['誠', 'マコト', 'ﾏｺﾄ'],
  ['陽子', 'ヨウコ', 'ﾖｳｺ'],
  ['翔太', 'シヨウタ', 'ｼﾖｳﾀ'],
  ['恵子', 'ケイコ', 'ｹｲｺ'],
  ['大輔', 'ダイスケ', 'ﾀﾞｲｽｹ'],
  ['直美', 'ナオミ', 'ﾅｵﾐ'],
  ['正', 'タダシ', 'ﾀﾀﾞｼ'],
  ['さくら', 'サクラ', 'ｻｸﾗ'],
  ['蓮', 'レン', 'ﾚﾝ'],
  ['和子', 'カズコ', 'ｶｽﾞｺ'],
  ['隆', 'タカシ', 'ﾀｶｼ'],
  ['由美', 'ユミ', 'ﾕﾐ'],
] as const;

export function inventedName(random: SeedRandom): PersonName {
  const [familyKanji, familyKana, familyHalf] = random.pick(FAMILY);
  const [givenKanji, givenKana, givenHalf] = random.pick(GIVEN);
  return {
    kanji: `${familyKanji} ${givenKanji}`,
    kana: `${familyKana} ${givenKana}`,
    half: `${familyHalf} ${givenHalf}`,
  };
}

export const TARO: PersonName = { kanji: '湊 太郎', kana: 'ミナト タロウ', half: 'ﾐﾅﾄ ﾀﾛｳ' };
export const HANAKO: PersonName = { kanji: '湊 花子', kana: 'ミナト ハナコ', half: 'ﾐﾅﾄ ﾊﾅｺ' };
export const JIRO: PersonName = { kanji: '青葉 次郎', kana: 'アオバ ジロウ', half: 'ｱｵﾊﾞ ｼﾞﾛｳ' };
