const FULL =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
const HALF = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ';

/** Full-width kana and the two combining marks to the half-width forms that are sent. */
export const HALF_WIDTH: ReadonlyMap<string, string> = new Map([
  ...[...FULL].map((kana, index) => [kana, HALF[index] ?? ''] as const),
  ['\u3099', 'ﾞ'],
  ['\u309A', 'ﾟ'],
  ['゛', 'ﾞ'],
  ['゜', 'ﾟ'],
]);

/** Small kana are written large: キュ is キユ, ッ is ツ. */
export const LARGE_KANA: ReadonlyMap<string, string> = new Map(
  [...'ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケ']
    .join('')
    .match(/../gu)!
    .map((pair) => [...pair] as [string, string]),
);

// Of what people type for a name. Everything else is refused before any normalisation, so that a
// mathematical, Cyrillic or Greek letter cannot turn into the Latin one that it resembles (T-07).
const ACCEPTED_INPUT: readonly (readonly [number, number])[] = [
  [0x0020, 0x007e], // printable ASCII
  [0x3000, 0x3000], // ideographic space
  [0x3041, 0x3096], // hiragana
  [0x3099, 0x309c], // voiced marks
  [0x30a1, 0x30fc], // katakana, middle dot, long mark
  [0xff01, 0xff5e], // full-width ASCII
  [0xff65, 0xff9f], // half-width katakana
];
const ACCEPTED_DASHES = new Set('‐‑‒–—―−～〜');

export function isAcceptedInput(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    ACCEPTED_DASHES.has(character) ||
    ACCEPTED_INPUT.some(([first, last]) => code >= first && code <= last)
  );
}
