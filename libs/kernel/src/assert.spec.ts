import { describe, expect, test } from '@jest/globals';
import { assert, BrokenAssertion, unreachable } from './assert.js';

describe('assertions', () => {
  test('what holds passes; what does not throws its sentence', () => {
    expect(() => assert(1 < 2, 'never said')).not.toThrow();
    expect(() => assert(0, 'Zero is not a fact.')).toThrow(
      new BrokenAssertion('Zero is not a fact.'),
    );
    expect(() => assert(undefined, 'x')).toThrow(BrokenAssertion);
  });

  test('a broken assertion is told apart by its name', () => {
    expect(new BrokenAssertion('x').name).toBe('BrokenAssertion');
  });

  test('a case that the types rule out names the value', () => {
    expect(() => unreachable('surprise' as never)).toThrow('A case was not expected: "surprise".');
  });
});
