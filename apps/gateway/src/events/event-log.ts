import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import type { NewEvent } from './domain/event.js';
import { EventStore } from './storage/event.store.pg.js';
import { Wake } from './wake.js';

/** The one way into the log: an event with its place in the sequence and its deliveries, or nothing at all. */
@Injectable()
export class EventLog {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /** Inside the caller's transaction; whoever tells several intermediaries does so in the order of their ids. */
  append(tx: Transaction, event: NewEvent): Promise<boolean> {
    return this.store.append(tx, newId('evt', this.clock.read()), event);
  }

  /** In a transaction of its own. True where it was new. */
  async tell(event: NewEvent): Promise<boolean> {
    const isNew = await this.database.transaction((tx) => this.append(tx, event));
    if (isNew) this.wake.wake();
    return isNew;
  }

  /** After a commit of `append`: what is due is sent now. */
  committed(): void {
    this.wake.wake();
  }
}
