import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService, roundsInTurn, type JobGround } from '../institutions/index.js';
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
export class RemindDutiesJob implements JobGround {
  readonly log = new Logger('RemindDutiesJob');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(InstitutionsService) readonly institutions: InstitutionsService,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(DutyReminderStore) private readonly store: DutyReminderStore,
    // A command has no jobs: intermediaries are reminded by the server.
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(EVERY_MS, { name: 'remind-duties', run: () => this.run() });
  }

  run(): Promise<void> {
    const { name: machine } = this.review.machine;
    return roundsInTurn(this, {
      table: TABLE,
      rowsMax: ROWS_MAX,
      take: (institutionId, { dutyReminders: days }, at) => {
        const due = { institutionId, machine, at, days, rowsMax: ROWS_MAX };
        return this.database.inInstitution(institutionId, (tx) => this.store.take(tx, due));
      },
    });
  }
}
