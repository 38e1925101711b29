import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Rhythm } from '../platform/line-stream.js';
import { CLOCK } from '../platform/platform.module.js';
import { Endings } from './endings.js';
import { ApprovalStore } from './storage/approval.store.pg.js';

const EVERY_MS = 30_000;

/** Ends what nobody decided in time; a page that is opened meanwhile sees the time for itself. */
@Injectable()
export class ExpireApprovalsJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rhythm = new Rhythm(EVERY_MS, () => this.run());

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(Endings) private readonly endings: Endings,
  ) {}

  onApplicationBootstrap(): void {
    this.rhythm.start();
  }

  onModuleDestroy(): void {
    this.rhythm.stop();
  }

  async run(): Promise<void> {
    for (const approval of await this.store.overdue(await this.clock.now()))
      await this.endings.end(approval, 'expired', 'interaction_expired');
  }
}
