import { describe, expect, test } from '@jest/globals';
import { exploreAll, rowsNeverWalked, sayViolations, walks } from './explorer/all-worlds.js';
import { brokenGuards, seenToFail } from './explorer/broken-guards.js';
import { explore } from './explorer/explore.js';
import { withoutCheck } from './explorer/mutants.js';
import { holdWorld } from './explorer/worlds/protective-hold.js';

describe('every reachable state of every machine', () => {
  test('I1–I10 hold: no violation in any world', () => {
    expect(sayViolations(exploreAll())).toEqual([]);
  });

  test.each(walks.map(({ world, report }) => [world, report] as const))(
    '%s was walked: more than a handful of states, and ill-formed events refused',
    (_, report) => {
      const { states, transitions, refusals } = report();
      expect(states).toBeGreaterThanOrEqual(10);
      expect(transitions).toBeGreaterThanOrEqual(7);
      expect(refusals).toBeGreaterThan(100);
    },
  );

  test('no row of a table is dead: each is walked in some world, or it only ever refuses', () => {
    // A link that something was taken from cannot be active: these rows give the refusals' words.
    expect(rowsNeverWalked(exploreAll())).toEqual([
      expect.stringMatching(/^link \d+: measure_committed → active$/),
      expect.stringMatching(/^link \d+: measure_committed → active$/),
      expect.stringMatching(/^link \d+: hold_began → active$/),
    ]);
  });
});

describe('each invariant is seen to fail when its guard is removed', () => {
  test.each(brokenGuards)('%s without %s', (...guard) => {
    expect(seenToFail(guard)).toBe(true);
  });

  test('every invariant of the register has a mutant', () => {
    const tried = new Set(brokenGuards.map(([invariant]) => invariant));
    for (let number = 1; number <= 10; number += 1) expect(tried).toContain(`I${number}`);
  });

  test.each([
    ['SM-5.2'],
    ['SM-5.4-2'],
    ['SM-5.5-1'],
    ['SM-7.2'],
    ['SM-8.3a'],
    ['SM-R3.2'],
    ['RKN-S1'],
    ['RKN-S4c'],
  ])('%s is a law of its world, and some guard was removed to see it fail', (clause) => {
    expect(brokenGuards.map(([law]) => law)).toContain(clause);
  });

  test('the counter-example is the shortest, one line for each event and move of the clock', () => {
    const report = explore(withoutCheck(holdWorld, 'hold_too_long'));
    expect(report.violations[0]).toEqual({
      invariant: 'I9',
      what: 'A hold was set beyond its longest duration.',
      path: ['hold_set → HELD'],
    });
  });
});
