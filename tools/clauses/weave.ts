import {
  facts,
  parametersOf,
  readingEntry,
  type AnyClause,
  type Article,
  type Contract,
  type FactName,
} from '#libs/contracts';
import type { Words } from '#libs/kernel';
import type { ClauseLine, ClauseMap } from './clause-map.js';

/** Path below `docs/contracts` → Markdown. */
export type WovenPages = ReadonlyMap<string, string>;

const FORCE: Readonly<Record<AnyClause['force'], Words>> = {
  enforce: { ja: '強制：反することができない', en: 'enforce: the contrary is impossible' },
  record: {
    ja: '記録：人が決め、根拠を残す',
    en: 'record: people decide and leave their grounds',
  },
  inform: { ja: '表示：示すだけ', en: 'inform: it is shown' },
  missing: { ja: '欠落：推定であり、本文ではない', en: 'missing: presumed, never quoted' },
};

const KIND: Readonly<Record<AnyClause['kind'], Words>> = {
  rule: { ja: '規範', en: 'rule' },
  power: { ja: '権限', en: 'power' },
  obligation: { ja: '義務', en: 'obligation' },
  definition: { ja: '定義', en: 'definition' },
  procedure: { ja: '手続', en: 'procedure' },
  disclaimer: { ja: '免責', en: 'disclaimer' },
  notice_only: { ja: '告知', en: 'notice only' },
  not_in_source: { ja: '本文になし', en: 'not in the source' },
};

/** A cell of a table: no line break, no bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

type Row = readonly [label: Words, ja: string, en: string];

/** What is the same in both languages stands below the table, once. */
const both = (label: Words, text: string): Row => [label, text, text];
const isSame = ([, ja, en]: Row): boolean => ja === en;

const list = (all: readonly string[]): string => all.join('<br>');

const factWords = (names: readonly string[], language: 'ja' | 'en'): string =>
  list(names.map((name) => facts[name as FactName]?.[language] ?? name));

function parameterRows(clause: AnyClause): Row[] {
  return parametersOf(clause).map((one) => [
    { ja: '所定の値', en: 'parameter' },
    `\`${one.id}\` ${one.ja}：${one.constraint.ja}（${one.unit}）`,
    `\`${one.id}\` ${one.en}: ${one.constraint.en} (${one.unit})`,
  ]);
}

function readingRows(clause: AnyClause): Row[] {
  return (clause.readings ?? []).map((id) => {
    const { question, readings } = readingEntry(id);
    const others = Object.keys(readings).filter((letter) => letter !== 'A');
    const rest = (ja: string): string => (others.length > 0 ? `${ja}${others.join(', ')}` : '');
    return [
      { ja: '解釈', en: 'reading' },
      `${id} ${question.ja}<br>A：${readings.A.ja}${rest('<br>他に ')}`,
      `${id} ${question.en}<br>A: ${readings.A.en}${rest('<br>also ')}`,
    ];
  });
}

function memberRows(clause: AnyClause): Row[] {
  const holds = clause as AnyClause & Readonly<Record<string, unknown>>;
  const names = (key: string): readonly string[] => (holds[key] as string[] | undefined) ?? [];
  const rows: Row[] = [];
  const figures = Object.entries((holds['figures'] ?? {}) as Record<string, number>);
  if (figures.length > 0) {
    const text = figures.map(([name, value]) => `${name} = ${value}`).join(', ');
    rows.push(both({ ja: '本文の数値', en: 'figures of the text' }, text));
  }
  const asked = [...names('needs'), ...names('asks')];
  if (asked.length > 0) {
    const label =
      clause.force === 'record'
        ? { ja: '人が記録するもの', en: 'what people supply' }
        : { ja: '用いる事実', en: 'facts used' };
    rows.push([label, factWords(asked, 'ja'), factWords(asked, 'en')]);
  }
  if (names('shownAt').length > 0) {
    rows.push(both({ ja: '表示の場所', en: 'shown at' }, names('shownAt').join(', ')));
  }
  if (names('presupposedBy').length > 0) {
    const label = { ja: '推定の根拠となる条項', en: 'presupposed by' };
    rows.push(both(label, names('presupposedBy').join(', ')));
  }
  const related = [...(clause.refers ?? []), ...(clause.overrides ?? [])];
  if (related.length > 0) {
    rows.push(both({ ja: '関係する条項', en: 'other clauses' }, related.join(', ')));
  }
  return rows;
}

