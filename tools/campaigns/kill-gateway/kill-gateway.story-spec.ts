import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage, type Stage } from '../gateway-ground/stage.js';
import { killUnderLoad } from './run-kills.js';
import { TRIED } from './tally.js';

/** And as many more as it takes until everything that is good once was tried. */
const ROUNDS = 4;

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
    expect(orphans).toBe(0);
    expect(kills.rounds).toBeGreaterThanOrEqual(ROUNDS);
    expect(tally.figures.approvals).toBeGreaterThan(0);
    expect(TRIED.filter((name) => tally.figures[name] === 0)).toEqual([]);
  });
});
