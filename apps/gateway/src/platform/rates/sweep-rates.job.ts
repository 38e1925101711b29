import { Inject, Injectable } from '@nestjs/common';
import { Rounds } from '../rounds.js';
import { RateStore } from './rate.store.js';

const ROWS_MAX = 1_000;
const PAUSE_MS = 60_000;

/** Removes windows that are over, in small bites, as many as there are: a flood leaves a row per address (T-31). */
@Injectable()
export class SweepRates extends Rounds {
  constructor(@Inject(RateStore) private readonly store: RateStore) {
    super('sweep failed, tried again later', PAUSE_MS);
  }

  protected async round(): Promise<number> {
    return (await this.store.sweep(ROWS_MAX)) >= ROWS_MAX ? 0 : PAUSE_MS;
  }
}