function period({ from, until }: AnyClause): Row[] {
  if (from === undefined && until === undefined) return [];
  return [both({ ja: '適用期間', en: 'in force' }, `${from ?? ''} – ${until ?? ''}`)];
}

function clauseBlock({ clause, code, tests }: ClauseLine): string[] {
  const specs = [...new Set(tests.map(({ path }) => path))].sort();
  const rows: Row[] = [
    [{ ja: '規則', en: 'rule' }, clause.ja, clause.en],
    [
      { ja: '働き', en: 'force' },
      `${FORCE[clause.force].ja}（${KIND[clause.kind].ja}）`,
      `${FORCE[clause.force].en} (${KIND[clause.kind].en})`,
    ],
    ...memberRows(clause),
    ...parameterRows(clause),
    ...readingRows(clause),
    ...period(clause),
    both({ ja: 'コード', en: 'code' }, code === undefined ? '–' : `\`${code}\``),
    both({ ja: 'テスト', en: 'tests' }, specs.map((path) => `\`${path}\``).join(', ') || '–'),
  ];
  const head = clause.key === undefined ? clause.id : `${clause.id}　${clause.key}`;
  return [
    `## ${head}`,
    '',
    '| | 日本語 | English |',
    '|---|---|---|',
    ...rows
      .filter((row) => !isSame(row))
      .map(([label, ja, en]) => `| ${label.ja} / ${label.en} | ${cell(ja)} | ${cell(en)} |`),
    '',
    ...rows.filter(isSame).map(([label, text]) => `- ${label.ja} / ${label.en}: ${text}`),
    '',
  ];
}

const pageName = (article: Article): string =>
  `${article.id.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.md`;

function page(contract: Contract, article: Article, map: ClauseMap): string {
  const own = map.lines.filter(({ clause }) => article.clauses.includes(clause));
  return [
    `# ${article.id} ${article.title.ja} / ${article.title.en}`,
    '',
    `${contract.name.ja}（${contract.edition}） / ${contract.name.en} (${contract.edition})`,
    '',
    '[一覧 / index](README.md)',
    '',
    ...own.flatMap(clauseBlock),
  ].join('\n');
}

function indexPage(contracts: readonly Contract[], map: ClauseMap): string {
  const { bound, lines } = map;
  const sections = contracts.flatMap((contract) => [
    `## ${contract.name.ja} / ${contract.name.en}`,
    '',
    `版 / edition ${contract.edition}, ${contract.effectiveFrom} –`,
    '',
    '| | 日本語 | English | 条項 / clauses |',
    '|---|---|---|---|',
    ...contract.articles.map(
      (one) =>
        `| [${one.id}](${pageName(one)}) | ${one.title.ja} | ${one.title.en} | ${one.clauses.length} |`,
    ),
    '',
  ]);
  return [
    '# 条項・コード・テスト / Clauses, code and tests',
    '',
    '契約と規定の各条項について、鍵語、私たちの言葉による規則、働き、所定の値、解釈、コード、テストを並べる。',
    '本文そのものは載せない。本文は公表されている原文を見ること。',
    '',
    'Each clause of the agreement and the terms: key words, the rule in our own words, its force,',
    'parameters, readings, code and tests. The texts themselves are not reproduced; read the',
    'published originals beside these pages.',
    '',
    `${lines.length} 条項 / clauses: 強制 / rule ${bound.rule}, 記録 / record ${bound.record}, ` +
      `表示 / display ${bound.display}, 欠落 / missing ${bound.missing}.`,
    '',
    'Written by `npm run clauses -- --write`; do not edit. 自動生成、編集しないこと。',
    '',
    ...sections,
  ].join('\n');
}

/** Weaves the pages for lawyers: an index and one page per article or part, both languages beside. */
export function weave(contracts: readonly Contract[], map: ClauseMap): WovenPages {
  const pages = new Map([['README.md', indexPage(contracts, map)]]);
  for (const contract of contracts) {
    for (const article of contract.articles) {
      pages.set(pageName(article), page(contract, article, map));
    }
  }
  return pages;
}
