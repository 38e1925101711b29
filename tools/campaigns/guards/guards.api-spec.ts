import { describe, expect, test } from '@jest/globals';
import { testCluster } from '#libs/testing';
import { replaceOnce } from './alterations.js';
import { guards } from './guards.js';
import { tryGuards } from './try-guards.js';
import { knownKey } from './trials/decisions.js';
import { accountRaces } from './trials/races.js';
import { stopRaces } from './trials/stops.js';

const SOME = ['row lock', 'version check', 'hash compare', 'link lock, single'];

/** The short form of `npm run campaign -- guards`. */
describe('a guard of the ledger that is taken away is missed', () => {
  test('each of some guards: caught by the wall behind it or by the rows; the whole ledger is clean', async () => {
    const result = await tryGuards(await testCluster(), {
      guards: guards.filter(({ name }) => SOME.includes(name)),
      trials: [...accountRaces.slice(2, 3), knownKey, ...stopRaces.slice(0, 1)],
    });
    expect(result.control).toEqual([]);
    expect(result.figures).toEqual({
      guards: SOME.length,
      caught: SOME.length,
      missed: 0,
      control_violations: 0,
    });
    expect(result.caughtBy).toMatchObject({
      'row lock': 'a debit against a credit of one account: lost update counted and raised',
      'version check': expect.stringContaining('money is conserved'),
      'hash compare': expect.stringContaining('other content acknowledged under a known key'),
      'link lock, single': expect.stringContaining('fixed after the commit of the stop'),
    });
  });

  test('a guard that is not where it is thought to be stops the campaign', () => {
    expect(() => replaceOnce('a b a', 'a', 'c')).toThrow('2 times');
    expect(() => replaceOnce('a b a', 'd', 'c')).toThrow('0 times');
    expect(replaceOnce('a b a', 'b', 'c')).toBe('a c a');
  });
});
