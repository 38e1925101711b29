import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from '../project.js';
import { LINTED_FILES, lintApi, RULESET, type LintFinding } from './lint.js';

const PATIENCE_MS = 240_000;

/** One sin per own rule; the rule that does not see its sin would hold nothing. */
const SINFUL = {
  openapi: '3.1.1',
  info: { title: 'x', version: '1' },
  paths: {
    '/v1/Bad_Path': {
      post: {
        operationId: 'Create',
        summary: 'only English',
        'x-summary-en': 'Create.',
        parameters: [{ name: 'nameKana', in: 'query', schema: { type: 'string' } }],
        requestBody: {
          content: { 'application/json': { schema: { type: 'object', properties: {} } } },
        },
        responses: {
          '201': { description: 'x', content: { 'application/json': { schema: {} } } },
          '404': { description: 'x', content: { 'application/json': { schema: {} } } },
        },
      },
      get: {
        operationId: 'list',
        responses: {
          '200': {
            description: 'x',
            content: {
              'application/json': {
                schema: { type: 'object', properties: { data: { type: 'array' } } },
              },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      BadDto: {
        type: 'object',
        properties: {
          amount: { type: 'string', nullable: true },
          on: { type: 'string', format: 'date' },
        },
      },
    },
  },
};

let folder: string;
let sins: string;
let findings: readonly LintFinding[];

// One run for all: most of its time is the start of the program.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renkei-lint-'));
  sins = join(folder, 'sinful.json');
  await writeFile(sins, JSON.stringify(SINFUL));
  findings = await lintApi([...LINTED_FILES, sins]);
}, PATIENCE_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the documents of the API keep every rule, without a warning', () => {
  const ours = findings.filter(({ source }) => source !== sins);
  expect(ours.map(({ code, message, path }) => [code, message, path.join('.')])).toEqual([]);
});

test('every rule of our own sees the sin that it is there for', async () => {
  const seen = new Set(findings.flatMap(({ code, source }) => (source === sins ? code : [])));
  const { rules } = parse(await readFile(join(projectRoot, RULESET), 'utf8')) as {
    rules: Record<string, unknown>;
  };
  const own = Object.keys(rules).filter((name) => name.startsWith('renkei-'));
  expect(own.filter((name) => !seen.has(name))).toEqual([]);
  expect(own.length).toBeGreaterThan(12);
});
