import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import { CivilDate, type Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { ReviewMatter } from './review-matter.js';
import { DutyReminderStore } from './storage/duty-reminder.store.pg.js';

const EVERY_MS = 60_000;
const ROWS_MAX = 200;
const TABLE = { dutyReminders: rknParameters.dutyReminders };

/**
 * Reminds intermediaries of what is due at an institution, so many days before as it has set: an improvement, an
 * attestation, a new standard. That it is over is told with the step itself (RKN-S3a, RKN-S3b, RKN-S4a).
 */
@Injectable()
export class RemindDutiesJob {
  private readonly log = new Logger('RemindDutiesJob');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(DutyReminderStore) private readonly store: DutyReminderStore,
    // A command has no jobs: intermediaries are reminded by the server.
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(EVERY_MS, { name: 'remind-duties', run: () => this.run() });
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
    const { name: machine } = this.review.machine;
    const due = { institutionId, machine, at, days: read.value.dutyReminders, rowsMax: ROWS_MAX };
    const taken = await this.database.inInstitution(institutionId, (tx) =>
      this.store.take(tx, due),
    );
    return taken === ROWS_MAX;
  }
}
