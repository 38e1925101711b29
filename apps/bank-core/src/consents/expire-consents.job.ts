import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService, inTurn } from '../institutions/index.js';
import { Rhythm } from '../platform/line-stream.js';
import { CLOCK } from '../platform/platform.module.js';
import { ConsentNotices } from './consent-notices.js';
import { RecordChanges } from './record-changes.js';
import { expireDue } from './storage/consent-change.store.pg.js';

const EVERY_MS = 30_000;

/** Writes down the end of consents that are over their term. A call never waits for it: `check` looks at the time. */
@Injectable()
export class ExpireConsentsJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rhythm = new Rhythm(EVERY_MS, () => this.run());

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RecordChanges) private readonly records: RecordChanges,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {}

  onApplicationBootstrap(): void {
    this.rhythm.start();
  }

  onModuleDestroy(): void {
    this.rhythm.stop();
  }

  async run(): Promise<void> {
    const now = await this.clock.now();
    await inTurn(this.institutions, (id) =>
      this.database.inInstitution(id, async (tx) => {
        await expireDue(tx, id, now, 'decision');
        const ended = await expireDue(tx, id, now, 'term');
        const about = { institutionId: id, at: now, kind: 'consent_expired', clause: 'RKN-S1' };
        for (const consent of await this.records.append(tx, ended, about))
          await this.notices.tell(tx, consent, 'ended', { at: now });
      }),
    );
  }
}
