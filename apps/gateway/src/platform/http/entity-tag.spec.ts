import { expect, test } from '@jest/globals';
import { etagOf, names } from './entity-tag.js';

const etag = etagOf({ data: [1] });

test.each([
  ['the same', etag, true],
  ['one of several', `"other", ${etag}`, true],
  ['the weak form of the same', `W/${etag}`, true],
  ['every one', '*', true],
  ['another', etagOf({ data: [2] }), false],
  ['without quotes', etag.slice(1, -1), false],
  ['none', undefined, false],
  ['a header without end', `${'"x",'.repeat(2_000)}${etag}`, false],
])('If-None-Match with %s', (_title, header, expected) => {
  expect(names(header, etag)).toBe(expected);
});

test('a tag is strong, and the same bytes have the same one', () => {
  expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
  expect(etagOf({ data: [1] })).toBe(etag);
});
