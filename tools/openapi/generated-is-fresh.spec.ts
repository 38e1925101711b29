import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.js';
import { generatedFiles, readDocuments } from './index.js';
import { inVersion31 } from './version-31.js';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, object>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Readonly<Record<string, Answer>>;
}
interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

const documents = await readDocuments();
const audiences = Object.entries(documents) as [string, Document][];

test('OpenAPI files and client types are what the decorators say: run `npm run openapi`', async () => {
  for (const [path, content] of await generatedFiles(documents))
    expect({ path, content: readFileSync(join(projectRoot, path), 'utf8') }).toEqual({
      path,
      content,
    });
});

describe.each(audiences)('the %s API', (_name, document) => {
  test('no schema is empty: a member without its decorator would be missing', () => {
    const empty = Object.entries(document.components.schemas)
      .filter(
        ([, { type, properties }]) =>
          type !== 'string' && Object.keys(properties ?? {}).length === 0,
      )
      .map(([name]) => name);
    expect(empty).toEqual([]);
  });

  test('every operation has its own id and a summary, and nothing is called nullable', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
    expect(document.openapi).toBe('3.1.1');
    expect(JSON.stringify(document)).not.toContain('"nullable"');
  });
});

// The document knows a shape by its name alone: of two with one name, one would stand for both.
test('no two shapes of one server have the same name', async () => {
  for (const app of ['bank-core', 'gateway']) {
    const folder = join(projectRoot, 'apps', app, 'src');
    const files = await readdir(folder, { recursive: true });
    const names = files
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join(folder, file), 'utf8').matchAll(/^export class (\w+Dto)\b/gm),
      ])
      .map(([, name]) => name);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  }
});

/** Says something of what it describes: an object without members says nothing. */
function saysSomething(schema: object = {}): boolean {
  const { type, properties, additionalProperties } = schema as Schema & {
    readonly additionalProperties?: unknown;
  };
  if (type === 'object') return properties !== undefined || additionalProperties !== undefined;
  return ['$ref', 'type', 'enum', 'oneOf', 'anyOf', 'allOf'].some((key) => key in schema);
}

test.each(audiences)(
  'every answer of the %s API has a body with a schema, or none',
  (_, document) => {
    const bare = Object.values(document.paths)
      .flatMap((path) => Object.values(path))
      .flatMap(({ operationId, responses }) =>
        Object.entries(responses)
          .filter(([status]) => /^2/.test(status) && status !== '204')
          .filter(([, { content = {} }]) => {
            const bodies = Object.values(content);
            return bodies.length === 0 || !bodies.every(({ schema }) => saysSomething(schema));
          })
          .map(([status]) => `${operationId} ${status}`),
      );
    expect(bare).toEqual([]);
    expect(saysSomething({})).toBe(false);
    expect(saysSomething({ type: 'object' })).toBe(false);
  },
);

test('an intermediary reads of every problem it can get', () => {
  const { paths } = documents.intermediary as Document;
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
    expect(Object.keys(operation.responses)).toEqual(
      expect.arrayContaining(['400', '401', '403', '404', '429', '500', '503']),
    );
});

test('null is said by type, whatever the decorator made of it', () => {
  expect(
    inVersion31({
      a: { type: 'string', nullable: true },
      b: { allOf: [{ $ref: '#/x' }], nullable: true },
      c: { enum: ['x'], type: 'string', nullable: true },
      d: { type: 'string', nullable: false },
      properties: { nullable: { type: 'boolean' } },
    }),
  ).toEqual({
    a: { type: ['string', 'null'] },
    b: { oneOf: [{ $ref: '#/x' }, { type: 'null' }] },
    c: { type: ['string', 'null'], enum: ['x', null] },
    d: { type: 'string' },
    properties: { nullable: { type: 'boolean' } },
  });
});
