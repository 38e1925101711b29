import fc from 'fast-check';
import type { WireAnswer, WireRequest } from '../gateway-ground/door.js';
import type { Stage } from '../gateway-ground/stage.js';
import { authorizationServerDrafts } from './authorization-server.js';
import type { Audience } from './callers.js';
import { Cast, twice } from './cast.js';
import { goodDraft, inOrder } from './first-pass.js';
import { INNER, Judge, type Fault } from './judge.js';
import { operationsOf, readOpenApi, type OpenApi } from './operations.js';
import type { Draft } from './draft.js';
import { draftsOf } from './requests.js';
import { isCertain } from './uncertain.js';
import { Ways } from './ways.js';

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
  /** Operations whose one well-formed call was refused; what is behind them was not tried (0 in a good run). */
  good_calls_refused: number;
}

export interface FuzzResult {
  readonly figures: FuzzFigures;
  readonly findings: readonly string[];
  /** Operations that nothing reached, for whoever looks further. */
  readonly unreached: readonly string[];
}

/** Documents by name: in which application they are, and for whom. The endpoints of OAuth have none. */
const DOCUMENTS = {
  intermediary: ['gateway', 'intermediary', 'intermediaries'],
  public: ['gateway', 'public', 'everybody'],
  registration: ['gateway', 'registration', 'software'],
  notices: ['bank-core', 'public', 'everybody'],
  staff: ['bank-core', 'staff', 'officers'],
  [INNER]: ['bank-core', 'internal', 'gateway'],
} as const satisfies Record<string, readonly ['gateway' | 'bank-core', string, Audience]>;

type Described = keyof typeof DOCUMENTS;
type Target = Described | 'authorization';

const AT_ONCE = 12;
const LOOK_AFTER_EVERY = 400;
const FINDINGS_MAX = 60;
const COUNTER: Readonly<Record<Fault, 'server_errors' | 'off_schema' | 'leaks'>> = {
  server_error: 'server_errors',
  off_schema: 'off_schema',
  leak: 'leaks',
};

/** Of twenty requests so many go to each. */
const TURNS: readonly Target[] = (
  [
    [8, 'intermediary'],
    [1, 'public'],
    [2, 'registration'],
    [1, 'notices'],
    [3, 'authorization'],
    [3, 'staff'],
    [2, INNER],
  ] as const
).flatMap(([times, target]) => Array<Target>(times).fill(target));

const targetOf = (nth: number): Target => TURNS[nth % TURNS.length] ?? 'intermediary';

/** Generated requests over every route. The seed and the number of a request decide what is sent. */
export async function fuzz(stage: Stage, options: FuzzOptions): Promise<FuzzResult> {
  const documents = readDocuments();
  const drafts = Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, [, , audience]]) => [
      name,
      draftsOf(documents[name]!, audience),
    ]),
  );
  const first = goodCalls(documents);
  const [door] = stage.doors;
  if (!door) throw new Error('There is one process.');
  const ways = await Ways.open(stage);
  try {
    const cast = await Cast.gather(stage, { gateway: door, console: ways.console });
    const judge = new Judge(documents);
    const all = { ...drafts, authorization: authorizationServerDrafts };
    return await new Run(cast, judge, ways, all, first, options).all();
  } finally {
    await ways.close();
  }
}

interface Planned {
  readonly target: Target;
  readonly draft: Draft;
}

const readDocuments = (): Record<string, OpenApi> =>
  Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, [app, file]]) => [name, readOpenApi(app, file)]),
  );

/** One of each operation that somebody outside calls; those between the servers have no examples. */
const goodCalls = (documents: Readonly<Record<string, OpenApi>>): Planned[] =>
  Object.entries(DOCUMENTS)
    .filter(([name]) => name !== INNER)
    .flatMap(([name, [, , audience]]) =>
      inOrder(operationsOf(documents[name]!)).map((operation) => ({
        target: name as Target,
        draft: goodDraft(operation, audience),
      })),
    );

/** Operations that a run reaches whatever chance brings. */
export const certainOperations = (): string[] =>
  goodCalls(readDocuments()).flatMap((planned) => {
    const name = nameOf(planned);
    const { operation } = planned.draft;
    return name && operation && isCertain(name, operation) ? [name] : [];
  });

