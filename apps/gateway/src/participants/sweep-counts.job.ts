import { Inject, Injectable } from '@nestjs/common';
import { HostClock } from '../platform/host-clock.js';
import { Rounds } from '../platform/rounds.js';
import { CallCountStore } from './storage/call-count.store.pg.js';

const ROWS_MAX = 5_000;
const PAUSE_MS = 300_000;

/** Removes counts that are older than they are kept for, in small bites, as many as there are. */
@Injectable()
export class SweepCounts extends Rounds {
  constructor(
    @Inject(CallCountStore) private readonly store: CallCountStore,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {
    super('sweep failed, tried again later', PAUSE_MS);
  }

  protected async round(): Promise<number> {
    const swept = await this.store.sweep(this.clock.read(), ROWS_MAX);
    return swept >= ROWS_MAX ? 0 : PAUSE_MS;
  }
}
