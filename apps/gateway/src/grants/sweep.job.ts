import { Inject, Injectable } from '@nestjs/common';
import { Rounds } from '../platform/rounds.js';
import { GrantStore } from './storage/grant.store.pg.js';

const ROWS_MAX = 1_000;
const PAUSE_MS = 60_000;

/** Removes expired artifacts and proofs in small bites, so that no sweep holds locks for long. */
@Injectable()
export class SweepJob extends Rounds {
  constructor(@Inject(GrantStore) private readonly store: GrantStore) {
    super('sweep failed, tried again later', PAUSE_MS);
  }

  protected async round(): Promise<number> {
    return (await this.store.sweep(ROWS_MAX)) >= ROWS_MAX ? 0 : PAUSE_MS;
  }
}
