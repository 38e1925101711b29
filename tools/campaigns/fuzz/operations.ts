import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../project.js';
import type { WireRequest } from '../gateway-ground/door.js';

/** As much of JSON Schema 2020-12 as our own documents use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
}

/** One documented answer, or where it is written down. */
export interface DocumentedAnswer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Media>>;
}

interface Documented {
  readonly operationId?: string;
  readonly parameters?: readonly (Parameter & { readonly $ref?: string })[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, DocumentedAnswer>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

/** One method of one path, as the document describes it. */
export interface Operation extends Documented {
  readonly id: string;
  readonly method: WireRequest['method'];
  readonly path: string;
  readonly parameters: readonly Parameter[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export const readOpenApi = (app: 'gateway' | 'bank-core', name: string): OpenApi =>
  parse(readFileSync(join(projectRoot, 'apps', app, 'openapi', `${name}.yaml`), 'utf8')) as OpenApi;

/** Every operation of the document; endless streams are left out, they answer nothing to be judged. */
export function operationsOf({ paths, components }: OpenApi): Operation[] {
  const parameterOf = (given: Parameter & { readonly $ref?: string }): Parameter =>
    components?.parameters?.[nameIn(given.$ref, 'parameters') ?? ''] ?? given;
  return Object.entries(paths)
    .filter(([path]) => !path.endsWith('/stream'))
    .flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method]) => METHODS.includes(method))
        .map(([method, documented]) => ({
          ...documented,
          id: documented.operationId ?? `${method} ${path}`,
          method: method.toUpperCase() as Operation['method'],
          path,
          parameters: (documented.parameters ?? []).map(parameterOf),
        })),
    );
}

/** The name in a reference to one of the document's components. */
export const nameIn = (reference: string | undefined, kind: string): string | undefined =>
  new RegExp(`^#/components/${kind}/(.+)$`).exec(reference ?? '')?.[1];

/** The scopes of which each one alone opens the operation. */
export const scopesOf = ({ security = [] }: Operation): string[] =>
  security.flatMap(({ oauth2 = [] }) => oauth2);

/** The schema behind a reference into `components`. */
export function resolve(document: OpenApi, schema: Schema): Schema {
  const name = nameIn(schema.$ref, 'schemas');
  if (name === undefined) return schema;
  const found = document.components?.schemas?.[name];
  if (!found) throw new Error(`The document has no schema ${name}.`);
  return resolve(document, found);
}
