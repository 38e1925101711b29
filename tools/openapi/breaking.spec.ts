import { describe, expect, test } from '@jest/globals';
import { breakingChanges } from './breaking.js';
import type { Document, Operation, Schema } from './finish/shape.js';
import { brokenSinceRelease, readDocuments } from './index.js';

const json = (schema: Schema) => ({ 'application/json': { schema } });
const entry: Schema = {
  type: 'object',
  required: ['id', 'state'],
  properties: {
    id: { type: 'string' },
    state: { type: 'string', enum: ['A', 'B'] },
    note: { type: ['string', 'null'] },
  },
};
const asked: Schema = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { type: 'string', enum: ['x', 'y'] }, amount: { type: 'string' } },
};
const operation = (over: Partial<Operation> = {}): Operation => ({
  operationId: 'make',
  requestBody: { content: json({ $ref: '#/components/schemas/Asked' }) },
  responses: { '200': { content: json({ $ref: '#/components/schemas/Entry' }) } },
  ...over,
});
const documentOf = (
  schemas: Record<string, Schema> = {},
  post: Operation | undefined = operation(),
): Document => ({
  openapi: '3.1.1',
  info: {},
  paths: post ? { '/v1/x': { post } } : {},
  components: { schemas: { Entry: entry, Asked: asked, ...schemas } },
});
const after = (schemas: Record<string, Schema>, post?: Operation) =>
  breakingChanges(documentOf(), documentOf(schemas, post));
const withMembers = (schema: Schema, properties: Record<string, Schema>, over: Schema = {}) => ({
  ...schema,
  ...over,
  properties,
});

describe('B-5 what would break a client is found; what would not is let through', () => {
  test('an operation that is gone, an answer that is gone, a header that is demanded', () => {
    expect(breakingChanges(documentOf(), { ...documentOf(), paths: {} })).toEqual([
      'POST /v1/x is gone',
    ]);
    expect(after({}, operation({ responses: { '202': {} } }))).toEqual([
      'POST /v1/x no longer answers 200',
    ]);
    const parameters = [{ name: 'If-Match', in: 'header', required: true }];
    expect(after({}, operation({ parameters }))).toEqual(['POST /v1/x demands header If-Match']);
  });

  test('a member of an answer that is gone, that may be missing, or that has another type', () => {
    const { id, state } = entry.properties!;
    expect(after({ Entry: withMembers(entry, { id: id!, state: state! }) })).toEqual([
      'POST /v1/x 200.note is gone',
    ]);
    expect(after({ Entry: { ...entry, required: ['id'] } })).toEqual([
      'POST /v1/x 200.state may be missing',
    ]);
    const numeric = { ...entry.properties, id: { type: 'integer' } };
    expect(after({ Entry: withMembers(entry, numeric) })).toEqual([
      'POST /v1/x 200.id has another type',
    ]);
    const orNull = { ...entry.properties, id: { type: ['string', 'null'] } };
    expect(after({ Entry: withMembers(entry, orNull) })).toEqual([
      'POST /v1/x 200.id has another type',
    ]);
  });

  test('a member of a request that is demanded, or a word of it that is refused', () => {
    expect(after({ Asked: { ...asked, required: ['kind', 'amount'] } })).toEqual([
      'POST /v1/x request.amount is demanded',
    ]);
    const fewer = { ...asked.properties, kind: { type: 'string', enum: ['x'] } };
    expect(after({ Asked: withMembers(asked, fewer) })).toEqual([
      'POST /v1/x request.kind refuses y',
    ]);
  });

  test('more operations, members, words of an answer and options of a request are no break', () => {
    const told = {
      ...entry.properties,
      state: { type: 'string', enum: ['A', 'B', 'C'] },
      more: { type: 'string' },
      note: { type: 'string' },
    };
    const sent = { ...asked.properties, more: { type: 'string' } };
    expect(
      breakingChanges(documentOf(), {
        ...documentOf({ Entry: withMembers(entry, told), Asked: withMembers(asked, sent) }),
        paths: { '/v1/x': { post: operation(), get: operation() }, '/v1/y': { get: operation() } },
      }),
    ).toEqual([]);
  });

  test('no client built against the last release breaks: else it is a change for /v2', async () => {
    const broken = await brokenSinceRelease(await readDocuments());
    expect(Object.keys(broken)).toHaveLength(2);
    expect(Object.values(broken).flat()).toEqual([]);
  });
});