class Run {
  readonly #reached = new Set<string>();
  readonly #met = new Set<string>();
  readonly #findings: string[] = [];
  readonly #refused: string[] = [];
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
    good_calls_refused: 0,
  };

  constructor(
    private readonly cast: Cast,
    private readonly judge: Judge,
    private readonly ways: Ways,
    private readonly drafts: Readonly<Record<string, fc.Arbitrary<Draft>>>,
    private readonly first: readonly Planned[],
    private readonly options: FuzzOptions,
  ) {}

  async all(): Promise<FuzzResult> {
    const { requests, only } = this.options;
    await this.#first();
    if (only !== undefined) await this.#one(only);
    else await this.#many(requests);
    this.figures.operations_reached = this.#reached.size;
    this.figures.operations = this.#met.size;
    const unreached = [...this.#met].filter((name) => !this.#reached.has(name));
    return { figures: this.figures, findings: [...this.#refused, ...this.#findings], unreached };
  }

  /** One well-formed call of each operation: what stands behind it can be reached, or the run says so. */
  async #first(): Promise<void> {
    for (const planned of this.first) {
      const name = nameOf(planned) ?? '';
      const { operation } = planned.draft;
      const answer = await this.#send(planned, 0, `first call of ${name}`);
      await this.cast.mend();
      if (this.#reached.has(name) || !operation || !isCertain(name, operation)) continue;
      this.figures.good_calls_refused += 1;
      const told = `${answer?.status} ${answer?.text.slice(0, 600)}`;
      this.#refused.push(`the good call of ${name} was refused: ${told}`);
    }
    await this.#lookAfter();
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
    const drafts = this.drafts[target];
    if (!drafts) throw new Error(`Nothing is drafted for ${target}.`);
    const [draft] = fc.sample(drafts, { seed: this.options.seed + nth, numRuns: 1 });
    if (!draft) return;
    this.figures.requests += 1;
    await this.#send({ target, draft }, nth, `--seed ${this.options.seed} --only ${nth}`);
    await this.cast.mend();
  }

  /** Sends a draft and judges the answer; `again` tells how to have the same once more. */
  async #send(planned: Planned, nth: number, again: string): Promise<WireAnswer | undefined> {
    const { target, draft } = planned;
    const request = this.cast.requestOf(draft, nth);
    const name = nameOf(planned);
    if (name) this.#met.add(name);
    const answer = await twice(() => this.#ask(target, request)).catch(() => undefined);
    if (!answer) {
      this.#find('server_error', 'there was no answer', again, request);
      return undefined;
    }
    this.#count(answer);
    if (answer.status < 300 && name) this.#reached.add(name);
    this.cast.learn(draft.caller, draft.operation?.id, answer);
    const sent = `${decoded(request.path)} ${JSON.stringify(request.headers)} ${request.body ?? ''}`;
    const secrets = this.cast.secretsFrom({ caller: draft.caller, target, path: request.path });
    const asked = { sent, secrets, document: target };
    for (const { fault, words } of this.judge.of(draft.operation, answer, asked)) {
      this.#find(fault, words, again, request, answer);
    }
    return answer;
  }

  #ask(target: Target, request: WireRequest): Promise<WireAnswer> {
    switch (target) {
      case INNER:
        return this.ways.inside.ask(request);
      case 'notices':
        return this.ways.bank.ask(request);
      case 'staff':
        return this.ways.console.ask(request);
      default:
        return this.cast.send(request);
    }
  }

  #count({ status }: WireAnswer): void {
    if (status === 503) this.figures.unavailable += 1;
    else if (status < 400) this.figures.accepted += 1;
    else this.figures.refused += 1;
  }

  #find(
    fault: Fault,
    words: string,
    again: string,
    request: WireRequest,
    answer?: WireAnswer,
  ): void {
    this.figures[COUNTER[fault]] += 1;
    const kind = `${fault} ${words} ${request.method} ${shapeOf(request.path)}`;
    const times = (this.#kinds.get(kind) ?? 0) + 1;
    this.#kinds.set(kind, times);
    if (times > 1 || this.#findings.length >= FINDINGS_MAX) return;
    const headers = withoutCredentials(request.headers);
    const shown = JSON.stringify({ ...request, headers, body: withoutSecrets(request.body) });
    const said = answer ? ` → ${answer.status} ${answer.text.slice(0, 300)}` : '';
    this.#findings.push(`${fault}: ${words} (${again}) ${shown.slice(0, 900)}${said}`);
  }
}

/** Ids of operations are one's own within a document only. */
const nameOf = ({ target, draft }: Planned): string | undefined =>
  draft.operation && `${target} ${draft.operation.id}`;

const CREDENTIALS = ['authorization', 'dpop', 'cookie', 'Key-Proof'];

const withoutCredentials = (headers: WireRequest['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.includes(name)));

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
