import { Inject, Injectable, Logger } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import { CivilDate, type Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { ConsentNotices } from './consent-notices.js';
import { whenToRemind } from './domain/when-to-remind.js';
import { noteChange } from './storage/consent-change.store.pg.js';
import { takeDueReminders } from './storage/consent-reminder.store.pg.js';
import { consentsById } from './storage/consent.store.pg.js';

const EVERY_MS = 60_000;
const ROWS_MAX = 200;
const TABLE = { consentReminders: rknParameters.consentReminders };

/** Tells holders that a consent is about to end, so many days before as the institution has set (complaint 18). */
@Injectable()
export class RemindHoldersJob {
  private readonly log = new Logger('RemindHoldersJob');

  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {
    jobs.every(EVERY_MS, { name: 'remind-holders', run: () => this.run() });
  }

  async run(): Promise<void> {
    for (const { id } of await this.institutions.all()) while (await this.round(id));
  }

  private async round(institutionId: number): Promise<boolean> {
    const at = await this.clock.now();
    const read = await this.institutions.read(institutionId, TABLE, CivilDate.inTokyo(at));
    // An unset parameter is an error, never a default (INT-12): nobody is reminded until it is set.
    if (!read.ok) {
      this.log.error(`institution ${institutionId}: ${read.refusal.code}`);
      return false;
    }
    return this.database.inInstitution(institutionId, async (tx) => {
      const days = read.value.consentReminders;
      const due = await takeDueReminders(tx, { institutionId, at, days, rowsMax: ROWS_MAX });
      const about = { institutionId, at, actor: 'system' } as const;
      await noteChange(tx, due, { ...about, change: 'expiring', reason: 'term_ends_soon' });
      for (const consent of await consentsById(tx, institutionId, due))
        await this.notices.tell(tx, consent, 'expiring', { at, dueAt: whenToRemind(at) });
      return due.length === ROWS_MAX;
    });
  }
}
