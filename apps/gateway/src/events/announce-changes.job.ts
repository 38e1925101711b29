import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Instant } from '#libs/kernel';
import { Database } from '#libs/platform';
import { Catalogue } from '../bank/index.js';
import { HostClock } from '../platform/host-clock.js';
import { Rounds } from '../platform/rounds.js';
import { announcedBy, type ApiChange } from './domain/change-calendar.js';
import type { NewEvent } from './domain/event.js';
import { KEPT_DAYS } from './domain/decide-replay.js';
import { EventLog } from './event-log.js';
import { ToldChangeStore } from './storage/told-change.store.pg.js';

export const CHANGE_CALENDAR = Symbol('ChangeCalendar');

const EVERY_MS = 60_000;
const RETRY_MS = 1_000;
const DAY_MS = 86_400_000;

/**
 * Tells every intermediary of what the change calendar announces, once each: also one that comes later, and also after
 * the event itself has gone with age.
 */
@Injectable()
export class AnnounceChangesJob extends Rounds {
  constructor(
    @Inject(CHANGE_CALENDAR) private readonly calendar: readonly ApiChange[],
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(EventLog) private readonly events: EventLog,
    @Inject(Database) private readonly database: Database,
    @Inject(ToldChangeStore) private readonly told: ToldChangeStore,
  ) {
    super('not announced', EVERY_MS);
  }

  /** Comes back soon where nobody is known yet who could be told. */
  protected async round(): Promise<number> {
    const copy = this.catalogue.current();
    if (!copy) return RETRY_MS;
    const now = this.clock.read();
    for (const change of announcedBy(this.calendar, CivilDate.inTokyo(now))) {
      if (isOld(change, now)) continue;
      for (const epspId of copy.audienceOf(null)) await this.tell(change, epspId);
    }
    return EVERY_MS;
  }

  private async tell(change: ApiChange, epspId: string): Promise<void> {
    const isNew = await this.database.transaction(
      async (tx) =>
        (await this.told.note(tx, change.id, epspId)) &&
        this.events.append(tx, announcementOf(change, epspId)),
    );
    if (isNew) this.events.committed();
  }
}

/** Long in force and no news any more, for an intermediary that came later either. */
const isOld = ({ announcedOn, effectiveOn }: ApiChange, now: Instant): boolean =>
  Math.max(announcedOn.startsAt(), effectiveOn.startsAt()) < now - KEPT_DAYS * DAY_MS;

const announcementOf = (change: ApiChange, epspId: string): NewEvent => ({
  epspId,
  sourceKey: `change:${change.id}`,
  type:
    change.kind === 'deprecation' || change.kind === 'removal'
      ? 'api.deprecated'
      : 'change.announced',
  clientId: null,
  chainPartnerId: '*',
  bankCode: null,
  data: {
    changeId: change.id,
    kind: change.kind,
    announcedOn: change.announcedOn.toString(),
    effectiveOn: change.effectiveOn.toString(),
  },
  occurredAt: change.announcedOn.startsAt(),
});
