import { request, type Agent } from 'node:https';
import type { IncomingMessage } from 'node:http';

const LIMIT_MS = 30_000;

export type LocalFetch = (url: string | URL, init?: LocalRequest) => Promise<Response>;

/** The part of `RequestInit` that OAuth clients and our own tools use. */
export interface LocalRequest {
  readonly method?: string | undefined;
  readonly headers?: ConstructorParameters<typeof Headers>[0] | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * A `fetch` over our own agent: Node's own cannot be told where `*.localhost` is nor whom to trust.
 * Redirects are answers here, never followed: every step of the flow is looked at.
 */
export function localFetch(agent: Agent): LocalFetch {
  return async (url, init = {}) => {
    const body = bodyOf(init.body);
    const headers = new Headers(init.headers);
    if (body !== undefined) headers.set('content-length', String(body.byteLength));
    if (init.body instanceof URLSearchParams && !headers.has('content-type')) {
      headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    }
    const answer = await send(new URL(url), agent, init, headers, body);
    return toResponse(answer);
  };
}

function bodyOf(body: unknown): Buffer | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof URLSearchParams) return Buffer.from(`${body}`);
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (body instanceof ArrayBuffer) return Buffer.from(new Uint8Array(body));
  throw new TypeError('A body of this kind is not sent here.');
}

function send(
  url: URL,
  agent: Agent,
  init: LocalRequest,
  headers: Headers,
  body: Buffer | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      agent,
      method: init.method ?? 'GET',
      headers: Object.fromEntries(headers),
      timeout: LIMIT_MS,
      ...(init.signal ? { signal: init.signal } : {}),
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.once('timeout', () => outgoing.destroy(new Error(`${url.host} does not answer.`)));
    outgoing.end(body);
  });
}

async function toResponse(answer: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '');
  }
  const status = answer.statusCode ?? 500;
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers });
}
