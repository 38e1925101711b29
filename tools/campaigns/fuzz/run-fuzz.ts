import { readFile } from 'node:fs/promises';
import { Pool } from 'undici';
import fc from 'fast-check';
import type { WireAnswer, WireRequest } from '../gateway-ground/door.js';
import type { Stage } from '../gateway-ground/stage.js';
import { authorizationServerDrafts } from './authorization-server.js';
import { Cast, twice } from './cast.js';
import { INNER, Judge, type Fault } from './judge.js';
import { readOpenApi } from './operations.js';
import { draftsOf, type Draft } from './requests.js';

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  readonly onProgress?: (words: string) => void;
  /** Sends this one request alone. */
  readonly only?: number | undefined;
}

export interface FuzzFigures {
  requests: number;
  server_errors: number;
  off_schema: number;
  leaks: number;
  /** So that nobody takes a run for whole in which everything was refused at the door. */
  accepted: number;
  refused: number;
  unavailable: number;
  /** Operations of the documents that answered with success at least once. */
  operations_reached: number;
  operations: number;
}

export interface FuzzResult {
  readonly figures: FuzzFigures;
  readonly findings: readonly string[];
}

type Target = 'intermediary' | 'public' | 'authorization' | 'internal';

const AT_ONCE = 12;
const LOOK_AFTER_EVERY = 400;
const FINDINGS_MAX = 60;
const COUNTER: Readonly<Record<Fault, 'server_errors' | 'off_schema' | 'leaks'>> = {
  server_error: 'server_errors',
  off_schema: 'off_schema',
  leak: 'leaks',
};

/** Of twenty requests so many go to the API, the public part, the authorization server and inside. */
const targetOf = (nth: number): Target => {
  const turn = nth % 20;
  if (turn < 11) return 'intermediary';
  if (turn < 12) return 'public';
  return turn < 17 ? 'authorization' : 'internal';
};

/** Generated requests over every route. The seed and the number of a request decide what is sent. */
export async function fuzz(stage: Stage, options: FuzzOptions): Promise<FuzzResult> {
  const documents = {
    intermediary: readOpenApi('gateway', 'intermediary'),
    public: readOpenApi('gateway', 'public'),
    internal: readOpenApi('bank-core', 'internal'),
  };
  const drafts: Readonly<Record<Target, fc.Arbitrary<Draft>>> = {
    intermediary: draftsOf(documents.intermediary),
    public: draftsOf(documents.public),
    internal: draftsOf(documents.internal),
    authorization: authorizationServerDrafts,
  };
  const cast = await Cast.gather(stage);
  const judge = new Judge(documents);
  const inside = await InnerDoor.open(stage);
  const run = new Run(cast, judge, inside, drafts, options);
  try {
    return await run.all();
  } finally {
    await inside.close();
  }
}

class Run {
  readonly #reached = new Set<string>();
  readonly #met = new Set<string>();
  readonly #findings: string[] = [];
  readonly #kinds = new Map<string, number>();
  readonly figures: FuzzFigures = {
    requests: 0,
    server_errors: 0,
    off_schema: 0,
    leaks: 0,
    accepted: 0,
    refused: 0,
    unavailable: 0,
    operations_reached: 0,
    operations: 0,
  };

  constructor(
    private readonly cast: Cast,
    private readonly judge: Judge,
    private readonly inside: InnerDoor,
    private readonly drafts: Readonly<Record<Target, fc.Arbitrary<Draft>>>,
    private readonly options: FuzzOptions,
  ) {}

  async all(): Promise<FuzzResult> {
    const { requests, only } = this.options;
    if (only !== undefined) await this.#one(only);
    else await this.#many(requests);
    this.figures.operations_reached = this.#reached.size;
    this.figures.operations = this.#met.size;
    return { figures: this.figures, findings: this.#findings };
  }

  async #many(requests: number): Promise<void> {
    for (let begin = 0; begin < requests; begin += LOOK_AFTER_EVERY) {
      const end = Math.min(begin + LOOK_AFTER_EVERY, requests);
      let next = begin;
      const worker = async (): Promise<void> => {
        while (next < end) {
          const nth = next;
          next += 1;
          await this.#one(nth);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      await this.#lookAfter();
      this.options.onProgress?.(`${end} of ${requests} ${JSON.stringify(this.figures)}`);
    }
  }

  /** Requests may end the agreement that they rest on; then there is a new one. */
  async #lookAfter(): Promise<void> {
    await this.cast.refresh();
    if (await this.cast.isWell()) return;
    await this.cast.refresh(true);
    if (await this.cast.isWell()) return;
    throw new Error('A plain read does not work any more.');
  }

  async #one(nth: number): Promise<void> {
    const target = targetOf(nth);
    const [draft] = fc.sample(this.drafts[target], { seed: this.options.seed + nth, numRuns: 1 });
    if (!draft) return;
    const request = this.cast.requestOf(draft, nth);
    const answer = await this.#send(target, request);
    this.figures.requests += 1;
    if (draft.operation) this.#met.add(draft.operation.id);
    if (!answer) return this.#find('server_error', 'there was no answer', nth, request);
    this.#count(answer, draft, target);
    const sent = `${decoded(request.path)} ${JSON.stringify(request.headers)} ${request.body ?? ''}`;
    const isInner = target === INNER;
    const secrets = isInner ? [] : this.cast.secretsFrom(draft.caller);
    const asked = { sent, secrets, document: target };
    for (const { fault, words } of this.judge.of(draft.operation, answer, asked)) {
      this.#find(fault, words, nth, request, answer);
    }
  }

