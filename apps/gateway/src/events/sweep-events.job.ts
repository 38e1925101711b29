import { Inject, Injectable } from '@nestjs/common';
import { Rounds } from '../platform/rounds.js';
import { KEPT_DAYS } from './domain/decide-replay.js';
import { EventStore } from './storage/event.store.pg.js';

const ROWS_MAX = 1_000;
const PAUSE_MS = 600_000;

/** Removes events with their deliveries once nobody may replay them any more, in small bites. */
@Injectable()
export class SweepEventsJob extends Rounds {
  constructor(@Inject(EventStore) private readonly store: EventStore) {
    super('sweep failed', PAUSE_MS);
  }

  protected async round(): Promise<number> {
    return (await this.store.sweep(KEPT_DAYS, ROWS_MAX)) >= ROWS_MAX ? 0 : PAUSE_MS;
  }
}
