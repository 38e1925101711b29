import { describe, expect, test } from '@jest/globals';
import { Closings } from './closings.js';

const push = (said: string, begunMs: number) => ({ said, begunMs, answeredMs: begunMs + 5 });

describe('when a node has closed', () => {
  test('RKN-S4c a node that was only unsure of its copy closes when it refuses for good', () => {
    const closings = new Closings<string>(2, 500);
    closings.take('a', push('linkage_suspended', 20));
    closings.take('b', push('core_unavailable', 30));
    expect(closings.closedMs).toBe(35);
    expect(closings.take('b', push('accepted', 100))).toBe(false);
    expect(closings.closedMs).toBeUndefined();
    closings.take('b', push('core_unavailable', 400));
    closings.take('b', push('linkage_suspended', 450));
    expect(closings.closedMs).toBe(405);
  });

  test('RKN-S4c what neither a stop nor an unsure copy explains closes nothing', () => {
    const closings = new Closings<string>(1, 500);
    closings.take('a', push('server_error', 20));
    expect(closings.closedMs).toBeUndefined();
  });

  test('RKN-S4c late is what begins after the bound, or after the node has named the stop', () => {
    const closings = new Closings<string>(1, 500);
    expect(closings.take('a', push('accepted', 500))).toBe(false);
    expect(closings.isWatched).toBe(false);
    expect(closings.take('a', push('accepted', 501))).toBe(true);
    expect(closings.isWatched).toBe(true);
    const told = new Closings<string>(1, undefined);
    expect(told.take('a', push('accepted', 9_000))).toBe(false);
    told.take('a', push('linkage_suspended', 9_100));
    expect(told.take('a', push('accepted', 9_200))).toBe(true);
  });
});
