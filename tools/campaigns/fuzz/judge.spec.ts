import { describe, expect, test } from '@jest/globals';
import { INNER, Judge } from './judge.js';
import { operationsOf, type OpenApi } from './operations.js';

const document = {
  openapi: '3.1.1',
  paths: {
    '/v1/things/{id}': {
      get: {
        operationId: 'getThing',
        responses: {
          200: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          404: { $ref: '#/components/responses/Problem404' },
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', format: 'uuid' } },
        additionalProperties: false,
      },
    },
    responses: {
      Problem404: {
        content: {
          'application/problem+json': { schema: { type: 'object', required: ['code'] } },
        },
      },
    },
  },
} as unknown as OpenApi;

const judge = new Judge({ intermediary: document, [INNER]: document });
const [operation] = operationsOf(document);
const ID = '7d6f1c0e-7d8a-4a55-9a8e-2f9d3c2b1a00';

const answer = (status: number, text: string, type = 'application/json; charset=utf-8') => ({
  status,
  text,
  headers: { 'content-type': type },
});
const faults = (given: ReturnType<typeof answer>, sent = '') =>
  judge
    .of(operation, given, { sent, secrets: ['acc_of_hanako'], document: 'intermediary' })
    .map(({ fault }) => fault);

const PROBLEM = 'application/problem+json';

describe('the judge of generated requests', () => {
  test.each([
    ['a good answer', answer(200, `{"id":"${ID}"}`), []],
    ['a documented refusal, written once for all', answer(404, '{"code":"x"}', PROBLEM), []],
    ['a member that is not documented', answer(200, `{"id":"${ID}","x":1}`), ['off_schema']],
    ['a value of another format', answer(200, '{"id":"x"}'), ['off_schema']],
    ['a status that is not documented', answer(418, '{"code":"x"}', PROBLEM), ['off_schema']],
    ['a refusal without its code', answer(404, '{}', PROBLEM), ['off_schema']],
    ['another media type', answer(200, '<p>', 'text/html'), ['off_schema']],
    ['no JSON', answer(200, 'x'), ['off_schema']],
    ['a server error', answer(500, '{"code":"x"}', PROBLEM), ['server_error', 'off_schema']],
    ['a stack', answer(404, '{"code":"at run (file:///a.js:1:2)"}', PROBLEM), ['leak']],
    ['a statement', answer(404, '{"code":"syntax error at or near"}', PROBLEM), ['leak']],
    ['somebody else’s id', answer(404, '{"code":"acc_of_hanako"}', PROBLEM), ['leak']],
  ])('%s', (_, given, expected) => {
    expect(faults(given)).toEqual(expected);
  });

  test.each(['location', 'set-cookie', 'link', 'x-anything'])('a header %s is read too', (name) => {
    const given = answer(404, '{"code":"x"}', PROBLEM);
    const headers = { ...given.headers, [name]: ['first', 'of acc_of_hanako'] };
    expect(faults({ ...given, headers })).toEqual(['leak']);
  });

  test('what the request said itself is no leak', () => {
    const given = answer(404, '{"code":"acc_of_hanako"}', PROBLEM);
    expect(faults(given, '/v1/things/acc_of_hanako')).toEqual([]);
  });
});
