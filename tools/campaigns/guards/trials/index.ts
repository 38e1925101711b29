import type { Trial } from '../stage.js';
import { crowd } from './crowd.js';
import { temptations } from './decisions.js';
import { history } from './history.js';
import { accountRaces, keyRace, limitRace, lockOrders } from './races.js';
import { stopRaces } from './stops.js';
import { tenancy } from './tenancy.js';

/** Interleavings and temptations that are the same each time, whatever the machine is doing. */
export const targeted: readonly Trial[] = [
  ...accountRaces,
  ...lockOrders,
  limitRace,
  keyRace,
  ...temptations,
  ...stopRaces,
  ...tenancy,
  ...history,
];

export const allTrials: readonly Trial[] = [...targeted, crowd];
