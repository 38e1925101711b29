import { Agent } from 'undici';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import {
  AddressRefused,
  guardedConnector,
  NameUnknown,
  type ConnectorOptions,
} from './guarded-connector.js';
import type { OutboundRefusal } from './outbound.refusals.js';

export interface OutboundOptions extends Pick<ConnectorOptions, 'ca' | 'resolve'> {
  /** Networks that may be called although they are not public; none in production. */
  readonly opened?: ConnectorOptions['opened'];
  /** From the first look-up to the last byte; 10 seconds unless told. */
  readonly timeoutMs?: number;
  /** 64 KiB unless told. */
  readonly answerBytesMax?: number;
}

export interface OutboundCall {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface OutboundAnswer {
  /** As it came: a redirect is an answer like any other and is never followed. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export type OutboundResult = Result<OutboundAnswer, Refusal<OutboundRefusal>>;

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 64 * 1024;
const URL_CHARS_MAX = 2048;

/**
 * The only way out of the house to an address that somebody else chose (T-13): https only, the connected
 * address judged after resolution, no redirect followed, bounded in time and size, no proxy of the
 * environment. Refuses with an `OutboundRefusal`; throws only for a bug.
 */
export class Outbound {
  private readonly agent: Agent;
  private readonly timeoutMs: number;
  private readonly answerBytesMax: number;

  constructor(options: OutboundOptions = {}) {
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.answerBytesMax = options.answerBytesMax ?? ANSWER_BYTES_MAX;
    this.agent = new Agent({
      connect: guardedConnector({
        opened: options.opened ?? [],
        timeoutMs: this.timeoutMs,
        ca: options.ca,
        resolve: options.resolve,
      }),
      allowH2: false,
      maxHeaderSize: 16 * 1024,
      maxResponseSize: this.answerBytesMax,
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      keepAliveTimeout: 1_000,
      connections: 8,
    });
  }

  async send(call: OutboundCall): Promise<OutboundResult> {
    const url = readTarget(call.url);
    if (!url) return refused('outbound_url_refused');
    try {
      const answer = await this.agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: call.method ?? 'GET',
        headers: { 'accept-encoding': 'identity', ...call.headers },
        body: call.body ?? null,
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      const body = Buffer.from(await answer.body.arrayBuffer());
      return accepted({ status: answer.statusCode, headers: answer.headers, body });
    } catch (error) {
      return refused(codeOf(error));
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The URL as it will be called, or nothing where it may not be called at all. */
export function readTarget(text: string): URL | undefined {
  if (text.length > URL_CHARS_MAX || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain ? url : undefined;
}

const TOO_LARGE = new Set(['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_HEADERS_OVERFLOW']);
const TOO_LATE = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

function codeOf(error: unknown): OutboundRefusal {
  if (error instanceof AddressRefused) return 'outbound_address_refused';
  if (error instanceof NameUnknown) return 'outbound_name_unknown';
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (name === 'TimeoutError' || TOO_LATE.has(String(code))) return 'outbound_timed_out';
  if (TOO_LARGE.has(String(code))) return 'outbound_answer_too_large';
  return 'outbound_unreachable';
}
