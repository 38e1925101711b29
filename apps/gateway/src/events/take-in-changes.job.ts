import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import { BankService, Catalogue, type ChangesView, type ChangeView } from '../bank/index.js';
import { Rounds } from '../platform/rounds.js';
import type { NewEvent } from './domain/event.js';
import { eventsOfChange } from './domain/event-of-change.js';
import { EventLog } from './event-log.js';
import { EventStore } from './storage/event.store.pg.js';

const FEED = 'changes';
const WAIT_SECONDS = 4;
const RETRY_MS = 1_000;
/** Between two answers that brought nothing, however soon they came. */
const PAUSE_MS = 50;

/**
 * Makes events of what changed at bank-core. Every process asks; the one whose transaction moves the cursor
 * writes them, the others throw theirs away. So each change is told once, whoever dies on the way.
 */
@Injectable()
export class TakeInChangesJob extends Rounds {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BankService) private readonly bank: BankService,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(EventLog) private readonly events: EventLog,
  ) {
    super('changes not taken in', RETRY_MS);
  }

  /** One page of the feed. */
  protected async round(): Promise<number> {
    const copy = this.catalogue.current();
    // Without the catalogue nobody knows who has to hear of an outage.
    if (!copy) return RETRY_MS;
    const cursor = await this.store.readCursor(FEED);
    const page = await this.bank.changes(randomUUID(), cursor, WAIT_SECONDS);
    if (!page.ok || this.isEnding) return RETRY_MS;
    if (page.value.cursor === cursor) return PAUSE_MS;
    await this.takeIn(cursor, page.value, (bankCode) => copy.audienceOf(bankCode));
    return 0;
  }

  private async takeIn(
    cursor: string,
    page: ChangesView,
    audienceOf: (bankCode: string | null) => readonly string[],
  ): Promise<void> {
    const isOurs = await this.database.transaction(async (tx) => {
      const moved = await this.store.moveCursor(tx, FEED, cursor, page.cursor);
      if (!moved) return false;
      for (const event of eventsOf(page.changes, audienceOf)) await this.events.append(tx, event);
      return true;
    });
    if (isOurs) this.events.committed();
  }
}

/** Each intermediary's events in the order of the changes; intermediaries in the order of their ids. */
function eventsOf(
  changes: readonly ChangeView[],
  audienceOf: (bankCode: string | null) => readonly string[],
): NewEvent[] {
  const all = changes.flatMap((change) => {
    const { key, bankCode, clientId, chainPartnerId } = change;
    const audience = change.epspId === null ? audienceOf(bankCode) : [change.epspId];
    return eventsOfChange(change).flatMap(({ type, data }, index) =>
      audience.map((epspId) => ({
        epspId,
        sourceKey: index === 0 ? key : `${key}/${index}`,
        type,
        clientId,
        chainPartnerId,
        bankCode,
        data,
        occurredAt: Date.parse(change.at),
      })),
    );
  });
  return all.sort((a, b) => (a.epspId < b.epspId ? -1 : a.epspId > b.epspId ? 1 : 0));
}
