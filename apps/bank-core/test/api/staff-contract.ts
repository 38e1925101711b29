import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { projectRoot } from '../../../../tools/project.js';

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface StaffDocument {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly responses: Readonly<Record<string, Answer>> }>>
    >
  >;
}
interface Known {
  readonly path: string;
  readonly pattern: RegExp;
}

const ADDRESS = 'https://staff.example/';

/** The staff API as it is published: every answer that a test gets from it has to be one of these. */
class StaffContract {
  private readonly document: StaffDocument;
  private readonly ajv = new Ajv2020({ strict: false, validateSchema: false });
  private readonly known: readonly Known[];
  private readonly validators = new Map<string, ValidateFunction>();

  constructor() {
    const file = join(projectRoot, 'apps/bank-core/openapi/staff.yaml');
    this.document = closed(parse(readFileSync(file, 'utf8'))) as StaffDocument;
    addFormats.default(this.ajv);
    this.ajv.addSchema(this.document, ADDRESS);
    // A word in a path is named before what any word may stand for.
    this.known = Object.keys(this.document.paths)
      .sort((one, other) => variablesIn(one) - variablesIn(other))
      .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));
  }

  /** What is wrong with an answer, or nothing. */
  fault(method: string, url: string, status: number, body: unknown): string | undefined {
    const found = this.known.find(({ pattern }) => pattern.test(url.split('?')[0] ?? ''));
    const operation = found && this.document.paths[found.path]?.[method.toLowerCase()];
    if (!operation) return undefined;
    const content = operation.responses[String(status)]?.content;
    const at = `${method} ${found.path} ${status}`;
    if (!operation.responses[String(status)]) return `${at} is not documented`;
    const media = status < 400 ? 'application/json' : 'application/problem+json';
    if (!content?.[media]?.schema) return undefined;
    const parts = ['paths', found.path, method.toLowerCase(), 'responses', String(status)];
    const reference = `${ADDRESS}#/${[...parts, 'content', media, 'schema'].map(pointer).join('/')}`;
    const validate = this.validators.get(reference) ?? this.ajv.compile({ $ref: reference });
    this.validators.set(reference, validate);
    if (validate(body)) return undefined;
    const [error] = validate.errors ?? [];
    const more = JSON.stringify(error?.params ?? {});
    return `${at}: ${error?.instancePath ?? ''} ${error?.message ?? ''} ${more}`;
  }
}

const variablesIn = (path: string): number => path.split('{').length;
const pointer = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** A member that no schema names is as wrong as one that is missing. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]));
  const isShape = typeof members['properties'] === 'object' && members['type'] !== undefined;
  return isShape && !('additionalProperties' in members)
    ? { ...members, additionalProperties: false }
    : members;
}

let read: StaffContract | undefined;

/** Throws where the staff API answers otherwise than its document says. */
export function mustBeAsPublished(
  method: string,
  url: string,
  answer: { readonly status: number; readonly body: unknown },
): void {
  read ??= new StaffContract();
  const fault = read.fault(method, url, answer.status, answer.body);
  if (fault !== undefined) throw new Error(`Not as published: ${fault}`);
}
