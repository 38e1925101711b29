import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Holder, ServiceState } from './domain/holder.js';
import { holderById, holderByLoginId, moveServiceState } from './storage/holder.store.pg.js';

/** One move of a holder's service; rooms above follow it in the same transaction. */
export interface ServiceStateChange {
  readonly institutionId: number;
  readonly holderId: string;
  readonly from: ServiceState;
  readonly to: ServiceState;
  readonly at: Instant;
}

export type ServiceStatePlug = (tx: Transaction, change: ServiceStateChange) => Promise<void>;

/** Who holds internet banking where, and in which state (SM-9.2, SM-11). Runs in the caller's institution. */
@Injectable()
export class HoldersService {
  private readonly plugs: ServiceStatePlug[] = [];

  byId(tx: Transaction, institutionId: number, holderId: string): Promise<Holder | undefined> {
    return holderById(tx, institutionId, holderId);
  }

  byLoginId(tx: Transaction, institutionId: number, loginId: string): Promise<Holder | undefined> {
    return holderByLoginId(tx, institutionId, loginId);
  }

  /** For rooms above: what else happens, in the same transaction, when a service stops, reopens or ends. */
  onServiceState(plug: ServiceStatePlug): void {
    this.plugs.push(plug);
  }

  /** Moves the service from one of `from` to `to`; false when it stood elsewhere, so that only one mover acts. */
  async moveServiceState(
    tx: Transaction,
    move: Omit<ServiceStateChange, 'from'> & { readonly from: readonly ServiceState[] },
  ): Promise<boolean> {
    const from = await moveServiceState(tx, move);
    if (from === undefined) return false;
    for (const plug of this.plugs) await plug(tx, { ...move, from });
    return true;
  }
}
