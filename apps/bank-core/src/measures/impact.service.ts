import { Inject, Injectable } from '@nestjs/common';
import type { LetterOf, RemovedRight } from '#libs/contracts';
import {
  accepted,
  CivilDate,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database } from '#libs/platform';
import { ConsentsService } from '../consents/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { ReadingsService } from '../readings/index.js';
import { RecordsService } from '../records/index.js';
import { TransfersService } from '../transfers/index.js';
import {
  impactOnRequests,
  reachedFunctions,
  reservationsAmong,
  type Impact,
} from './domain/impact.js';
import type { MeasureRefusal } from './domain/measure.refusals.js';
import { countPreview } from './storage/preview-count.store.pg.js';

/** How often one officer may ask at one institution within the window. */
export const PREVIEWS_MAX = 60;
const WINDOW_MS = 600_000;

/** What a measure would do, before anybody proposes it: counted, listed, and nothing changed (RKN-S4c/e). */
@Injectable()
export class ImpactService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TransfersService) private readonly transfers: TransfersService,
    @Inject(ReadingsService) private readonly readings: ReadingsService,
  ) {}

  async at(
    institutionId: number,
    epspId: string,
    removed: readonly RemovedRight[],
    by: string,
  ): Promise<Result<Impact & { readonly reading: LetterOf<'INT-21'> }, Refusal<MeasureRefusal>>> {
    const now = await this.clock.now();
    if (!(await this.mayAsk(institutionId, by, now))) return refused('too_many_previews');
    const today = CivilDate.inTokyo(now);
    const reached = reachedFunctions(removed);
    const isWrite = (functions: readonly string[]) => functions.includes('transfer_initiation');
    const isAll = isWrite(reached.all);
    const writing = {
      direct: isAll || isWrite(reached.direct),
      chained: isAll || isWrite(reached.chained),
      partners: reached.partners
        .filter(({ functions }) => isWrite(functions))
        .map(({ partnerId }) => partnerId),
    };
    return this.database.inInstitution(institutionId, async (tx) => {
      const { reading } = (await this.readings.book(institutionId, tx)).on('INT-21', today);
      const touched = await this.consents.countTouched(tx, institutionId, epspId, reached);
      const open = await this.transfers.openThrough(tx, institutionId, epspId, writing);
      const requests = impactOnRequests(open, reading);
      // Who asks what would happen is on record, as who acts is (T-28).
      await this.records.append(tx, {
        institutionId,
        happenedAt: now,
        kind: 'measure_previewed',
        epspId,
        content: { by, removed, ...touched, reading },
      });
      return accepted({ ...touched, requests, reservations: reservationsAmong(open), reading });
    });
  }

  /** Counted in a transaction of its own: what was asked is counted, whatever becomes of it (T-28). */
  private async mayAsk(institutionId: number, officer: string, now: Instant): Promise<boolean> {
    const count = await this.database.inInstitution(institutionId, (tx) =>
      countPreview(tx, institutionId, { officer, at: now, since: now - WINDOW_MS }),
    );
    return count <= PREVIEWS_MAX;
  }
}
