import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runProperties } from './properties/run-properties.js';

const specTest = (id: string, body: () => void) => ({
  id,
  file: 'a.spec.js',
  run: () => Promise.resolve().then(body),
});

describe('the campaign of properties', () => {
  test('counts each property and how often it was tried', async () => {
    let tried = 0;
    const seen = await runProperties(
      [
        specTest('sound', () => {
          fc.assert(fc.property(fc.integer(), () => (tried += 1) > 0));
          fc.assert(fc.property(fc.integer(), () => true));
        }),
        specTest('own number', () =>
          fc.assert(
            fc.property(fc.integer(), () => true),
            { numRuns: 7 },
          ),
        ),
        specTest('no property', () => undefined),
      ],
      25,
    );
    expect(seen).toEqual([
      { test: 'sound', runs: 25 },
      { test: 'sound', runs: 25 },
      { test: 'own number', runs: 7 },
    ]);
    expect(tried).toBe(25);
  });

  test('a property that breaks is told with its counter-example, and the others still run', async () => {
    const seen = await runProperties(
      [
        specTest('broken', () => fc.assert(fc.property(fc.nat(), (n) => n < 10))),
        specTest('sound', () => fc.assert(fc.property(fc.nat(), () => true))),
      ],
      200,
    );
    expect(seen).toHaveLength(2);
    expect(seen[0]?.broken).toContain('Counterexample: [10]');
    expect(seen[1]).toEqual({ test: 'sound', runs: 200 });
  });

  test('the setting does not outlive the campaign', async () => {
    await runProperties([], 5);
    let tried = 0;
    fc.assert(fc.property(fc.nat(), () => (tried += 1) > 0));
    expect(tried).toBe(100);
  });
});
