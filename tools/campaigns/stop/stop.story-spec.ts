import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage, type Stage } from '../gateway-ground/stage.js';
import { cutOff } from './cut-off.js';
import { stopAndRelease } from './cycles.js';
import { Officers } from './officers.js';

const CYCLES = 6;
/** On a machine that does much else at once. */

/** The short form of `npm run campaign -- stop`, which alone judges times. */
describe('stops of links under load, with two processes of the gateway', () => {
  let stage: Stage;
  let officers: Officers;

  beforeAll(async () => {
    stage = await openStage({ nodes: 2 });
    officers = await Officers.logIn(stage);
  });
  afterAll(async () => {
    await officers?.close();
    await stage?.stop();
  });

  test('RKN-S4c, INT-13 no node that named a stop serves again, and nothing is debited after its commit', async () => {
    const so = await stopAndRelease(stage, officers, { cycles: CYCLES, seed: 1 });
    expect(so.findings).toEqual([]);
    expect(so).toMatchObject({ cycles: CYCLES, late_reads: 0, late_pushes: 0, unexplained: 0 });
    expect(so).toMatchObject({ through_procedure: CYCLES / 2, through_hold: CYCLES / 2 });
    expect(so.late_confirmations).toBe(0);
    expect(so.closedMs).toHaveLength(CYCLES);
    expect(so.confirmations_formed + so.confirmations_refused).toBeGreaterThan(0);
    // Every node is asked once more after it closed, at the least.
    expect(so.watched_pushes).toBeGreaterThanOrEqual(CYCLES * 2);
    expect(so.requests).toBeGreaterThan(CYCLES * 10);
  });

  test('T-19 a frozen stream, a lost change, a replayed resume and a restart leave a stopped link closed', async () => {
    const { figures, findings } = await cutOff(stage, officers, { rounds: 1, watchMs: 600 });
    expect(findings).toEqual([]);
    expect(figures).toMatchObject({ frozen_streams: 1, restarts: 1, served_blind: 0 });
    expect(figures.reopened).toBe(0);
  });
});
