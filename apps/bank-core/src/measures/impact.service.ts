import { Inject, Injectable } from '@nestjs/common';
import { ReadingBook, type LetterOf, type RemovedRight } from '#libs/contracts';
import { CivilDate, type Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { ConsentsService } from '../consents/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { TransfersService } from '../transfers/index.js';
import {
  impactOnRequests,
  reachedFunctions,
  reservationsAmong,
  type Impact,
} from './domain/impact.js';

/** What a measure would do, before anybody proposes it: counted, listed, and nothing changed (RKN-S4c/e). */
@Injectable()
export class ImpactService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TransfersService) private readonly transfers: TransfersService,
  ) {}

  async at(
    institutionId: number,
    epspId: string,
    removed: readonly RemovedRight[],
    by: string,
  ): Promise<Impact & { readonly reading: LetterOf<'INT-21'> }> {
    const now = await this.clock.now();
    const today = CivilDate.inTokyo(now);
    const { reading } = new ReadingBook(String(institutionId)).on('INT-21', today);
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
      return { ...touched, requests, reservations: reservationsAmong(open), reading };
    });
  }
}
