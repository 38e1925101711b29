import { createHash } from 'node:crypto';
import { languageOf } from '#libs/platform';

const STYLE = `body{font-family:system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;
line-height:1.7;color:#1a1a1a}h1{font-size:1.3rem}code{font-size:1rem}`;

/** Nothing but this page's own style; it may not be framed by anybody (T-06). */
export const ERROR_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const WORDS = {
  ja: {
    title: '連携の手続きを続けられません',
    advice: 'ご利用のサービスに戻って、もう一度最初からお試しください。',
    code: 'エラーコード',
  },
  en: {
    title: 'This request cannot be continued',
    advice: 'Please go back to the service you came from and start again.',
    code: 'Error code',
  },
} as const;

/** Of what passes by itself: whoever starts again may ask for a second transfer. */
const PASSING_WORDS = {
  ja: {
    title: 'しばらくお待ちください',
    advice:
      '少し待ってから、このページを再読み込みしてください。' +
      '確認された内容は受け付けられていることがありますので、最初からやり直さないでください。',
  },
  en: {
    title: 'Please wait a moment',
    advice:
      'Reload this page in a moment. Do not start again: what you have confirmed may have been accepted.',
  },
} as const;
const PASSING: ReadonlySet<number> = new Set([429, 503]);

/** What went wrong: an error code, a sentence in English, and the HTTP status that the page goes with. */
export interface ShownError {
  readonly error: string;
  readonly description: string;
  readonly status: number;
}

/**
 * The page at the authorization endpoint where no redirect is safe. `oauth-error` is a fixed id: it holds
 * the error code as text (oauth.md 4.6). With 429 and 503 it says to reload: the same link works in a moment.
 */
export function errorPage(
  { error, description, status }: ShownError,
  acceptLanguage: string,
): string {
  const language = languageOf(acceptLanguage);
  const words = { ...WORDS[language], ...(PASSING.has(status) ? PASSING_WORDS[language] : {}) };
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title><style>${STYLE}</style></head>
<body><main><h1>${words.title}</h1><p>${words.advice}</p>
<p>${words.code}: <code id="oauth-error">${escapeHtml(error)}</code></p>
<p lang="en">${escapeHtml(description)}</p></main></body></html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? '');
