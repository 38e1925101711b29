import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { BankCoreProblem } from './types.js';

export interface BankCoreAddress {
  /** Where to connect, an address or a name that DNS knows. */
  readonly url: string;
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export interface BankCoreCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Sent as it is, instead of JSON. */
  readonly file?: Buffer;
  /** The longest answer that is taken, where it may be longer than most: 4 MiB without. */
  readonly answerBytesMax?: number;
}

export type BankCoreAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      readonly body: unknown;
      /** The answer of an earlier call with the same idempotency key. */
      readonly isReplay: boolean;
    }
  | { readonly ok: false; readonly problem: BankCoreProblem; readonly retryAfterSeconds?: number };

/** A document as bank-core draws it: its bytes are passed on as they are. */
export interface BankCoreFile {
  readonly mediaType: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

export type BankCoreFileAnswer =
  | { readonly ok: true; readonly file: BankCoreFile }
  | Extract<BankCoreAnswer, { readonly ok: false }>;

/** bank-core did not answer, or not as agreed. `sent` tells whether it may have acted on the request. */
export class BankCoreSilent extends Error {
  override readonly name = 'BankCoreSilent';
  constructor(
    readonly sent: boolean,
    options?: ErrorOptions,
  ) {
    super('bank-core does not answer', options);
  }
}

/** bank-core answered, but more than the call takes: it would do so again, so that nobody is told to come back. */
export class BankCoreAnswerTooLarge extends Error {
  override readonly name = 'BankCoreAnswerTooLarge';
  constructor(bytesMax: number) {
    super(`bank-core answers more than ${bytesMax} bytes`);
  }
}

/** Who has to answer, wherever it is: the name in bank-core's inside certificate (T-01). */
const NAME = 'bank-core.internal';
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

/** It failed, or its database did not answer: nobody knows what became of the request. */
const NO_ANSWER = new Set(['internal_error', 'temporarily_unavailable']);

/** All its connections go to one place: their pool needs no name made of certificates and keys for each call. */
class OneTarget extends Agent {
  override getName(): string {
    return NAME;
  }
}

/** The one connection to bank-core: mutual TLS, kept alive, judged by name. */
export class BankCoreTransport {
  private readonly agent: Agent;
  private readonly base: URL;

  /** `answerMs`: a call without an answer by then has failed, in milliseconds. */
  constructor(
    private readonly target: BankCoreAddress,
    private readonly answerMs: number,
  ) {
    this.base = new URL('/internal/v1/', target.url);
    this.agent = new OneTarget({ keepAlive: true, maxSockets: 64, scheduling: 'lifo' });
  }

  /**
   * One request and its answer. Throws `BankCoreSilent` where there was none that can be understood, and
   * `BankCoreAnswerTooLarge` where there was too much of it.
   */
  async call(call: BankCoreCall): Promise<BankCoreAnswer> {
    const { answer, bytes } = await this.exchange(call);
    const status = answer.statusCode ?? 0;
    if (!isGood(status)) return refusalIn(answer, bytes);
    const body = parse(bytes);
    const isUnderstood = bytes.length === 0 ? status === 204 : body !== undefined;
    if (!isUnderstood) throw new BankCoreSilent(true);
    const isReplay = answer.headers['idempotency-replayed'] === 'true';
    return { ok: true, status, body, isReplay };
  }

  /** One request that a document answers. Throws `BankCoreSilent` as `call` does. */
  async fetch(call: BankCoreCall): Promise<BankCoreFileAnswer> {
    const { answer, bytes } = await this.exchange(call);
    if (!isGood(answer.statusCode ?? 0)) return refusalIn(answer, bytes);
    const { 'content-type': mediaType, 'content-disposition': disposition = '' } = answer.headers;
    const [, fileName] = /^attachment; filename="([\w.-]{1,200})"(?:;|$)/.exec(disposition) ?? [];
    if (mediaType === undefined || fileName === undefined) throw new BankCoreSilent(true);
    return { ok: true, file: { mediaType, fileName, bytes } };
  }

  /** Reads an endless NDJSON answer line by line. Resolves when it ends, rejects when it breaks. */
  async stream(path: string, onMessage: (message: unknown) => void, abort: AbortSignal) {
    const call = { method: 'GET', path, headers: {} } as const;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = httpsRequest(this.options(call, abort), resolve);
      request.once('error', (cause) => reject(new BankCoreSilent(false, { cause })));
      request.end();
    });
    if (answer.statusCode !== 200) {
      answer.destroy();
      throw new BankCoreSilent(false);
    }
    const lines = createInterface({ input: answer, crlfDelay: Infinity });
    for await (const line of lines) if (line) onMessage(JSON.parse(line));
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(call: BankCoreCall) {
    const { answerBytesMax = ANSWER_BYTES_MAX } = call;
    const body = call.file ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    return new Promise<{ answer: IncomingMessage; bytes: Buffer }>((resolve, reject) => {
      const state = { sent: false };
      // Not AbortSignal.timeout: that one, and the request it was made for, would stay in memory for its whole term.
      const late = setTimeout(() => request.destroy(new Error('too late')), this.answerMs);
      const fail = (cause: Error) => {
        clearTimeout(late);
        reject(new BankCoreSilent(state.sent, { cause }));
      };
      const request = httpsRequest(this.options(call), (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          if ((size += chunk.length) <= answerBytesMax) return;
          clearTimeout(late);
          reject(new BankCoreAnswerTooLarge(answerBytesMax));
          answer.destroy();
        });
        answer.once('end', () => {
          clearTimeout(late);
          resolve({ answer, bytes: Buffer.concat(chunks) });
        });
        answer.once('error', fail);
      });
      request.once('error', fail);
      // Once the socket stands the request may have arrived: its outcome is unknown when no answer comes.
      request.once('finish', () => (state.sent = true));
      request.end(body);
    });
  }

  private options(call: BankCoreCall, signal?: AbortSignal): RequestOptions {
    const url = new URL(call.path, this.base);
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, value);
    const { cert, key, ca } = this.target;
    return {
      host: url.hostname,
      servername: NAME,
      port: url.port,
      path: url.pathname + url.search,
      method: call.method,
      headers: {
        ...call.headers,
        host: `${NAME}:${url.port}`,
        accept: 'application/json',
        ...(call.body ? { 'content-type': 'application/json' } : {}),
        ...(call.file ? { 'content-type': 'application/octet-stream' } : {}),
      },
      agent: this.agent,
      ...(signal ? { signal } : {}),
      cert,
      key,
      ca,
    };
  }
}

const isGood = (status: number): boolean => status >= 200 && status < 300;

function refusalIn(
  { headers }: IncomingMessage,
  bytes: Buffer,
): Extract<BankCoreAnswer, { readonly ok: false }> {
  const problem = parse(bytes) as BankCoreProblem | undefined;
  if (typeof problem?.code !== 'string' || NO_ANSWER.has(problem.code))
    throw new BankCoreSilent(true);
  const wait = Number(headers['retry-after']);
  return { ok: false, problem, ...(wait > 0 ? { retryAfterSeconds: wait } : {}) };
}

function parse(bytes: Buffer): unknown {
  try {
    return bytes.length === 0 ? undefined : (JSON.parse(bytes.toString('utf8')) as unknown);
  } catch {
    return undefined;
  }
}
