/** Invented employers and customers, in half-width kana with the usual abbreviations (japan.md section 6). */
export const PAYERS = [
  'ｶ)ﾐﾅﾄｼﾖｳｼﾞ',
  'ﾕ)ﾊﾏｶｾﾞｾｲｻｸｼﾖ',
  'ｶ)ｱｵﾊﾞｾｲｷ',
  'ｲ)ﾐｽﾞｷｶｲ',
  'ｶ)ﾂﾊﾞﾒｳﾝﾕ',
  'ﾌｸ)ﾋｶﾘｴﾝ',
] as const;

export const PAYEES = [
  'ﾔﾏﾀﾞ ﾕﾐ',
  'ﾅｶﾑﾗ ﾀｶｼ',
  'ｶ)ｺﾀﾞﾏｼﾖﾃﾝ',
  'ﾐﾅﾐｼﾞﾁｶｲ',
  'ｼﾖｳｶﾞｸｾｲｼﾞﾕｸ ﾐｽﾞｷ',
  'ｻｻｷ ﾚﾝ',
  'ﾋﾏﾜﾘｷﾖｳｼﾂ',
] as const;
