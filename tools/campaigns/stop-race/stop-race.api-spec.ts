import { describe, expect, test } from '@jest/globals';
import { testCluster } from '#libs/testing';
import { race, withoutLinkLock } from './race.js';

const STOPS = 20;
/** Without the lock a few stops are enough; only if there were none would it come to so many. */
const STOPS_WITHOUT_LOCK_MAX = 300;

/** The short form of `npm run campaign -- stop-race`. */
describe('RKN-S4c stops of a link under load', () => {
  test('RKN-S4c nothing is fixed after the commit of a stop', async () => {
    const result = await race(await testCluster(), { stops: STOPS });
    expect(result).toMatchObject({ stops: STOPS, late: 0, lateSinceLock: 0 });
    expect(result.fixed).toBeGreaterThan(STOPS);
    expect(result.refused).toBeGreaterThan(STOPS);
  });

  test('RKN-S4c without the link lock there is something, and it is counted', async () => {
    const result = await race(await testCluster(), {
      stops: STOPS_WITHOUT_LOCK_MAX,
      without: withoutLinkLock,
      isEnough: ({ late }) => late > 0,
    });
    expect(result.late).toBeGreaterThan(0);
  });
});
