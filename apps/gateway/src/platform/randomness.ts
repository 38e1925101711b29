import { randomInt } from 'node:crypto';

const STEPS = 2 ** 32;

/** Chance as a port: jitter and the like ask here, so that a test can say what comes. */
export class Randomness {
  /** In [0, 1), evenly. */
  next(): number {
    return randomInt(STEPS) / STEPS;
  }
}
