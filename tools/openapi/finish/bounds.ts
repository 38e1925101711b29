import { mapSchema, SCHEMAS, type Document, type Parameter, type Schema } from './shape.js';

const FORMAT_CHARS: Readonly<Record<string, number>> = {
  uuid: 36,
  date: 10,
  'date-time': 40,
  uri: 2_048,
  'uri-reference': 2_048,
};
const INT32_MAX = 2 ** 31 - 1;
/** No control characters: what is a line on our side stays one on theirs. */
const LINE = '^[^\\u0000-\\u001F\\u007F]*$';
/** What is longer may have several lines; no server of ours takes any other control character. */
const TEXT = '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*$';
const LINE_MAX = 200;

/** Named once, so that every date and every instant of the document is the same one (users.md D.6). */
const HOISTED: Readonly<Record<string, readonly [name: string, schema: Schema]>> = {
  date: [
    'CivilDate',
    {
      type: 'string',
      format: 'date',
      pattern: '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$',
      maxLength: 10,
      description: 'A day of the calendar in Asia/Tokyo',
      example: '2026-11-22',
    },
  ],
  'date-time': [
    'Instant',
    {
      type: 'string',
      format: 'date-time',
      maxLength: 40,
      description: 'RFC 3339; answers carry +09:00 and milliseconds',
      example: '2026-11-22T14:05:00.000+09:00',
    },
  ],
};

const isType = (schema: Schema, type: string): boolean =>
  Array.isArray(schema.type) ? schema.type.includes(type) : schema.type === type;

/** Bounds of one schema that its format already implies, written out. */
function bounded(schema: Schema): Schema {
  if (isType(schema, 'integer')) {
    const { minimum = 0, maximum = INT32_MAX } = schema;
    return { ...schema, format: maximum <= INT32_MAX ? 'int32' : 'int64', minimum, maximum };
  }
  // A list of words from a catalogue holds each of them once at most.
  const words = isType(schema, 'array') ? schema.items?.enum : undefined;
  if (words) return { ...schema, maxItems: schema.maxItems ?? words.length };
  if (!isType(schema, 'string') || schema.enum) return schema;
  const maxLength = schema.maxLength ?? FORMAT_CHARS[schema.format ?? ''];
  const isLong = maxLength !== undefined && maxLength > LINE_MAX;
  return {
    ...schema,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(schema.format || schema.pattern ? {} : { pattern: isLong ? TEXT : LINE }),
  };
}

function hoisted(schema: Schema): Schema {
  const [name] = (isType(schema, 'string') && HOISTED[schema.format ?? '']) || [];
  if (name === undefined) return schema;
  const ref = { $ref: SCHEMAS + name };
  const about = schema.description ? { description: schema.description } : {};
  return isType(schema, 'null')
    ? { ...about, oneOf: [ref, { type: 'null' }] }
    : { ...ref, ...about };
}

const finish = (schema: Schema): Schema => mapSchema(schema, (one) => hoisted(bounded(one)));

/** Every string, number and list of a document with its bounds; dates and instants by reference. */
export function withBounds(document: Document): Document {
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, finish(schema)]),
  );
  const parameter = (one: Parameter): Parameter =>
    one.schema ? { ...one, schema: finish(one.schema) } : one;
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [
          method,
          operation.parameters
            ? { ...operation, parameters: operation.parameters.map(parameter) }
            : operation,
        ]),
      ),
    ]),
  );
  const named = Object.fromEntries(Object.values(HOISTED));
  return {
    ...document,
    paths,
    components: { ...document.components, schemas: { ...named, ...schemas } },
  };
}
