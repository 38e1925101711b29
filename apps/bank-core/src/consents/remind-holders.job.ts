import { Inject, Injectable, Logger } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import type { Clock, Instant } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService, roundsInTurn, type JobGround } from '../institutions/index.js';
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
export class RemindHoldersJob implements JobGround {
  readonly log = new Logger('RemindHoldersJob');

  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(InstitutionsService) readonly institutions: InstitutionsService,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {
    jobs.every(EVERY_MS, { name: 'remind-holders', run: () => this.run() });
  }

  run(): Promise<void> {
    return roundsInTurn(this, {
      table: TABLE,
      rowsMax: ROWS_MAX,
      take: (institutionId, { consentReminders }, at) =>
        this.remind(institutionId, consentReminders, at),
    });
  }

  private remind(institutionId: number, days: readonly number[], at: Instant): Promise<number> {
    return this.database.inInstitution(institutionId, async (tx) => {
      const due = await takeDueReminders(tx, { institutionId, at, days, rowsMax: ROWS_MAX });
      const about = { institutionId, at, actor: 'system' } as const;
      await noteChange(tx, due, { ...about, change: 'expiring', reason: 'term_ends_soon' });
      for (const consent of await consentsById(tx, institutionId, due))
        await this.notices.tell(tx, consent, 'expiring', { at, dueAt: whenToRemind(at) });
      return due.length;
    });
  }
}
