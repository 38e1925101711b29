import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService, inTurn } from '../institutions/index.js';
import { Jobs, type JobRhythm } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { forgetChanges, tellEndedLinks } from './storage/change.store.pg.js';
import { turnOutages } from './storage/outage.store.pg.js';

const EVERY_MS = 15_000;
const FORGET_EVERY_MS = 3_600_000;
/** A gateway that was away for longer begins with what is left. */
const KEPT_MS = 35 * 86_400_000;
const ROWS_MAX = 2_000;

/** What time alone brings about: outages begin and end, measures end, old changes go. */
@Injectable()
export class TurnChangesJob {
  private forgotAt = -Infinity;
  private readonly rhythm: JobRhythm;

  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {
    this.rhythm = jobs.every(EVERY_MS, { name: 'turn-changes', run: () => this.run() });
  }

  async run(): Promise<void> {
    const now = await this.clock.now();
    const forgets = now - this.forgotAt >= FORGET_EVERY_MS;
    let isMoreLeft = false;
    await inTurn(this.institutions, async (id) => {
      const forgotten = await this.database.inInstitution(id, async (tx) => {
        await turnOutages(tx, id, now);
        await tellEndedLinks(tx, id, now);
        return forgets ? forgetChanges(tx, id, now - KEPT_MS, ROWS_MAX) : 0;
      });
      if (forgotten < ROWS_MAX) return;
      // Bite after bite, each a run of its own: what the clock brings about waits for one at most.
      isMoreLeft = true;
      this.rhythm.runWithin(0);
    });
    if (forgets && !isMoreLeft) this.forgotAt = now;
  }
}
