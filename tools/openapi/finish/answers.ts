import { refOf } from './closed-requests.js';
import { withExample } from './examples.js';
import { ISSUER } from './issuer.js';
import {
  mapOperations,
  type Document,
  type Media,
  type Operation,
  type Response,
} from './shape.js';

const header = (description: string, schema: object) => ({ description, schema });
const text = (pattern: string, maxLength: number, example: string) => ({
  type: 'string',
  pattern,
  maxLength,
  example,
});

const HEADERS = {
  InteractionId: header(
    '問い合わせ番号: yours where it was a UUID, ours otherwise; on every answer',
    {
      type: 'string',
      format: 'uuid',
      maxLength: 36,
    },
  ),
  RateLimit: header(
    'What is left, and when it resets (IETF ratelimit-headers)',
    text('^[ -~]+$', 200, '"intermediary";r=412;t=18'),
  ),
  RateLimitPolicy: header(
    'The limits in force',
    text('^[ -~]+$', 200, '"intermediary";q=600;w=60'),
  ),
  PageLink: header(
    'The way to the next page (RFC 8288), where there is one',
    text('^<[!-~]+>; rel="next"$', 2_200, '</v1/banks/2963/accounts?cursor=x>; rel="next"'),
  ),
  RetryAfter: header('Seconds to wait', {
    type: 'integer',
    format: 'int32',
    minimum: 1,
    maximum: 86_400,
  }),
  ContentLanguage: header('ja, or en where Accept-Language asks for it', {
    type: 'string',
    enum: ['ja', 'en'],
  }),
} as const;

const ref = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });

function headersOf(status: number, isPublic: boolean): Readonly<Record<string, object>> {
  return {
    'x-fapi-interaction-id': ref('InteractionId'),
    ...(!isPublic && status < 500
      ? { RateLimit: ref('RateLimit'), 'RateLimit-Policy': ref('RateLimitPolicy') }
      : {}),
    ...(status === 429 || status === 503 ? { 'Retry-After': ref('RetryAfter') } : {}),
    ...(status >= 400 ? { 'Content-Language': ref('ContentLanguage') } : {}),
  };
}

/** Whether an answer is one page of several. */
function isPage({ content }: Response, schemas: Document['components']['schemas']): boolean {
  const name = refOf(content?.['application/json']?.schema ?? {});
  return schemas[name ?? '']?.properties?.['links'] !== undefined;
}

const PROBLEM = 'application/problem+json';

/** What a problem of each status looks like, in the words of the house. */
const PROBLEMS: Readonly<Record<number, readonly [code: string, ja: string, en: string]>> = {
  400: [
    'validation_failed',
    '送信された内容に誤りがあります。errors の各項目を確認してください。',
    'The request is not well formed. See each entry of errors.',
  ],
  401: [
    'invalid_token',
    'アクセストークンが無効か、期限が切れています。',
    'The access token is not valid or has expired.',
  ],
  403: [
    'permission_not_granted',
    '利用者はこの照会に同意していません。',
    'The consent does not hold this permission.',
  ],
  404: ['not_found', '該当するものが見つかりません。', 'There is nothing here that you may see.'],
  409: [
    'state_conflict',
    '現在の状態ではこの操作はできません。',
    'This is not possible in the present state.',
  ],
  412: [
    'version_conflict',
    '読み取った後に変更されています。もう一度読み取ってください。',
    'It has changed since it was read. Read it again.',
  ],
  413: [
    'body_too_large',
    '送信された内容が大きすぎます。',
    'The request body is larger than this endpoint accepts.',
  ],
  415: [
    'media_type_not_supported',
    'この Content-Type は受け付けていません。',
    'This Content-Type is not accepted here.',
  ],
  431: ['headers_too_large', 'ヘッダーが大きすぎます。', 'The request headers are too large.'],
  422: ['unknown_branch', '店番が見つかりません。', 'There is no branch with this code.'],
  428: [
    'version_required',
    'If-Match に、読み取ったときの ETag を指定してください。',
    'Send If-Match with the ETag that was read.',
  ],
  429: [
    'quota_exceeded',
    '呼び出しの上限を超えました。RateLimit の時間をおいてください。',
    'The limit of calls is exceeded. Wait as RateLimit says.',
  ],
  500: [
    'internal_error',
    '処理中に問題が発生しました。問い合わせ番号をお知らせください。',
    'Something went wrong on our side. Please tell us the interaction id.',
  ],
  503: [
    'core_unavailable',
    '金融機関のシステムが応答していません。しばらくしてから再度お試しください。',
    'The bank does not answer at the moment. Please try again shortly.',
  ],
};

function problemExample(status: number): object {
  const [code, ja, en] = PROBLEMS[status] ?? ['internal_error', '', ''];
  return {
    type: `${ISSUER}/problems/${code}`,
    title: code.replaceAll('_', ' '),
    status,
    detail: ja,
    detail_ja: ja,
    detail_en: en,
    instance: 'urn:uuid:3f1c2f0a-7a51-4a4e-9d3f-0a6c2f3f0b77',
    code,
    retryable: status === 429 || status === 503,
    ...(status === 400
      ? { errors: [{ pointer: '/amount/amount', code: 'matches', detail: 'amount must match' }] }
      : {}),
  };
}

/** Every answer with its headers, a description and an example; problems are written once. */
export function withAnswers(document: Document, isPublic: boolean): Document {
  const { schemas } = document.components;
  const shared: Record<string, Response> = {};
  const media = (status: number, content: Response['content']) =>
    Object.fromEntries(
      Object.entries(content ?? {}).map(([type, one]): [string, Media] => [
        type,
        type === PROBLEM ? { ...one, example: problemExample(status) } : withExample(one, schemas),
      ]),
    );
  const answer = (operation: Operation, status: number, response: Response): Response => {
    const summary = operation['x-summary-en'] ?? operation.summary ?? '';
    const own = {
      ...response,
      description: response.description || summary,
      headers: {
        ...response.headers,
        ...headersOf(status, isPublic),
        ...(isPage(response, schemas) ? { Link: ref('PageLink') } : {}),
      },
      ...(response.content ? { content: media(status, response.content) } : {}),
    };
    if (status < 400) return own;
    const name = `Problem${status}`;
    const first = (shared[name] ??= own);
    return JSON.stringify(first) === JSON.stringify(own)
      ? { $ref: `#/components/responses/${name}` }
      : own;
  };
  const paths = mapOperations(document.paths, (operation) => ({
    ...operation,
    description: operation.description ?? `${operation['x-summary-en'] ?? operation.summary}.`,
    ...(operation.requestBody
      ? {
          requestBody: {
            ...operation.requestBody,
            content: media(200, operation.requestBody.content),
          },
        }
      : {}),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [
        status,
        answer(operation, Number(status), response),
      ]),
    ),
  }));
  const written = JSON.stringify([paths, shared]);
  const headers = Object.fromEntries(
    Object.entries(HEADERS).filter(([name]) => written.includes(`#/components/headers/${name}"`)),
  );
  const components = { ...document.components, headers, responses: shared };
  return { ...document, paths, components };
}
