import { describe, expect, test } from '@jest/globals';
import { withBounds } from './bounds.js';
import { withClosedRequests } from './closed-requests.js';
import { withDeprecations } from './deprecated.js';
import { exampleOf } from './examples.js';
import { samplePattern } from './sample-pattern.js';
import type { Document, Schema } from './shape.js';

const documentOf = (schemas: Record<string, Schema>, paths: Document['paths'] = {}): Document => ({
  openapi: '3.1.1',
  info: {},
  paths,
  components: { schemas },
});

describe('a sample of a pattern', () => {
  test.each([
    '^[0-9]{4}$',
    '^acc_[0-9a-hjkmnp-tv-z]{26}$',
    '^(none|cp_[0-9a-z]{26})$',
    '^-?(0|[1-9][0-9]{0,17})$',
    '^(?:[1-9][0-9]{0,11}|1000000000000)$',
    '^"?[A-Za-z0-9._~:-]{1,64}"?$',
    '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$',
    '^[^\\u0000-\\u001F\\u007F]*$',
    '^\\d{3}[\\w]+\\.x$',
  ])('%s accepts its own', (pattern) => {
    expect(samplePattern(pattern)).toMatch(new RegExp(pattern));
  });
});

describe('bounds', () => {
  const { schemas } = withBounds(
    documentOf({
      A: {
        type: 'object',
        properties: {
          on: { type: 'string', format: 'date' },
          at: { type: ['string', 'null'], format: 'date-time', description: 'When' },
          id: { type: 'string', format: 'uuid' },
          free: { type: 'string', maxLength: 9 },
          count: { type: 'integer', minimum: 1, maximum: 500 },
          big: { type: 'integer', maximum: 2 ** 40 },
        },
      },
    }),
  ).components;

  test('a day and an instant are references; what may be null says so beside it', () => {
    expect(schemas['A']?.properties).toMatchObject({
      on: { $ref: '#/components/schemas/CivilDate' },
      at: {
        description: 'When',
        oneOf: [{ $ref: '#/components/schemas/Instant' }, { type: 'null' }],
      },
    });
  });

  test('formats imply lengths, and free text holds no control character', () => {
    expect(schemas['A']?.properties).toMatchObject({
      id: { maxLength: 36 },
      free: { maxLength: 9, pattern: expect.stringContaining('\\u0000') },
      count: { format: 'int32', minimum: 1, maximum: 500 },
      big: { format: 'int64', minimum: 0 },
    });
    expect(schemas['A']?.properties?.['id']).not.toHaveProperty('pattern');
  });
});

test('what a request body reaches is closed; what only an answer reaches stays open', () => {
  const inner: Schema = { type: 'object', properties: { b: { type: 'boolean' } } };
  const json = (name: string) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
  });
  const asked: Schema = { properties: { inner: { $ref: '#/components/schemas/Inner' } } };
  const { schemas } = withClosedRequests(
    documentOf(
      { Asked: asked, Inner: inner, Told: inner },
      {
        '/v1/x': {
          post: {
            operationId: 'x',
            requestBody: { content: json('Asked') },
            responses: { '200': { content: json('Told') } },
          },
        },
      },
    ),
  ).components;
  expect(schemas['Asked']?.additionalProperties).toBe(false);
  expect(schemas['Inner']?.additionalProperties).toBe(false);
  expect(schemas['Told']).not.toHaveProperty('additionalProperties');
});

test('an example follows references, and takes the house’s names only where the schema accepts them', () => {
  const schemas = {
    Account: {
      type: 'object',
      properties: { bankCode: { type: 'string', pattern: '^[0-9]{4}$' } },
    },
  };
  const list: Schema = { type: 'array', items: { $ref: '#/components/schemas/Account' } };
  expect(exampleOf(list, schemas)).toEqual([{ bankCode: '2963' }]);
  expect(exampleOf({ type: 'string', pattern: '^x$' }, schemas, 'bankCode')).toBe('x');
  expect(exampleOf({ type: 'string', enum: ['A', 'B'] }, schemas)).toBe('A');
});

test('what will go is marked in the document, by the table that sets the headers', () => {
  const operation = { operationId: 'x', responses: {} };
  const document = documentOf(
    {},
    { '/v1/banks/{bankCode}/x': { get: operation, post: operation } },
  );
  const sunset = '2027-06-30T23:59:59+09:00';
  const { paths } = withDeprecations(document, [
    { method: 'GET', route: '/v1/banks/:bankCode/x', sunset },
  ]);
  expect(paths['/v1/banks/{bankCode}/x']).toEqual({
    get: {
      ...operation,
      deprecated: true,
      'x-sunset': sunset,
      responses: { '410': expect.objectContaining({ description: expect.any(String) }) },
    },
    post: operation,
  });
});
