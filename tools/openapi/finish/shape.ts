/** As much of OpenAPI 3.1 as finishing a document touches. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: object;
}

export interface Response {
  readonly $ref?: string;
  readonly description?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, Media>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema?: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, Media>>;
  };
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly object[];
  readonly 'x-summary-en'?: string;
  readonly deprecated?: boolean;
  readonly 'x-sunset'?: string;
}

export interface Document {
  readonly openapi: string;
  readonly info: object;
  readonly servers?: readonly object[];
  readonly tags?: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly [part: string]: object;
  };
}

export const SCHEMAS = '#/components/schemas/';

/** Maps every operation of a document. */
export const mapOperations = (
  paths: Document['paths'],
  change: (operation: Operation, path: string, method: string) => Operation,
): Document['paths'] =>
  Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [
          method,
          change(operation, path, method),
        ]),
      ),
    ]),
  );

/** Rewrites each schema of a tree from the leaves up; what is no schema keyword stays as it is. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const { items, properties, oneOf, anyOf, allOf, additionalProperties, ...rest } = schema;
  const inner = (one: Schema) => mapSchema(one, change);
  return change({
    ...rest,
    ...(items ? { items: inner(items) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, one]) => [name, inner(one)]),
          ),
        }
      : {}),
    ...(oneOf ? { oneOf: oneOf.map(inner) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(inner) } : {}),
    ...(allOf ? { allOf: allOf.map(inner) } : {}),
    ...(additionalProperties === undefined ? {} : { additionalProperties }),
  });
}
