import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { canonicalJson, hashOf } from './canonical-json.js';
import { CivilDate } from './civil-date.js';
import { sha256Hex } from './sha256.js';

describe('canonical JSON and its hash', () => {
  test('the order of members does not matter, the order of a list does', () => {
    expect(canonicalJson({ b: 1, a: [2, { d: null, c: true }] })).toBe(
      '{"a":[2,{"c":true,"d":null}],"b":1}',
    );
    expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }));
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  });

  test('yen and dates stand as on the wire; an absent member is left out', () => {
    expect(canonicalJson({ yen: 5n, on: CivilDate.from('2026-11-22'), gone: undefined })).toBe(
      '{"on":"2026-11-22","yen":"5"}',
    );
  });

  test.each([
    ['not a number', Number.NaN],
    ['a function', () => 1],
    ['a map', new Map()],
    ['nothing in a list', [undefined]],
  ])('%s has no canonical form', (_, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });

  test('property: reading it back and writing it again changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('property: SHA-256 agrees with the platform for every text and length', () => {
    const theirs = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
    for (let length = 0; length < 200; length += 1) {
      expect(sha256Hex('a'.repeat(length))).toBe(theirs('a'.repeat(length)));
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const wellFormed = text.toWellFormed();
        expect(sha256Hex(wellFormed)).toBe(theirs(wellFormed));
      }),
    );
  });
});
