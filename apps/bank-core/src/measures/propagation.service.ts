import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import {
  insertReached,
  versionsReached,
  type ReachedVersion,
} from './storage/propagation.store.pg.js';

const NEWEST = 20;

/** Which node of the gateway says that it judges by which link version, and since when by the bank's clock. */
@Injectable()
export class PropagationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Told again it is told once; a version that does not exist is told by nobody and is not kept. */
  async reached(institutionId: number, node: string, version: bigint): Promise<void> {
    const at = await this.clock.now();
    await this.database.inInstitution(institutionId, (tx) =>
      insertReached(tx, institutionId, { node, version, at }),
    );
  }

  newest(institutionId: number): Promise<ReachedVersion[]> {
    return this.database.inInstitution(institutionId, (tx) =>
      versionsReached(tx, institutionId, NEWEST),
    );
  }
}
