import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  instantToWire,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { decidePlan } from './domain/decide-outage.js';
import type { Outage } from './domain/outage.js';
import type { OutageRefusal } from './domain/outage.refusals.js';
import { closeOutage, insertOutage, outagesSince } from './storage/outage.store.pg.js';

export interface EnterOutage {
  readonly institutionId: number;
  /** Empty: every function. */
  readonly functions: readonly string[];
  /** Of a planned outage; an incident has begun now and ends when somebody says so. */
  readonly window?: { readonly startsAt: Instant; readonly endsAt: Instant };
  /** The officer who entered it. */
  readonly by: string;
}

/** How long what is over is still shown. */
const SHOWN_MS = 7 * 86_400_000;

/** When institutions do not serve intermediaries, as their officers enter it. */
@Injectable()
export class OutagesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  /** Refuses as `decidePlan` where a window is given; an incident is always taken. */
  async enter(order: EnterOutage): Promise<Result<Outage, Refusal<OutageRefusal>>> {
    const { institutionId, functions, window, by } = order;
    const now = await this.clock.now();
    const decision = window ? decidePlan(window.startsAt, window.endsAt, now) : accepted(undefined);
    if (!decision.ok) return decision;
    const outage: Outage = {
      institutionId,
      id: newId('out', now),
      kind: window ? 'planned' : 'incident',
      functions,
      announcedAt: now,
      startsAt: window?.startsAt ?? now,
      endsAt: window?.endsAt,
      startedAt: window ? undefined : now,
      endedAt: undefined,
      cancelledAt: undefined,
    };
    await this.database.inInstitution(institutionId, async (tx) => {
      await insertOutage(tx, outage, by);
      await this.record(tx, 'outage_entered', outage, by, now);
    });
    return accepted(outage);
  }

  /** Ends a running outage or withdraws a planned one. Refuses with `outage_not_found`. */
  async close(
    institutionId: number,
    outageId: string,
    by: string,
  ): Promise<Result<Outage, Refusal<OutageRefusal>>> {
    const now = await this.clock.now();
    const outage = await this.database.inInstitution(institutionId, async (tx) => {
      const closed = await closeOutage(tx, institutionId, outageId, now);
      if (closed) await this.record(tx, 'outage_closed', closed, by, now);
      return closed;
    });
    return outage ? accepted(outage) : refused('outage_not_found');
  }

  /** Planned, running and lately over, of every institution, by bank code. */
  async all(): Promise<{ bankCode: string; outage: Outage }[]> {
    const since = (await this.clock.now()) - SHOWN_MS;
    const found: { bankCode: string; outage: Outage }[] = [];
    for (const { id, bankCode } of await this.institutions.all()) {
      const outages = await this.database.inInstitution(id, (tx) => outagesSince(tx, id, since));
      found.push(...outages.map((outage) => ({ bankCode, outage })));
    }
    return found;
  }

  private async record(
    tx: Transaction,
    kind: string,
    outage: Outage,
    by: string,
    at: Instant,
  ): Promise<void> {
    const { institutionId, id: outageId, functions, startsAt, endsAt } = outage;
    const content = {
      outageId,
      kind: outage.kind,
      functions,
      startsAt: instantToWire(startsAt),
      endsAt: endsAt === undefined ? null : instantToWire(endsAt),
      by,
    };
    await this.records.append(tx, { institutionId, happenedAt: at, kind, content });
  }
}
