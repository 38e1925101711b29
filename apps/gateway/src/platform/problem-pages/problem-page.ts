import { createHash } from 'node:crypto';
import type { Language } from '#libs/platform';

/** One code of the house: every status it is answered with, and its sentences, each once. */
export interface ProblemEntry {
  readonly code: string;
  readonly statuses: readonly number[];
  readonly sentences: readonly {
    readonly ja: string;
    readonly en: string;
    readonly clause?: string;
  }[];
}

const STYLE = `body{font-family:system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;
line-height:1.7;color:#1a1a1a}h1{font-size:1.3rem}dt{font-weight:600}dd{margin:0 0 .8rem}`;

/** Nothing but this page's own style; it may not be framed by anybody (T-06). */
export const PROBLEM_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const WORDS = {
  ja: {
    title: 'エラーコード',
    meaning: '意味',
    clause: '条項',
    status: 'HTTP ステータス',
    retry: '再試行',
    again: '同じ内容で、Retry-After の時間をおいて再度お試しください。',
    notAgain: 'Retry-After のない応答は、同じ内容を繰り返しても変わりません。',
    help: 'お問い合わせには x-fapi-interaction-id（問い合わせ番号）を添えてください。',
  },
  en: {
    title: 'Error code',
    meaning: 'Meaning',
    clause: 'Clause',
    status: 'HTTP status',
    retry: 'Try again',
    again: 'Send the same again after the time of Retry-After.',
    notAgain: 'Without a Retry-After the same request will be answered the same.',
    help: 'When you ask us, quote the x-fapi-interaction-id.',
  },
} as const;

/** Whether the same request may succeed later, as the answer itself says. */
export const isRetryable = ({ statuses }: ProblemEntry): boolean =>
  statuses.some((status) => status === 429 || status === 503);

/** The page of one code, as HTML, in the language asked for. */
export function problemPageOf(entry: ProblemEntry, language: Language): string {
  const words = WORDS[language];
  const { code, statuses, sentences } = entry;
  const clauses = [...new Set(sentences.flatMap(({ clause }) => clause ?? []))];
  const lines: (readonly [term: string, texts: readonly string[]])[] = [
    [words.meaning, sentences.map((each) => each[language])],
    [words.clause, clauses],
    [words.status, statuses.map(String)],
    [words.retry, [isRetryable(entry) ? words.again : words.notAgain]],
  ];
  const list = lines
    .filter(([, texts]) => texts.length > 0)
    .map(([term, texts]) => `<dt>${term}</dt>${texts.map(definition).join('')}`)
    .join('\n');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} ${escapeHtml(code)}</title><style>${STYLE}</style></head>
<body><main><h1>${words.title} <code>${escapeHtml(code)}</code></h1>
<dl>
${list}
</dl><p>${words.help}</p></main></body></html>
`;
}

const definition = (text: string): string => `<dd>${escapeHtml(text)}</dd>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? '');
