import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { WireAnswer } from '../gateway-ground/door.js';
import { nameIn, type OpenApi, type Operation } from './operations.js';

/** Name of the document of bank-core's inner API. */
export const INNER = 'internal';

export type Fault = 'server_error' | 'off_schema' | 'leak';

export interface Finding {
  readonly fault: Fault;
  readonly words: string;
}

/** What only a program says of itself: stacks, statements, files, addresses. */
const INNARDS: readonly RegExp[] = [
  /\bat (?:async )?[\w.<>[\] ]+ \(?(?:file:|node:|\/\w)/,
  /node_modules|node:internal|\.[cm]?js:\d+/,
  /\b(?:select|insert|update|delete)\b[^"]{0,80}\b(?:from|into|set|where)\b/i,
  /syntax error at|violates|duplicate key|invalid input syntax|relation "|column "|SQLSTATE/,
  /postgres(?:ql)?:\/\/|renkei_(?:bank|gateway)|127\.0\.0\.1|ECONNREFUSED/,
  /Cannot read propert|is not a function|is not iterable|Unexpected token/,
];

const pointer = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

const CONTENT_TYPE = /^[^;]+/;
const mediaOf = (answer: WireAnswer): string =>
  (CONTENT_TYPE.exec(String(answer.headers['content-type'] ?? ''))?.[0] ?? '').trim().toLowerCase();

/** What is known of the asker: what the request said, and what its answer must not tell. */
export interface Asked {
  readonly sent: string;
  /** Ids, names and tokens of others. */
  readonly secrets: readonly string[];
  /** Which document describes the operation. */
  readonly document: string;
}

/** Whether an answer keeps to what is published and says nothing that the asker may not know. */
export class Judge {
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction | undefined>();

  constructor(private readonly documents: Readonly<Record<string, OpenApi>>) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false });
    addFormats.default(this.#ajv);
    for (const [name, document] of Object.entries(documents)) {
      this.#ajv.addSchema(document, `https://${name}.example/`);
    }
  }

  of(operation: Operation | undefined, answer: WireAnswer, asked: Asked): Finding[] {
    const found: Finding[] = [];
    if (answer.status >= 500 && answer.status !== 503) {
      found.push({ fault: 'server_error', words: `status ${answer.status}` });
    }
    const off = this.#off(operation, answer, asked.document);
    if (off) found.push({ fault: 'off_schema', words: off });
    const leak = this.#leak(answer, asked);
    if (leak) found.push({ fault: 'leak', words: leak });
    return found;
  }

  /** The inner API documents what it gives; what it refuses is read by the gateway alone. */
  #off(operation: Operation | undefined, answer: WireAnswer, document: string): string | undefined {
    if (!operation) return offProtocol(answer);
    if (document === INNER && answer.status >= 300) return undefined;
    return this.#offSchema(document, operation, answer);
  }

  #offSchema(document: string, operation: Operation, answer: WireAnswer): string | undefined {
    const { status } = answer;
    const given = operation.responses[String(status)];
    if (!given) return `status ${status} is not documented`;
    const name = nameIn(given.$ref, 'responses');
    const shared = this.documents[document]?.components?.responses?.[name ?? ''];
    const { content } = shared ?? given;
    if (!content) {
      return answer.text === '' ? undefined : `status ${status} has a body that is not documented`;
    }
    const media = mediaOf(answer);
    if (!content[media]) return `status ${status} comes as "${media}"`;
    // What a file holds, no schema says.
    if (!content[media].schema || !/[/+]json$/.test(media)) return undefined;
    const { path, method } = operation;
    const own = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    const place = name === undefined ? own : ['components', 'responses', name];
    const reference = [...place, 'content', media, 'schema'].map(pointer).join('/');
    return this.#validate(`https://${document}.example/#/${reference}`, answer.text);
  }

  #validate(reference: string, text: string): string | undefined {
    if (!this.#validators.has(reference)) {
      this.#validators.set(reference, this.#ajv.compile({ $ref: reference }));
    }
    const validate = this.#validators.get(reference);
    const body = parse(text);
    if (body === undefined) return 'the body is no JSON';
    if (!validate || validate(body)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath ?? ''} ${error?.message ?? 'does not fit'}`;
  }

  #leak({ text, headers }: WireAnswer, { sent, secrets }: Asked): string | undefined {
    const named = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
    const said = [text, ...named].join('\n');
    const innards = INNARDS.map((pattern) => pattern.exec(said)?.[0]).find(
      (match) => match !== undefined && !sent.includes(match),
    );
    if (innards !== undefined) return `tells of its inside: ${innards.slice(0, 60)}`;
    const secret = secrets.find((each) => said.includes(each) && !sent.includes(each));
    return secret === undefined ? undefined : `tells somebody else's ${secret.slice(0, 8)}…`;
  }
}

/** What OAuth's endpoints, the pages of the gateway and everything unknown may answer. */
function offProtocol(answer: WireAnswer): string | undefined {
  const { status, text } = answer;
  const allowed = [200, 201, 202, 204, 302, 303, 400, 401, 403, 404, 405, 413, 414, 415, 429, 503];
  if (!allowed.includes(status)) return `status ${status} is none of the protocol's`;
  const media = mediaOf(answer);
  if (status < 400 || text === '' || media === 'text/html') return undefined;
  // A method that an endpoint of the library does not know: its own words, and no more.
  if (status === 404 && text === 'Not Found') return undefined;
  const body = parse(text) as Record<string, unknown> | undefined;
  if (media === 'application/problem+json') {
    return typeof body?.['code'] === 'string' ? undefined : 'a problem without a code';
  }
  if (media !== 'application/json') return `status ${status} comes as "${media}"`;
  return typeof body?.['error'] === 'string' ? undefined : 'an error without its name';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
