import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage, type Stage } from '../gateway-ground/stage.js';
import { certainOperations, fuzz } from './run-fuzz.js';

const REQUESTS = 500;
const CERTAIN = certainOperations().length;

/** The short form of `npm run campaign -- fuzz`. */
describe('generated requests over every route', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ nodes: 1, environment: { GATEWAY_PATIENCE: '30' } });
  });
  afterAll(async () => stage?.stop());

  test('T-31, T-32 no server error, nothing off the schema, nothing told that is not the asker’s', async () => {
    const { figures, findings } = await fuzz(stage, { requests: REQUESTS, seed: 20_261_122 });
    expect(findings).toEqual([]);
    expect(figures).toMatchObject({ server_errors: 0, off_schema: 0, leaks: 0 });
    // Every operation whose good call is certain was reached; by how many more is chance.
    expect(figures.good_calls_refused).toBe(0);
    expect(figures.requests).toBe(REQUESTS);
    expect(figures.accepted).toBeGreaterThan(REQUESTS / 50);
    expect(figures.operations_reached).toBeGreaterThanOrEqual(CERTAIN);
  });
});
