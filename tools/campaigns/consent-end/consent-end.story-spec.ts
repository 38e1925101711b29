import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStage, type Stage } from '../gateway-ground/stage.js';
import { endConsents } from './end-consents.js';

/** On a machine that does much else at once. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ nodes: 2, environment: { GATEWAY_PATIENCE: '30' } });
});
afterAll(() => stage?.stop());

/** The short form of `npm run campaign -- consent-end`. */
test('RKN-S1/c an ended consent is useless from its commit on at every process, its grant is gone', async () => {
  const ends = await endConsents(stage, { steady: 25, burst: 25, atOnce: 4 });
  expect(ends).toMatchObject({ ended: 50, notGone: 0, left: 0, lateReads: 0, reads: 75 });
  expect(ends).toMatchObject({ lateRefreshes: 0, refreshes: 100 });
});
