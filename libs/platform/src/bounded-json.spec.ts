import { describe, expect, test } from '@jest/globals';
import { isBoundedJson } from './bounded-json.js';

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = { a: value };
  return value;
};

describe('T-31, T-32 bodies are bounded before anybody reads them', () => {
  test.each<[string, unknown, boolean]>([
    ['a plain object', { a: [1, { b: 'x' }] }, true],
    ['no body', undefined, true],
    ['twelve levels', nested(12), true],
    ['thirteen levels', nested(13), false],
    ['a million levels', nested(1_000_000), false],
    ['__proto__ as an own key', JSON.parse('{"__proto__":{"a":1}}'), false],
    ['constructor deep inside', { a: [{ constructor: 1 }] }, false],
    ['prototype deep inside', { a: { prototype: {} } }, false],
    ['the word as a value', { a: '__proto__' }, true],
  ])('%s', (_title, body, expected) => {
    expect(isBoundedJson(body)).toBe(expected);
  });
});
