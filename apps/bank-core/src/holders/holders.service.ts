import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform';
import type { Holder, ServiceState } from './domain/holder.js';
import { holderById, holderByLoginId, moveServiceState } from './storage/holder.store.pg.js';

/** Who holds internet banking where, and in which state (SM-9.2, SM-11). Runs in the caller's institution. */
@Injectable()
export class HoldersService {
  byId(tx: Transaction, institutionId: number, holderId: string): Promise<Holder | undefined> {
    return holderById(tx, institutionId, holderId);
  }

  byLoginId(tx: Transaction, institutionId: number, loginId: string): Promise<Holder | undefined> {
    return holderByLoginId(tx, institutionId, loginId);
  }

  /** Moves the service from one of `from` to `to`; false when it stood elsewhere, so that only one mover acts. */
  moveServiceState(
    tx: Transaction,
    institutionId: number,
    holderId: string,
    from: readonly ServiceState[],
    to: ServiceState,
  ): Promise<boolean> {
    return moveServiceState(tx, institutionId, holderId, from, to);
  }
}
