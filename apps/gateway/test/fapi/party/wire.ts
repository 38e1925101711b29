import { request, type Agent } from 'node:https';
import type { IncomingMessage } from 'node:http';

export interface Answer {
  readonly status: number;
  /** Lower-case names; what came more than once keeps every value. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly text: string;
  /** The JSON object of the body; empty where it is none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The server broke the connection instead of answering; the other members are empty then. */
  readonly isDropped: boolean;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly form?: URLSearchParams;
}

const LIMIT_MS = 20_000;
const DROPPED: Answer = { status: 0, headers: {}, text: '', body: {}, isDropped: true };
/** How a server ends a TLS handshake that it does not like, as OpenSSL and the socket name it. */
const DROPS = /^(ECONNRESET|EPIPE|EPROTO|ERR_SSL_.*)$/;

/** One request, never redirected, never repeated. Header names go out in the case they are given in. */
export async function send(url: string, agent: Agent, sent: Sent = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, form } = sent;
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(url, { agent, method, timeout: LIMIT_MS });
      for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
      if (form) outgoing.setHeader('content-type', 'application/x-www-form-urlencoded');
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
      outgoing.once('timeout', () => outgoing.destroy(new Error(`${url} does not answer.`)));
      outgoing.end(form?.toString());
    });
    return await read(answer);
  } catch (error) {
    if (DROPS.test((error as NodeJS.ErrnoException).code ?? '')) return DROPPED;
    throw error;
  }
}

async function read(answer: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const { statusCode: status = 0, headersDistinct: headers } = answer;
  return { status, headers, text, body: asObject(text), isDropped: false };
}

function asObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export const headerOf = (answer: Answer, name: string): string => answer.headers[name]?.[0] ?? '';