  #send(target: Target, request: WireRequest): Promise<WireAnswer | undefined> {
    const send = (): Promise<WireAnswer> =>
      target === INNER ? this.inside.ask(request) : this.cast.send(request);
    return twice(send).catch(() => undefined);
  }

  #count(answer: WireAnswer, draft: Draft, target: Target): void {
    if (answer.status === 503) this.figures.unavailable += 1;
    else if (answer.status < 400) this.figures.accepted += 1;
    else this.figures.refused += 1;
    if (answer.status >= 300) return;
    if (draft.operation) this.#reached.add(draft.operation.id);
    if (target !== 'intermediary') return;
    if (draft.caller === 'holder' || draft.caller === 'own') this.cast.learn(answer.text);
  }

  #find(fault: Fault, words: string, nth: number, request: WireRequest, answer?: WireAnswer): void {
    this.figures[COUNTER[fault]] += 1;
    const kind = `${fault} ${words} ${request.method} ${shapeOf(request.path)}`;
    const times = (this.#kinds.get(kind) ?? 0) + 1;
    this.#kinds.set(kind, times);
    if (times > 1 || this.#findings.length >= FINDINGS_MAX) return;
    const { authorization: _a, dpop: _d, ...headers } = request.headers ?? {};
    const shown = JSON.stringify({ ...request, headers, body: withoutSecrets(request.body) });
    const said = answer ? ` → ${answer.status} ${answer.text.slice(0, 300)}` : '';
    const again = `--seed ${this.options.seed} --only ${nth}`;
    this.#findings.push(`${fault}: ${words} (${again}) ${shown.slice(0, 900)}${said}`);
  }
}

const withoutSecrets = (body: string | undefined): string | undefined =>
  body?.replace(/(client_assertion|refresh_token)=[^&]*/g, '$1=…').slice(0, 600);

const shapeOf = (path: string): string =>
  (path.split('?')[0] ?? '').replace(/\/[^/]*(?:_|%|\d)[^/]*/g, '/*').slice(0, 80);

function decoded(path: string): string {
  try {
    return `${path} ${decodeURIComponent(path.replaceAll('+', ' '))}`;
  } catch {
    return path;
  }
}

/** The way to bank-core's inner listener, with the gateway's own certificate. */
class InnerDoor {
  private constructor(
    private readonly pool: Pool,
    private readonly stage: Stage,
  ) {}

  static async open(stage: Stage): Promise<InnerDoor> {
    const { gatewayInternal, insideAuthority } = stage.certificates;
    const read = (file: string) => readFile(file, 'utf8');
    const [cert, key, ca] = await Promise.all(
      [gatewayInternal.certificate, gatewayInternal.key, insideAuthority].map(read),
    );
    const connect = { servername: 'bank-core.internal', cert, key, ca } as Pool.Options['connect'];
    const origin = `https://127.0.0.1:${stage.bankInternalPort}`;
    return new InnerDoor(
      new Pool(origin, { connections: 8, ...(connect ? { connect } : {}) }),
      stage,
    );
  }

  async ask({ method, path, headers, body }: WireRequest): Promise<WireAnswer> {
    const [client] = this.stage.clients;
    const answer = await this.pool.request({
      method,
      path,
      headers: {
        'x-fapi-interaction-id': crypto.randomUUID(),
        'x-renkei-client': client?.client_id ?? '',
        'x-renkei-epsp': client?.epsp_id ?? '',
        'x-renkei-chain-partner': 'none',
        ...headers,
        host: `bank-core.internal:${this.stage.bankInternalPort}`,
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
