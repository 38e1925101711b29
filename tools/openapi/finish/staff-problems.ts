import {
  mapOperations,
  mapSchema,
  type Document,
  type Operation,
  type Parameter,
  type Response,
  type Schema,
} from './shape.js';

const WORDS: Readonly<Record<number, string>> = {
  400: 'The request is not well formed',
  401: 'Nobody is logged in, or the session has ended',
  403: 'The role that this needs is missing, or one person would act alone',
  404: 'Nothing here that you may see',
  409: 'The order of events does not allow it now',
  413: 'The body is larger than is taken',
  415: 'The body is of another type',
  422: 'Well formed, but against a clause or a rule of the house',
  429: 'Too many at once',
  500: 'Something went wrong on our side',
  503: 'A part of the bank does not answer at the moment',
};
const READS = [400, 401, 403, 404, 429, 500, 503];
const ACTS = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503];
const PROBLEM = 'ProblemDto';

/** RFC 9457 with our members; every room answers its refusals with it. */
const SCHEMA: Schema = {
  type: 'object',
  required: [
    'type',
    'title',
    'status',
    'detail',
    'detail_ja',
    'detail_en',
    'instance',
    'code',
    'retryable',
  ],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string', maxLength: 200 },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', maxLength: 2_000 },
    detail_ja: { type: 'string', maxLength: 2_000 },
    detail_en: { type: 'string', maxLength: 2_000 },
    instance: { type: 'string', format: 'uri' },
    code: { type: 'string', pattern: '^[a-z_]+$', maxLength: 60 },
    clause: {
      type: 'string',
      pattern: '^[A-Z]+-[A-Za-z0-9.*/-]+$',
      maxLength: 40,
      example: 'RKN-S4a',
    },
    retryable: { type: 'boolean' },
    facts: { type: 'object', additionalProperties: true },
    errors: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', maxLength: 200 },
          code: { type: 'string', maxLength: 60 },
          detail: { type: 'string', maxLength: 500 },
        },
      },
    },
  },
};

/** The longest text that any room takes, and so the longest one that an answer holds. */
const TEXT_MAX = 200_000;
const ITEMS_MAX = 5_000;
const ID = { type: 'string', pattern: '^[A-Za-z0-9_-]+$', maxLength: 60 } as const;

/**
 * What the console's API leaves unsaid because it is the same everywhere: the problems that its caller can meet, the
 * session it needs, names in paths that rooms take as one, and bounds that the rooms enforce elsewhere.
 */
export function withStaffProblems(document: Document): Document {
  const paths = mapOperations(document.paths, (operation, path, method) => ({
    ...operation,
    ...(path.endsWith('/sessions') ? {} : { security: [{ session: [] }] }),
    parameters: parametersOf(operation, path).map((one) =>
      one.schema ? { ...one, schema: mapSchema(one.schema, bounded) } : one,
    ),
    responses: boundedResponses({ ...operation.responses, ...problemsOf(operation, method) }),
  }));
  const schemas = { ...document.components.schemas, [PROBLEM]: SCHEMA };
  const all = Object.entries(schemas).map(
    ([name, schema]) => [name, mapSchema(schema, bounded)] as const,
  );
  const components = { ...document.components, schemas: Object.fromEntries(all) };
  return { ...document, paths, components };
}

/** Those of the path that the decorators do not name stand in it all the same. */
function parametersOf({ parameters = [] }: Operation, path: string): readonly Parameter[] {
  const named = new Set(parameters.filter((one) => one.in === 'path').map(({ name }) => name));
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const missing = inPath
    .filter((name) => !named.has(name))
    .map((name) => ({ name, in: 'path', required: true, schema: ID }));
  const ids = parameters.map((one) =>
    one.in === 'path' && one.schema?.maxLength === undefined && !one.schema?.enum
      ? { ...one, schema: { ...ID, ...one.schema, maxLength: ID.maxLength } }
      : one,
  );
  return [...missing, ...ids];
}

const isOf = ({ type }: Schema, name: string): boolean =>
  Array.isArray(type) ? type.includes(name) : type === name;

/** Formats and words of a list are bounded by themselves. */
function bounded(schema: Schema): Schema {
  if (isOf(schema, 'array') && schema.maxItems === undefined)
    return { ...schema, maxItems: ITEMS_MAX };
  const isFree = schema.maxLength === undefined && !schema.enum && !schema.format;
  return isOf(schema, 'string') && isFree ? { ...schema, maxLength: TEXT_MAX } : schema;
}

const boundedResponses = (responses: Operation['responses']): Operation['responses'] =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      response.content ? { ...response, content: boundedContent(response.content) } : response,
    ]),
  );

const boundedContent = (content: NonNullable<Response['content']>) =>
  Object.fromEntries(
    Object.entries(content).map(([type, media]) => [
      type,
      media.schema ? { ...media, schema: mapSchema(media.schema, bounded) } : media,
    ]),
  );

function problemsOf({ responses }: Operation, method: string): Record<string, Response> {
  const met = (method === 'get' ? READS : ACTS).filter((status) => !(status in responses));
  return Object.fromEntries(
    met.map((status) => [
      String(status),
      {
        description: WORDS[status] ?? '',
        content: {
          'application/problem+json': { schema: { $ref: `#/components/schemas/${PROBLEM}` } },
        },
      },
    ]),
  );
}
