import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { HoldersService } from '../holders/index.js';
import { RecordsService } from '../records/index.js';
import type { PasswordKind } from './domain/credential.js';
import { forgetPasswordFailures } from './storage/credential.store.pg.js';

/** Stops and reopens the whole service of a holder (SM-9.2). */
@Injectable()
export class HolderLock {
  constructor(
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  /** Locks an active service; false when it was not active, so that one lock is recorded once. */
  async lock(
    tx: Transaction,
    institutionId: number,
    holderId: string,
    cause: { kind: PasswordKind; attempt: number; threshold: number },
    at: Instant,
  ): Promise<boolean> {
    const move = { institutionId, holderId, from: ['active'], to: 'locked', at } as const;
    const moved = await this.holders.moveServiceState(tx, move);
    if (!moved) return false;
    const content = { clause: 'SM-9.2', reading: 'INT-25', ...cause };
    await this.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'service_locked',
      holderId,
      content,
    });
    return true;
  }

  /** Reopens a locked service with fresh counters. The procedure is P.sm.lock.unlock; `basis` names its form. */
  async unlock(
    tx: Transaction,
    institutionId: number,
    holderId: string,
    basis: { by: string; form: string },
    at: Instant,
  ): Promise<boolean> {
    const move = { institutionId, holderId, from: ['locked'], to: 'active', at } as const;
    const moved = await this.holders.moveServiceState(tx, move);
    if (!moved) return false;
    await forgetPasswordFailures(tx, institutionId, holderId, 'login');
    await forgetPasswordFailures(tx, institutionId, holderId, 'confirmation');
    await this.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'service_unlocked',
      holderId,
      content: { clause: 'SM-9.2', ...basis },
    });
    return true;
  }
}
