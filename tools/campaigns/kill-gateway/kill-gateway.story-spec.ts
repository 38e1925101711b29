import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage, type Stage } from '../gateway-ground/stage.js';
import { killUnderLoad } from './run-kills.js';

const ROUNDS = 4;
/** On a machine that does much else at once. */

/** The short form of `npm run campaign -- kill-gateway`. */
describe('kill -9 of gateway processes under load', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ nodes: 2 });
  });
  afterAll(async () => stage?.stop());

  test('T-10 no grant is lost; no code, assertion or proof is taken by two processes', async () => {
    const { kills, tally, orphans } = await killUnderLoad(stage, { rounds: ROUNDS, seed: 1 });
    expect(tally.findings).toEqual([]);
    expect(tally.figures).toMatchObject({ accepted_twice: 0, lost_grants: 0, unexplained: 0 });
    expect({ rounds: kills.rounds, orphans }).toEqual({ rounds: ROUNDS, orphans: 0 });
    expect(tally.figures.approvals).toBeGreaterThan(0);
    expect(tally.figures.double_sent).toBeGreaterThan(0);
  });
});
