import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { MAIL_TRANSPORT, type MailTransport } from './domain/mail-transport.js';
import { nextAttempt } from './domain/next-attempt.js';
import { borrowDue, markDelivered, markFailed } from './storage/notice.store.pg.js';
import type { DueNotice } from './storage/notice.store.pg.js';

const EVERY_MS = 15_000;
/** Longer than the slowest mail server is waited for. */
const LOAN_MS = 60_000;
const ROWS_MAX = 20;

/** Delivers what is due, at least once and under the same Message-ID; woken when a notice is written. */
@Injectable()
export class DeliverNoticesJob {
  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(MAIL_TRANSPORT) private readonly transport: MailTransport,
  ) {
    const run = (heard: ReadonlySet<string>) => this.run(heard);
    jobs.every(EVERY_MS, { name: 'deliver-notices', channel: 'renkei_notice', run });
  }

  /** `heard` are institutions by number; none means all of them. */
  async run(heard: ReadonlySet<string> = new Set()): Promise<void> {
    for (const { id, nameJa } of await this.institutions.all()) {
      if (heard.size > 0 && !heard.has(String(id))) continue;
      while ((await this.round(id, nameJa)) === ROWS_MAX);
    }
  }

  private async round(institutionId: number, sender: string): Promise<number> {
    const now = await this.clock.now();
    const due = await this.database.inInstitution(institutionId, (tx) =>
      borrowDue(tx, institutionId, now, LOAN_MS, ROWS_MAX),
    );
    for (const notice of due) await this.deliver(notice, sender);
    return due.length;
  }

  private async deliver(notice: DueNotice, sender: string): Promise<void> {
    const { institutionId, id, attempts } = notice;
    const failure = await this.transport.send({ ...notice, sender }).then(
      () => undefined,
      (error: unknown) => kindOf(error),
    );
    const now = await this.clock.now();
    await this.database.inInstitution(institutionId, (tx) =>
      failure === undefined
        ? markDelivered(tx, institutionId, id, now)
        : markFailed(tx, institutionId, id, { failure, nextAt: nextAttempt(attempts, now), now }),
    );
  }
}

/** The kind of fault alone, such as `ECONNECTION`: a server's own words may repeat the address (T-30). */
function kindOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z]{2,20}$/.test(code) ? code : 'unknown';
}
