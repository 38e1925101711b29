import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Settings } from '#libs/platform';
import { readStatementIssuers } from './statement-issuers.js';

const folder = mkdtempSync(join(tmpdir(), 'renkei-issuers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (content: string) => {
  const file = join(folder, 'issuers.json');
  writeFileSync(file, content);
  return readStatementIssuers(new Settings({ GATEWAY_STATEMENT_ISSUERS_FILE: file }));
};
const good = { issuer: 'https://directory.example', jwks: { keys: [{ kty: 'EC' }] } };

test('without the setting nobody is admitted', () => {
  expect(readStatementIssuers(new Settings({}))).toEqual([]);
});

test('the list as it stands in the file', () => {
  expect(read(JSON.stringify([good]))).toEqual([good]);
  expect(read('[]')).toEqual([]);
});

test.each<[string, unknown]>([
  ['no list', good],
  ['an issuer without a name', [{ ...good, issuer: '' }]],
  ['no keys', [{ ...good, jwks: { keys: [] } }]],
  ['a private key', [{ ...good, jwks: { keys: [{ kty: 'EC', d: 'x' }] } }]],
  ['a shared secret', [{ ...good, jwks: { keys: [{ kty: 'oct', k: 'x' }] } }]],
  ['one issuer twice', [good, good]],
])('T-12 %s ends the start with one sentence', (_title, content) => {
  expect(() => read(JSON.stringify(content))).toThrow(/^GATEWAY_STATEMENT_ISSUERS_FILE/);
});

test('what is no JSON ends the start too', () => {
  expect(() => read('x')).toThrow(/^GATEWAY_STATEMENT_ISSUERS_FILE/);
});
